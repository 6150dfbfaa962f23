package ixy4j.watch.live;

public final class TraceShow {}

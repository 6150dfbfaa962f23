package ixy4j.bench.harness;

/** A run that gave nothing; the message is one line. */
final class RunFailed extends Exception {
    private static final long serialVersionUID = 1;

    RunFailed(String message) {
        super(message);
    }

    RunFailed(String message, Throwable cause) {
        super(message, cause);
    }
}

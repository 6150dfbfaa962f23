package ixy4j.telemetry;

import java.util.List;

/** Asks the queue each time, once there is one. */
record QueueBean(List<Counted> queues, int queue) implements QueueMXBean {
    private QueueCounts counts() {
        return QueueCounts.of("", queue, queues.get(queue));
    }

    @Override
    public long getPackets() {
        return counts().packets();
    }

    @Override
    public long getBytes() {
        return counts().bytes();
    }

    @Override
    public long getDropped() {
        return counts().dropped();
    }

    @Override
    public long getWakeups() {
        return counts().wakeups();
    }
}

package ixy4j.bench.run;

import ixy4j.packet.PacketBatch;

/** What is done with frames between receive and transmit. In each process only one kind is loaded. */
public abstract class Application {
    /** Works on the frames of a batch, from an index on. */
    public abstract void work(PacketBatch batch, int from);

    /** The application of that kind. */
    public static Application of(Setup.Touch touch) {
        return switch (touch) {
            case NONE -> new Nothing();
            case CHECKED -> new Checked();
            case RAW -> new Raw();
            case SLOW -> new Slow();
        };
    }

    private static final class Nothing extends Application {
        @Override
        public void work(PacketBatch batch, int from) {
            // frames pass unread
        }
    }

    /** As {@code ./ixy fwd} does. */
    private static final class Checked extends Application {
        @Override
        public void work(PacketBatch batch, int from) {
            for (int i = from; i < batch.size(); i++) {
                batch.set8(i, 1, batch.get8(i, 1) + 1);
            }
        }
    }

    private static final class Slow extends Application {
        private static final long NANOS = 500;

        @Override
        public void work(PacketBatch batch, int from) {
            long end = System.nanoTime() + NANOS * (batch.size() - from);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
    }

    private static final class Raw extends Application {
        @Override
        public void work(PacketBatch batch, int from) {
            UncheckedQueue.addToBytes(batch, from);
        }
    }
}

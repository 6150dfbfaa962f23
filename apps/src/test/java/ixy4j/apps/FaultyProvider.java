package ixy4j.apps;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.DeviceStats;
import ixy4j.IxyException;
import ixy4j.MacAddress;
import ixy4j.model.ModelFunction;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.wire.Wire;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.spi.Address;
import ixy4j.spi.DeviceProvider;
import ixy4j.spi.DmaSpace;
import java.util.concurrent.locks.LockSupport;

/**
 * Cards with the address {@code faulty:WHERE,WHAT}: in opening, on the packet thread, on the card's thread, on another one,
 * or in closing, something is thrown, or it hangs. Each says on standard error when it is closed.
 */
public final class FaultyProvider implements DeviceProvider {
    /** For {@link java.util.ServiceLoader}. */
    public FaultyProvider() {}

    @Override
    public String scheme() {
        return "faulty";
    }

    @Override
    public Device open(Address parsed, DeviceOptions options) {
        String address = parsed.toString();
        String[] words = parsed.target().split(",", -1);
        return switch (words[0]) {
            case "open" -> {
                happen(words[1]);
                yield null;
            }
            case "card" -> Device.open(new ModelFunction(address, running(new FaultyWire(words[1]))), options);
            case "thread" -> {
                new Thread(() -> happen(words[1]), "another").start();
                yield new FaultyDevice(address, "nowhere", "nothing");
            }
            default -> new FaultyDevice(address, words[0], words[1]);
        };
    }

    private static Card running(Wire wire) {
        Card card = new Card(wire, CardOptions.RUNNING);
        card.start();
        return card;
    }

    /** Throws, or does not come back. */
    static void happen(String what) {
        switch (what) {
            case "nothing" -> {}
            case "memory" -> {
                long[][] all = new long[1 << 16][];
                for (int i = 0; i < all.length; i++) {
                    all[i] = new long[1 << 17];
                }
            }
            case "recursion" -> happenAgain(what, 0);
            case "assertion" -> throw new AssertionError("on purpose");
            case "linkage" -> throw new LinkageError("on purpose");
            case "initializer" -> throw new ExceptionInInitializerError("on purpose");
            case "null" -> throw new NullPointerException("on purpose");
            case "argument" -> throw new IllegalArgumentException("on purpose");
            case "machine" -> throw new IxyException("the machine, on purpose");
            case "hang" -> {
                System.err.println("hangs");
                while (true) {
                    LockSupport.parkNanos(1_000_000_000);
                }
            }
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static int happenAgain(String what, int depth) {
        return depth < 0 ? 0 : happenAgain(what, depth + 1 & Integer.MAX_VALUE) + 1;
    }

    private record FaultyWire(String what) implements Wire {
        @Override
        public int receive(long address, int room) {
            return 0;
        }

        @Override
        public boolean transmit(long address, int length) {
            happen(what);
            return true;
        }

        @Override
        public void close() {
            System.err.println("closed");
        }
    }

    private record FaultyDevice(String address, String where, String what) implements Device {
        private static final DmaSpace SPACE = new DmaSpace() {};

        @Override
        public RxQueue rxQueue(int index, PacketPool pool) {
            return batch -> {
                if (where.equals("packets")) {
                    happen(what);
                }
                return 0;
            };
        }

        @Override
        public TxQueue txQueue(int index, PacketPool pool) {
            return batch -> {
                int all = batch.size();
                batch.free();
                return all;
            };
        }

        @Override
        public int descriptors() {
            return 2 * DeviceOptions.DEFAULT.ringSize();
        }

        @Override
        public MacAddress macAddress() {
            return CardOptions.RUNNING.mac();
        }

        @Override
        public void setMacAddress(MacAddress mac) {}

        @Override
        public void setPromiscuous(boolean promiscuous) {}

        @Override
        public int linkSpeed() {
            return 10_000;
        }

        @Override
        public DeviceStats stats() {
            return DeviceStats.NONE;
        }

        @Override
        public DmaSpace dmaSpace() {
            return SPACE;
        }

        @Override
        public void close() {
            System.err.println("closed");
            if (where.equals("close")) {
                happen(what);
            }
        }
    }
}

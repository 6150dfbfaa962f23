package ixy4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketChannel;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Whatever can be done with packets, in random order: they are received, made longer and shorter, moved, copied, sent to
 * another pool and back by channels, and transmitted. After each step all of them are what a list of arrays is.
 */
final class RandomPackets {
    private static final int PART = 40; // buffers of the other pool
    private static final int SLOTS = 8; // of each channel
    private static final int BATCH = 12;
    private static final int SHORTEST = 14;
    private static final int MOST = PacketPool.HEADROOM + PacketPool.ROOM;

    /** What a packet should be. */
    private static final class Packet {
        final byte[] bytes;
        final int headroom;

        Packet(byte[] bytes, int headroom) {
            this.bytes = bytes;
            this.headroom = headroom;
        }

        /** As it is where it starts in a buffer as frames do. */
        Packet moved() {
            return new Packet(bytes.clone(), PacketPool.HEADROOM - Math.max(0, bytes.length - PacketPool.ROOM));
        }
    }

    private final Random random;
    private final DeviceContract.Bench bench;
    private final int ring;
    private final int longest; // that is sent
    private final PacketPool pool;
    private final PacketPool part;
    private final RxQueue rx;
    private final TxQueue tx;
    private final PacketBatch[] batches; // the last is of the part
    private final List<List<Packet>> expected = new ArrayList<>(); // in each of them, null for a hole
    private final PacketChannel[] channels;
    private final List<Deque<Packet>> onTheWay = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    private final Deque<byte[]> toCome = new ArrayDeque<>();
    private final List<byte[]> toBeSent = new ArrayList<>();
    private String step;

    /**
     * @param ring the size of the rings of this card
     * @param longest the longest frame without VLAN tag that it is to send
     * @param pool which has buffers enough for the rings, and 150 more
     */
    RandomPackets(long seed, DeviceContract.Bench bench, int ring, int longest, PacketPool pool) {
        random = new Random(seed);
        this.bench = bench;
        this.ring = ring;
        this.longest = longest;
        this.pool = pool;
        part = pool.split(PART);
        rx = bench.device().rxQueue(0, pool);
        tx = bench.device().txQueue(0, pool);
        batches = new PacketBatch[] {pool.batch(BATCH), pool.batch(BATCH), part.batch(BATCH)};
        channels =
                new PacketChannel[] {PacketChannel.between(pool, part, SLOTS), PacketChannel.between(part, pool, SLOTS)
                };
        for (PacketBatch batch : batches) {
            expected.add(new ArrayList<>(batch.capacity()));
        }
    }

    void run(int steps, String what) {
        for (int i = 0; i < steps; i++) {
            step = what + ", step " + i;
            int which = random.nextInt(batches.length);
            List<Packet> list = expected.get(which);
            int packet = list.isEmpty() ? -1 : random.nextInt(list.size());
            if (packet < 0 || list.get(packet) == null || random.nextInt(3) == 0) {
                comeOrGo(which);
            } else if (random.nextInt(3) == 0) {
                pass(which, packet);
            } else {
                change(which, packet);
            }
            check();
        }
        settle();
    }

    /** Frees all packets, and checks that no buffer is missing; the card is to be closed. */
    void end() {
        for (int i = 0; i < channels.length; i++) {
            batches[0].free();
            batches[2].free();
            channels[i].receive(i == 0 ? batches[2] : batches[0]);
        }
        for (PacketBatch batch : batches) {
            batch.free();
        }
        assertEquals(pool.capacity() - PART - SLOTS, pool.available(), step);
        assertEquals(PART - SLOTS, part.available(), step);
    }

    private void check() {
        for (int i = 0; i < batches.length; i++) {
            List<Packet> list = expected.get(i);
            assertEquals(list.size(), batches[i].size(), step);
            for (int j = 0; j < list.size(); j++) {
                Packet packet = list.get(j);
                assertEquals(packet == null, batches[i].isHole(j), step);
                if (packet != null) {
                    assertArrayEquals(packet.bytes, batches[i].toArray(j), step);
                    assertEquals(packet.headroom, batches[i].headroom(j), step);
                }
            }
        }
    }

    // ---- packets that come and go

    private void comeOrGo(int which) {
        switch (random.nextInt(8)) {
            case 0 -> {
                if (random.nextInt(4) == 0) {
                    batches[which].free();
                    expected.get(which).clear();
                }
            }
            case 1 -> arrive();
            case 2 -> receive(random.nextInt(2));
            case 3 -> transmit(random.nextInt(2));
            case 4 -> settle();
            case 5 -> sendAll(which);
            case 6 -> receiveFromChannel(random.nextInt(channels.length));
            default -> add(which);
        }
    }

    private void add(int which) {
        byte[] frame = bytes(SHORTEST + random.nextInt(PacketPool.ROOM - SHORTEST + 1));
        if (batches[which].add(frame) >= 0) {
            expected.get(which).add(new Packet(frame, PacketPool.HEADROOM));
        } else {
            assertTrue(batches[which].size() == BATCH || batches[which].pool().available() == 0, step);
        }
    }

    private void arrive() {
        for (int i = random.nextInt(6); i > 0 && toCome.size() < ring - ring / 16 - 1; i--) {
            byte[] frame = DeviceContract.frame(60 + random.nextInt(1455), random.nextLong());
            bench.arrive(frame);
            toCome.add(frame);
        }
        settle();
    }

    private void receive(int which) {
        if (pool.available() < BATCH) {
            return; // what finds no buffer would be dropped
        }
        int got = rx.receive(batches[which]);
        for (int i = 0; i < got; i++) {
            expected.get(which).add(new Packet(toCome.remove(), PacketPool.HEADROOM));
        }
    }

    private void settle() {
        bench.settle();
        List<byte[]> sent = bench.sent();
        assertEquals(toBeSent.size(), sent.size(), step);
        for (int i = 0; i < sent.size(); i++) {
            assertFilled(toBeSent.get(i), sent.get(i), 60);
        }
        toBeSent.clear();
    }

    /** That a frame is as it was given, or a short one longer, with zeros. */
    private void assertFilled(byte[] given, byte[] filled, int most) {
        assertTrue(filled.length == given.length || (filled.length > given.length && filled.length <= most), step);
        assertArrayEquals(Arrays.copyOf(given, filled.length), filled, step);
    }

    private void transmit(int which) {
        PacketBatch batch = batches[which];
        List<Packet> list = expected.get(which);
        list.removeIf(packet -> packet == null);
        int all = list.size();
        list.removeIf(packet -> packet.bytes.length > longest + (isTagged(packet.bytes) ? 4 : 0));
        int dropped = all - list.size();
        int taken = tx.transmit(batch) - dropped;
        assertTrue(taken >= 0 && taken <= list.size(), step);
        List<Packet> sent = list.subList(0, taken);
        sent.forEach(packet -> toBeSent.add(packet.bytes));
        sent.clear();
        assertEquals(list.size(), batch.size(), step);
        for (int i = 0; i < list.size(); i++) { // what stays may have been filled up already
            byte[] now = batch.toArray(i);
            assertFilled(list.get(i).bytes, now, 17);
            list.set(i, new Packet(now, batch.headroom(i)));
        }
    }

    private static boolean isTagged(byte[] frame) {
        return frame[12] == (byte) 0x81 && frame[13] == 0;
    }

    private void sendAll(int which) {
        int channel = which == 2 ? 1 : 0;
        List<Packet> list = expected.get(which);
        list.removeIf(packet -> packet == null);
        Deque<Packet> way = onTheWay.get(channel);
        int room = SLOTS - way.size();
        List<Packet> sent = list.subList(0, Math.min(room, list.size()));
        assertEquals(sent.size(), channels[channel].send(batches[which]), step);
        way.addAll(sent);
        sent.clear();
    }

    private void receiveFromChannel(int channel) {
        int which = channel == 0 ? 2 : random.nextInt(2);
        Deque<Packet> way = onTheWay.get(channel);
        int room = Math.min(BATCH - batches[which].size(), batches[which].pool().available());
        int count = Math.min(room, way.size());
        assertEquals(count, channels[channel].receive(batches[which]), step);
        for (int i = 0; i < count; i++) {
            expected.get(which).add(way.remove());
        }
    }

    // ---- one packet

    private void pass(int which, int packet) {
        List<Packet> list = expected.get(which);
        Packet old = list.get(packet);
        int other = random.nextInt(batches.length);
        switch (random.nextInt(4)) {
            case 0 -> {
                int to = which == 2 ? 2 : other % 2;
                if (batches[which].moveTo(batches[to], packet)) {
                    list.set(packet, null);
                    expected.get(to).add(old);
                }
            }
            case 1 -> {
                if (batches[which].copyTo(batches[other], packet)) {
                    expected.get(other).add(old.moved());
                }
            }
            case 2 -> {
                int channel = which == 2 ? 1 : 0;
                boolean room = onTheWay.get(channel).size() < SLOTS;
                assertEquals(room, channels[channel].send(batches[which], packet), step);
                if (room) {
                    onTheWay.get(channel).add(old);
                    list.set(packet, null);
                }
            }
            default -> {
                batches[which].drop(packet);
                list.set(packet, null);
            }
        }
    }

    private void change(int which, int packet) {
        PacketBatch batch = batches[which];
        Packet old = expected.get(which).get(packet);
        int length = old.bytes.length;
        int less = upTo(length - SHORTEST);
        int more = upTo(old.headroom);
        int at = random.nextInt(length + 1);
        Packet now = switch (random.nextInt(7)) {
            case 0 -> {
                batch.prepend(packet, more);
                yield spliced(old, 0, 0, written(batch, packet, 0, more), -more);
            }
            case 1 -> {
                batch.trimFront(packet, less);
                yield spliced(old, 0, less, new byte[0], less);
            }
            case 2 -> {
                batch.insert(packet, at, more);
                yield spliced(old, at, 0, written(batch, packet, at, more), -more);
            }
            case 3 -> {
                int from = Math.min(at, length - less);
                batch.remove(packet, from, less);
                yield spliced(old, from, less, new byte[0], less);
            }
            case 4 -> {
                batch.setLength(packet, length - less);
                yield spliced(old, length - less, less, new byte[0], 0);
            }
            case 5 -> {
                int longer = upTo(MOST - old.headroom - length);
                batch.setLength(packet, length + longer);
                yield spliced(old, length, 0, written(batch, packet, length, longer), 0);
            }
            default -> tag(batch, packet, old);
        };
        expected.get(which).set(packet, now);
    }

    private static Packet tag(PacketBatch batch, int packet, Packet old) {
        if (old.headroom < 4) {
            return old;
        }
        batch.insert(packet, 12, 4);
        batch.set32(packet, 12, 0x8100_0007L);
        return spliced(old, 12, 0, new byte[] {(byte) 0x81, 0, 0, 7}, -4);
    }

    /** A number from 0 on: often that at the end, and often a small one. */
    private int upTo(int most) {
        return switch (random.nextInt(4)) {
            case 0 -> most;
            case 1 -> random.nextInt(most + 1);
            default -> Math.min(most, random.nextInt(32));
        };
    }

    /** A packet with other bytes in place of some, and a start that moved. */
    private static Packet spliced(Packet old, int at, int less, byte[] in, int start) {
        byte[] bytes = new byte[old.bytes.length - less + in.length];
        System.arraycopy(old.bytes, 0, bytes, 0, at);
        System.arraycopy(in, 0, bytes, at, in.length);
        System.arraycopy(old.bytes, at + less, bytes, at + in.length, old.bytes.length - at - less);
        return new Packet(bytes, old.headroom + start);
    }

    private byte[] written(PacketBatch batch, int packet, int at, int length) {
        byte[] bytes = bytes(length);
        batch.write(packet, at, bytes, 0, length);
        return bytes;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

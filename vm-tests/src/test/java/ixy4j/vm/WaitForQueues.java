package ixy4j.vm;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.IdleStrategy;
import ixy4j.IxyException;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;

/**
 * Runs in the guest: opens a card with several receive queues and asks for their interrupts, {@code WaitForQueues CARD COUNT}.
 * Ends with what is wrong about that, in one line on standard error.
 */
final class WaitForQueues {
    private static final int BUFFERS = 2048;

    private WaitForQueues() {}

    public static void main(String[] args) {
        RxQueue[] queues = new RxQueue[Integer.parseInt(args[1])];
        DeviceOptions options = DeviceOptions.DEFAULT.withQueues(queues.length, 1);
        try (Device device = Device.open(args[0], options);
                PacketPool pool = PacketPool.create(BUFFERS * queues.length, device)) {
            for (int i = 0; i < queues.length; i++) {
                queues[i] = device.rxQueue(i, pool);
            }
            IdleStrategy.interrupt(queues).close();
        } catch (IxyException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}

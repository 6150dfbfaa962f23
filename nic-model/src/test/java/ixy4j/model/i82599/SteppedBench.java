package ixy4j.model.i82599;

import ixy4j.Device;
import ixy4j.DeviceContract;
import java.util.ArrayList;
import java.util.List;

/** A card that is stepped by hand, on a wire whose far end is a test, and the device that a driver makes of it. */
class SteppedBench implements DeviceContract.Bench {
    private final TestWire wire;
    private final Card card;
    private final Device device;

    /** All three are closed with it. */
    SteppedBench(TestWire wire, Card card, Device device) {
        this.wire = wire;
        this.card = card;
        this.device = device;
        for (int i = 0; device.linkSpeed() == 0 && i < 1000; i++) {
            card.step(); // a link takes time to come
        }
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public void arrive(byte[] frame) {
        wire.arrive(frame);
    }

    @Override
    public void settle() {
        for (int i = 0; card.step(); i++) {
            if (i > 100_000) {
                throw new AssertionError("the card never comes to rest");
            }
        }
    }

    @Override
    public List<byte[]> sent() {
        List<byte[]> sent = new ArrayList<>(wire.sent);
        wire.sent.clear();
        return sent;
    }

    @Override
    public void close() {
        device.close();
        card.close();
    }
}

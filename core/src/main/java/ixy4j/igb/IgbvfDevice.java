package ixy4j.igb;

import static ixy4j.igb.VfRegisters.*;

import ixy4j.*;
import ixy4j.intel.*;
import ixy4j.spi.PciFunction;
import java.util.HashMap;
import java.util.Map;

/**
 * A virtual function of an Intel 82576 (7.10.2). It has rings of its own; of all that its ports share, MAC address and filters,
 * the driver of the physical function has the say, and is asked through a {@link Mailbox}.
 */
final class IgbvfDevice extends AdvancedDevice {
    /** Queues each way. */
    static final int QUEUES = 2;

    private static final int QUEUE = 0x100; // from a register of one queue to that of the next
    private static final int MAX_FRAME = 1522; // with a VLAN tag

    // Messages: what the first word has. Linux's igb defines them.
    private static final int RESET = 1;
    private static final int SET_MAC_ADDRESS = 2;
    private static final int SET_LONGEST_FRAME = 5;
    private static final int SET_PROMISCUOUS = 6;
    private static final int MULTICAST = 2 << 16;

    private static final int[] COUNTERS = {VFGPRC, VFGORC, VFGPTC, VFGOTC};

    private final Map<Integer, Integer> last = new HashMap<>(); // what counters were, by register
    private Mailbox mailbox;
    private boolean isReset; // by the other side
    private MacAddress macAddress;

    IgbvfDevice(PciFunction function, DeviceOptions options) {
        super(
                function,
                options,
                new Rings(RDBAL, TDBAL, QUEUE, IgbDevice.TX_CONTROL, VTEIMS, VTEIMC, VfRegisters::name));
        start();
    }

    /** 4.5.11.2: what the virtual function resets itself, and then the other side for it. */
    @Override
    protected void reset() {
        mailbox = new Mailbox(address(), bar);
        bar.set32(VTEIMC, -1); // no interrupts
        bar.setFlags(VTCTRL, VTCTRL_RST);
        pause(10_000_000);
        mailbox.awaitPhysicalFunction();
        int[] answer = mailbox.ask(RESET);
        if (answer[0] == (RESET | Mailbox.ACK)) {
            macAddress = ReceiveAddress.of(answer[1], answer[2]);
        } else { // it has none for us: nobody has set one, and Linux forgets the one that we had
            setMacAddress(MacAddress.random());
        }
    }

    @Override
    protected void setUp() {
        for (int counter : COUNTERS) {
            last.put(counter, bar.get32(counter));
        }
        int[] answer = mailbox.ask(SET_LONGEST_FRAME, MAX_FRAME);
        if ((answer[0] & Mailbox.NACK) != 0) {
            throw IgbTrouble.refused(address(), "frames of " + MAX_FRAME + " bytes");
        }
        receiveGroups(options.promiscuous());
    }

    /** All group addresses or none; whether the other side allows it does not matter much. */
    private void receiveGroups(boolean all) {
        mailbox.ask(all ? SET_PROMISCUOUS | MULTICAST : SET_PROMISCUOUS);
    }

    @Override
    protected void setUpRxRing(int ring) {
        IgbDevice.setUpRxRing(bar, ring);
    }

    /** As those of {@link IgbDevice}, by the function's own registers (8.26). */
    @Override
    protected void setUpInterrupts(int vectors) {
        int entries = VTIVAR_VALID;
        for (int i = 1; i < vectors; i++) {
            entries |= (VTIVAR_VALID | i) << (16 * i);
        }
        bar.set32(VTIVAR, entries);
        for (int i = 0; i < vectors; i++) {
            bar.set32(VTEITR + 4 * i, options.moderation() << 2);
        }
        bar.set32(VTEIAC, (1 << vectors) - 1);
    }

    @Override
    protected void stopReceive() {
        // there is only one bit for each queue
    }

    @Override
    public synchronized MacAddress macAddress() {
        checkOpen();
        return macAddress;
    }

    @Override
    public synchronized void setMacAddress(MacAddress address) {
        checkOpen();
        address.checkOwn();
        int[] answer = mailbox.ask(SET_MAC_ADDRESS, ReceiveAddress.low(address), ReceiveAddress.high(address));
        if (answer[0] != (SET_MAC_ADDRESS | Mailbox.ACK)) {
            throw IgbTrouble.refused(address(), "the MAC address " + address);
        }
        macAddress = address;
    }

    @Override
    public synchronized void setPromiscuous(boolean promiscuous) {
        checkOpen();
        if (promiscuous) {
            throw IgbTrouble.neverPromiscuous(address());
        }
        receiveGroups(false);
    }

    @Override
    public synchronized int linkSpeed() {
        checkOpen();
        return IgbDevice.linkSpeed(bar.get32(STATUS));
    }

    /**
     * To be called before a counter goes round: octets of 30 s at 1 Gbit/s.
     *
     * @throws IxyException from then on, if the physical function was reset: nothing moves any more
     */
    @Override
    public synchronized DeviceStats stats() {
        if (isThere(STATUS)) {
            isReset = isReset || mailbox.sawReset(); // which is said once
            if (isReset) {
                throw IgbTrouble.wasReset(address()); // and has changed the counters
            }
            for (int counter : COUNTERS) {
                int value = bar.get32(counter);
                Integer before = last.put(counter, value); // null if it was not set up
                count(counter, before == null ? 0 : Integer.toUnsignedLong(value - before));
            }
        }
        return new DeviceStats(
                count(VFGPRC),
                count(VFGORC),
                count(VFGPTC),
                count(VFGOTC),
                0, // it is not told what was lost before it came to its rings
                0,
                0,
                0,
                rxSum(AdvancedRxQueue::broken),
                rxSum(AdvancedRxQueue::poolEmpty),
                rxSum(AdvancedRxQueue::unread),
                txSum(AdvancedTxQueue::wrongLength),
                txSum(AdvancedTxQueue::unsent),
                0);
    }
}

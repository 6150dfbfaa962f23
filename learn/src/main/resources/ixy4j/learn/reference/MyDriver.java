import static ixy4j.course.Descriptor.*;
import static ixy4j.course.Reg.*;

import ixy4j.course.*;
import java.util.ArrayList;
import java.util.List;

/** A driver of the 82599. */
public class MyDriver extends Driver {
    private static final int BUFFER = 2048;

    // ---- Stage 1: find the card

    @Override
    public Card find(List<Card> cards) {
        for (Card each : cards) {
            if (each.config(0) == 0x10fb_8086) {
                each.setConfig(4, each.config(4) | 1 << 1 | 1 << 2); // memory space, bus master
                if (each.read(STATUS) != -1) {
                    return each;
                }
            }
        }
        return null;
    }

    // ---- Stage 2: reset it and wait

    @Override
    public void reset() {
        card.write(EIMC, 0x7fff_ffff);
        card.write(CTRL, card.read(CTRL) | CTRL_RST | CTRL_LRST);
        while ((card.read(CTRL) & (CTRL_RST | CTRL_LRST)) != 0) {}
        card.write(EIMC, 0x7fff_ffff);
        while ((card.read(EEC) & EEC_AUTO_RD) == 0) {}
        while ((card.read(RDRXCTL) & RDRXCTL_DMAIDONE) == 0) {}
    }

    // ---- Stage 3: the link

    @Override
    public void startLink() {
        int others = card.read(AUTOC) & ~(AUTOC_LMS | AUTOC_10G_PMA_PMD_PARALLEL);
        card.write(AUTOC, others | AUTOC_LMS_10G_SERIAL | AUTOC_RESTART_AN);
    }

    @Override
    public boolean linkUp() {
        return (card.read(LINKS) & LINKS_LINK_UP) != 0;
    }

    // ---- Stage 4: one receive descriptor

    private Memory rxRing;
    private Memory rxBuffers;
    private int rxNext; // the descriptor that is filled next

    @Override
    public void openReceive() {
        rxRing = card.memory(RING * SIZE);
        rxBuffers = card.memory(RING * BUFFER);
        for (int i = 0; i < 128; i++) {
            card.write(MTA + 4 * i, 0);
        }
        int others = card.read(RDRXCTL) & ~RDRXCTL_RSCFRSTSIZE;
        card.write(RDRXCTL, others | RDRXCTL_CRCSTRIP | RDRXCTL_RSCACKC | RDRXCTL_FCOE_WRFIX);
        card.write(HLREG0, card.read(HLREG0) | HLREG0_RXCRCSTRP);
        card.write(RXCTRL, RXCTRL_RXEN);
        card.write(RDBAL, (int) rxRing.iova());
        card.write(RDBAH, (int) (rxRing.iova() >>> 32));
        card.write(RDLEN, RING * SIZE);
        card.write(SRRCTL, BUFFER / 1024 | SRRCTL_DESCTYPE_ADVANCED_ONE_BUFFER);
        card.write(RXDCTL, card.read(RXDCTL) | RXDCTL_ENABLE);
        while ((card.read(RXDCTL) & RXDCTL_ENABLE) == 0) {}
        handOver(0);
        card.write(RDT, 1);
    }

    /** Makes a descriptor ready for the card. */
    private void handOver(int index) {
        rxRing.put64(index * SIZE, rxBuffers.iova() + index * BUFFER);
        rxRing.put64(index * SIZE + 8, 0);
    }

    @Override
    public byte[] receiveFirst() {
        long status = rxRing.get64(8);
        if ((status & RX_DD) == 0) {
            return null;
        }
        return rxBuffers.get(0, (int) (status >>> RX_LENGTH_SHIFT) & 0xffff);
    }

    // ---- Stage 5: the receive ring and its wrap

    @Override
    public void fillReceive() {
        for (int i = 0; i < RING; i++) {
            handOver(i);
        }
        card.write(RDT, RING - 1);
    }

    @Override
    public byte[] receive() {
        long status = rxRing.get64(rxNext * SIZE + 8);
        if ((status & RX_DD) == 0) {
            return null;
        }
        byte[] frame = rxBuffers.get(rxNext * BUFFER, (int) (status >>> RX_LENGTH_SHIFT) & 0xffff);
        handOver(rxNext);
        card.write(RDT, rxNext);
        rxNext = (rxNext + 1) % RING;
        return frame;
    }

    // ---- Stage 6: the transmit ring

    private Memory txRing;
    private Memory txBuffers;
    private int txNext; // the descriptor that is used next

    @Override
    public void openTransmit() {
        txRing = card.memory(RING * SIZE);
        txBuffers = card.memory(RING * BUFFER);
        card.write(HLREG0, card.read(HLREG0) | HLREG0_TXCRCEN | HLREG0_TXPADEN);
        card.write(DMATXCTL, card.read(DMATXCTL) | DMATXCTL_TE);
        card.write(TDBAL, (int) txRing.iova());
        card.write(TDBAH, (int) (txRing.iova() >>> 32));
        card.write(TDLEN, RING * SIZE);
        card.write(TDH, 0);
        card.write(TDT, 0);
        card.write(TXDCTL, card.read(TXDCTL) | TXDCTL_ENABLE);
        while ((card.read(TXDCTL) & TXDCTL_ENABLE) == 0) {}
    }

    @Override
    public void send(byte[] frame) {
        put(frame, TX_RS);
        card.write(TDT, txNext);
    }

    /** Puts a frame into the next descriptor; the tail is still to be written. */
    private void put(byte[] frame, long report) {
        long length = frame.length;
        txBuffers.put(txNext * BUFFER, frame);
        txRing.put64(txNext * SIZE, txBuffers.iova() + txNext * BUFFER);
        txRing.put64(txNext * SIZE + 8, TX_DATA | TX_EOP | TX_IFCS | report | length | length << TX_PAYLEN_SHIFT);
        txNext = (txNext + 1) % RING;
    }

    // ---- Stage 7: cleaning

    private int txClean; // the first descriptor that is not taken back

    @Override
    public int clean() {
        int done = 0;
        int used = (txNext - txClean + RING) % RING;
        for (int i = 0; i < used; i++) {
            int index = (txClean + i) % RING;
            if ((txRing.get64(index * SIZE + 8) & TX_DD) != 0) {
                done = i + 1; // this one, and all before it
            }
        }
        txClean = (txClean + done) % RING;
        return done;
    }

    @Override
    public boolean transmit(byte[] frame) {
        clean();
        if (room() == 0) {
            return false;
        }
        send(frame);
        return true;
    }

    /** How many descriptors are free, but for the one that stays so. */
    private int room() {
        return (txClean - txNext - 1 + RING) % RING;
    }

    // ---- Stage 8: batches

    @Override
    public List<byte[]> receiveBatch(int most) {
        List<byte[]> frames = new ArrayList<>();
        while (frames.size() < most) {
            long status = rxRing.get64(rxNext * SIZE + 8);
            if ((status & RX_DD) == 0) {
                break;
            }
            frames.add(rxBuffers.get(rxNext * BUFFER, (int) (status >>> RX_LENGTH_SHIFT) & 0xffff));
            handOver(rxNext);
            rxNext = (rxNext + 1) % RING;
        }
        if (!frames.isEmpty()) {
            card.write(RDT, (rxNext - 1 + RING) % RING);
        }
        return frames;
    }

    @Override
    public int transmitBatch(List<byte[]> frames) {
        clean();
        int count = Math.min(frames.size(), room());
        for (int i = 0; i < count; i++) {
            put(frames.get(i), txNext % 4 == 3 ? TX_RS : 0);
        }
        if (count > 0) {
            card.write(TDT, txNext);
        }
        return count;
    }

    // ---- Stage 9: counters

    private long received;
    private long receivedBytes;
    private long sent;
    private long sentBytes;
    private long missed;

    @Override
    public Counts count() {
        received += number(GPRC);
        receivedBytes += number(GORCL) + (number(GORCH) << 32);
        sent += number(GPTC);
        sentBytes += number(GOTCL) + (number(GOTCH) << 32);
        missed += number(MPC) + number(QPRDC);
        return new Counts(received, receivedBytes, sent, sentBytes, missed);
    }

    private long number(int register) {
        return Integer.toUnsignedLong(card.read(register));
    }

    // ---- Stage 10: forwarding

    private byte[] waiting; // a frame that found no room

    @Override
    public void forward(Driver to) {
        while (true) {
            if (waiting == null) {
                waiting = receive();
            }
            if (waiting == null || !to.transmit(waiting)) {
                return;
            }
            waiting = null;
        }
    }

    // ---- Stage 11: answering a ping

    private byte[] reply; // one that found no room

    @Override
    public byte[] macAddress() {
        byte[] mac = new byte[6];
        for (int i = 0; i < 6; i++) {
            mac[i] = (byte) (card.read(i < 4 ? RAL : RAH) >>> (8 * (i % 4)));
        }
        return mac;
    }

    @Override
    public void acceptBroadcasts() {
        card.write(FCTRL, card.read(FCTRL) | FCTRL_BAM);
    }

    @Override
    public void answer(Answers host) {
        while (reply == null || transmit(reply)) {
            reply = null;
            byte[] frame = receive();
            if (frame == null) {
                return;
            }
            reply = host.to(frame);
        }
    }

    // ---- Stage 12: two queues

    private final Memory[] rings = new Memory[2];
    private final Memory[] buffers = new Memory[2];
    private final int[] next = new int[2];

    @Override
    public void openQueues() {
        for (int i = 0; i < 10; i++) {
            card.write(RSSRK + 4 * i, 0x6d5a56da + 0x1357_9bdf * i);
        }
        for (int i = 0; i < 32; i++) {
            card.write(RETA + 4 * i, 0x0100_0100); // four entries: 0, 1, 0, 1
        }
        card.write(MRQC, MRQC_MRQE_RSS | MRQC_IPV4 | MRQC_UDPIPV4);
        for (int i = 0; i < 128; i++) {
            card.write(MTA + 4 * i, 0);
        }
        int others = card.read(RDRXCTL) & ~RDRXCTL_RSCFRSTSIZE;
        card.write(RDRXCTL, others | RDRXCTL_CRCSTRIP | RDRXCTL_RSCACKC | RDRXCTL_FCOE_WRFIX);
        card.write(RXCTRL, RXCTRL_RXEN);
        for (int queue = 0; queue < 2; queue++) {
            open(queue);
        }
    }

    private void open(int queue) {
        rings[queue] = card.memory(RING * SIZE);
        buffers[queue] = card.memory(RING * BUFFER);
        card.write(queue(RDBAL, queue), (int) rings[queue].iova());
        card.write(queue(RDBAH, queue), (int) (rings[queue].iova() >>> 32));
        card.write(queue(RDLEN, queue), RING * SIZE);
        card.write(queue(SRRCTL, queue), BUFFER / 1024 | SRRCTL_DESCTYPE_ADVANCED_ONE_BUFFER);
        card.write(queue(RXDCTL, queue), card.read(queue(RXDCTL, queue)) | RXDCTL_ENABLE);
        while ((card.read(queue(RXDCTL, queue)) & RXDCTL_ENABLE) == 0) {}
        for (int i = 0; i < RING; i++) {
            handOver(queue, i);
        }
        card.write(queue(RDT, queue), RING - 1);
    }

    private void handOver(int queue, int index) {
        rings[queue].put64(index * SIZE, buffers[queue].iova() + index * BUFFER);
        rings[queue].put64(index * SIZE + 8, 0);
    }

    @Override
    public byte[] receive(int queue) {
        int index = next[queue];
        long status = rings[queue].get64(index * SIZE + 8);
        if ((status & RX_DD) == 0) {
            return null;
        }
        byte[] frame = buffers[queue].get(index * BUFFER, (int) (status >>> RX_LENGTH_SHIFT) & 0xffff);
        handOver(queue, index);
        card.write(queue(RDT, queue), index);
        next[queue] = (index + 1) % RING;
        return frame;
    }

    // ---- Stage 13: an interrupt

    @Override
    public void openInterrupt() {
        card.write(GPIE, GPIE_MULTIPLE_MSIX | GPIE_PBA_SUPPORT);
        card.write(IVAR, card.read(IVAR) & ~0xff | IVAR_RX0_VALID | 0);
        card.write(EIAC, 1);
        card.write(EIMS, 1);
    }

    @Override
    public List<byte[]> interrupted() {
        List<byte[]> frames = new ArrayList<>();
        for (byte[] frame = receive(); frame != null; frame = receive()) {
            frames.add(frame);
        }
        return frames;
    }
}

package ixy4j.learn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/** Mistakes that learners make, as changes of the reference, and what is to be said of each. */
final class WrongSolutions {
    /**
     * A wrong solution of a stage.
     *
     * @param stage that finds it
     * @param mistake in a few words
     * @param from a text that is in the reference once, or, as all such mistakes have it, more than once
     * @param to what stands there in its place
     * @param told a part of the sentence
     */
    record Wrong(int stage, String mistake, String from, String to, String told) {
        /** The reference with this mistake. */
        String source() {
            String reference = Sources.reference();
            assertTrue(reference.contains(from), () -> "the reference has no more '" + from + "'");
            return reference.replace(from, to);
        }

        @Override
        public String toString() {
            return stage + ": " + mistake;
        }
    }

    private static final List<Wrong> ALL = new ArrayList<>();

    private WrongSolutions() {}

    private static void add(int stage, String mistake, String from, String to, String told) {
        ALL.add(new Wrong(stage, mistake, from, to, told));
    }

    static List<Wrong> all() {
        return List.copyOf(ALL);
    }

    static {
        start();
        link();
        receive();
        ring();
        transmit();
        clean();
        batch();
        counters();
        forward();
        ping();
        queues();
        interrupt();
    }

    private static void start() {
        add(
                1,
                "vendor and device the other way round",
                "0x10fb_8086",
                "0x8086_10fb",
                "find() returned null in place of the 82599");
        add(
                1,
                "any card of Intel's",
                "each.config(0) == 0x10fb_8086",
                "(each.config(0) & 0xffff) == 0x8086",
                "an Intel 82576 (8086:10c9) is configured");
        add(
                1,
                "the card does not answer",
                " | 1 << 1 | 1 << 2",
                " | 1 << 2",
                "with bit 1, Memory Access Enable, 0 the card does not answer");
        add(1, "no bus master", " | 1 << 1 | 1 << 2", " | 1 << 1", "with bit 2, Bus Master Enable, 0");
        add(
                1,
                "the command register is overwritten",
                "each.config(4) | 1 << 1",
                "1 << 1",
                "bit 6, which was 1, is gone");
        add(1, "STATUS is not read", "each.read(STATUS) != -1", "true", "find() never read STATUS");
        add(
                1,
                "STATUS is read too early",
                "each.setConfig(4, each.config(4) | 1 << 1 | 1 << 2);",
                "each.read(STATUS); each.setConfig(4, each.config(4) | 1 << 1 | 1 << 2);",
                "STATUS (datasheet 8.2.3.1.2) read -1");
        add(
                1,
                "the last one where there is none",
                "        return null;\n    }\n\n    // ---- Stage 2",
                "        return cards.get(cards.size() - 1);\n    }\n\n    // ---- Stage 2",
                "in a machine without an 82599, find() returned");

        add(
                2,
                "no mask before",
                "        card.write(EIMC, 0x7fff_ffff);\n        card.write(CTRL",
                "        card.write(CTRL",
                "interrupts were not all masked before the reset");
        add(
                2,
                "no mask after",
                "        card.write(EIMC, 0x7fff_ffff);\n        while",
                "        while",
                "interrupts were not masked again after the reset");
        add(2, "not all causes masked", "0x7fff_ffff", "0xffff", "interrupts were not all masked before the reset");
        add(
                2,
                "the end is not awaited",
                "        while ((card.read(CTRL) & (CTRL_RST | CTRL_LRST)) != 0) {}\n",
                "",
                "EIMC is written before CTRL was read with RST and LRST 0");
        add(
                2,
                "CTRL is read once",
                "while ((card.read(CTRL) & (CTRL_RST | CTRL_LRST)) != 0) {}",
                "card.read(CTRL);",
                "EIMC is written before CTRL was read with RST and LRST 0");
        add(
                2,
                "another bit",
                "card.read(CTRL) | CTRL_RST | CTRL_LRST",
                "card.read(CTRL) | 1 << 25",
                "reset() never wrote CTRL with RST");
        add(
                2,
                "the EEPROM is not awaited",
                "while ((card.read(EEC) & EEC_AUTO_RD) == 0) {}",
                "card.read(EEC);",
                "reset() has not waited until EEC.AUTO_RD read 1");
        add(
                2,
                "DMA is not awaited",
                "        while ((card.read(RDRXCTL) & RDRXCTL_DMAIDONE) == 0) {}\n",
                "",
                "reset() never read RDRXCTL.DMAIDONE");
        add(
                2,
                "waiting for the wrong value",
                "(card.read(EEC) & EEC_AUTO_RD) == 0",
                "(card.read(EEC) & EEC_AUTO_RD) != 1",
                "has read EEC 10,000 times in a row");
        add(
                2,
                "a loop without an access",
                "while ((card.read(CTRL) & (CTRL_RST | CTRL_LRST)) != 0) {}",
                "for (int i = 0; i < 1; ) { if (card.read(CTRL) == 42) { i++; } }",
                "has read CTRL 10,000 times in a row");
    }

    private static void link() {
        add(3, "no restart", " | AUTOC_RESTART_AN", "", "AUTOC was written without RESTART_AN");
        add(
                3,
                "the field is not cleared",
                "~(AUTOC_LMS | AUTOC_10G_PMA_PMD_PARALLEL)",
                "-1",
                "AUTOC.LMS (bits 15:13, datasheet 8.2.3.22.19) is 7");
        add(3, "another mode", "AUTOC_LMS_10G_SERIAL", "AUTOC_LMS_1G_AN", "is 2, where 3 is 10 Gbit/s over SFI");
        add(
                3,
                "nothing is set up",
                "card.write(AUTOC, others",
                "card.read(AUTOC); int x = (others",
                "startLink() never wrote AUTOC");
        add(
                3,
                "the latched bit",
                "LINKS_LINK_UP) != 0",
                "LINKS_LINK_STATUS) != 0",
                "bit 7 of LINKS, LINK_STATUS, keeps that the link was down");
        add(
                3,
                "waiting where nothing is plugged in",
                "AUTOC_RESTART_AN);\n",
                "AUTOC_RESTART_AN);\n        while (!linkUp()) {}\n",
                "has read LINKS 10,000 times in a row");
        add(
                3,
                "always up",
                "(card.read(LINKS) & LINKS_LINK_UP) != 0",
                "true",
                "no cable is plugged in, but linkUp() says true");
        add(
                3,
                "remembered",
                "return (card.read(LINKS) & LINKS_LINK_UP) != 0;",
                "txClean |= card.read(LINKS) & LINKS_LINK_UP; return txClean != 0;",
                "the cable was pulled, but linkUp() still says true");
    }

    private static void receive() {
        add(
                4,
                "the address for us",
                "card.write(RDBAL, (int) rxRing.iova());\n        card.write(RDBAH, (int) (rxRing.iova() >>> 32));\n        card.write(RDLEN",
                "card.write(RDBAL, 0);\n        card.write(RDBAH, 0);\n        card.write(RDLEN",
                "has its ring of 8 descriptors at IOVA 0x0");
        add(
                4,
                "half an address",
                "        card.write(RDBAH, (int) (rxRing.iova() >>> 32));\n        card.write(RDLEN",
                "        card.write(RDLEN",
                "which is not all mapped");
        add(
                4,
                "a ring's length in descriptors",
                "card.write(RDLEN, RING * SIZE)",
                "card.write(RDLEN, RING)",
                "RDLEN[0] (datasheet 8.2.3.8.3) is written 0x8, which is not a multiple of 128");
        add(
                4,
                "legacy descriptors",
                "BUFFER / 1024 | SRRCTL_DESCTYPE_ADVANCED_ONE_BUFFER",
                "BUFFER / 1024",
                "the card writes legacy descriptors");
        add(
                4,
                "the size of a buffer in bytes",
                "BUFFER / 1024 |",
                "BUFFER |",
                "BSIZEPACKET is 0 KiB, but 1 to 16 are possible");
        add(
                5,
                "larger buffers than there are",
                "BUFFER / 1024 |",
                "4 |",
                "are 2048 bytes apart, but SRRCTL[0].BSIZEPACKET says that each has 4096");
        add(
                4,
                "buffers of 1 KiB",
                "BUFFER / 1024 | SRRCTL_DESCTYPE_ADVANCED_ONE_BUFFER);\n        card.write(RXDCTL, card",
                "1 | SRRCTL_DESCTYPE_ADVANCED_ONE_BUFFER);\n        card.write(RXDCTL, card",
                "has BSIZEPACKET 1 KiB");
        add(
                4,
                "tail before enable",
                "        card.write(RXDCTL, card.read(RXDCTL) | RXDCTL_ENABLE);\n",
                "        card.write(RDT, 1);\n        card.write(RXDCTL, card.read(RXDCTL) | RXDCTL_ENABLE);\n",
                "is written 1 before the queue is enabled");
        add(
                4,
                "enable is not awaited",
                "        while ((card.read(RXDCTL) & RXDCTL_ENABLE) == 0) {}\n",
                "",
                "is written 1 before the queue is enabled");
        add(
                4,
                "RXEN is forgotten",
                "        card.write(RXCTRL, RXCTRL_RXEN);\n",
                "",
                "RXCTRL.RXEN (datasheet 8.2.3.8.10) is 0");
        add(
                4,
                "RDRXCTL as it was",
                "card.write(RDRXCTL, others | RDRXCTL_CRCSTRIP | RDRXCTL_RSCACKC | RDRXCTL_FCOE_WRFIX);",
                "",
                "RXCTRL.RXEN is set while RDRXCTL");
        add(
                4,
                "FCS is stripped by half",
                "RDRXCTL_CRCSTRIP | RDRXCTL_RSCACKC",
                "RDRXCTL_RSCACKC",
                "RDRXCTL.CRCStrip and HLREG0.RXCRCSTRP differ");
        add(
                4,
                "no descriptor is handed over",
                "        handOver(0);\n        card.write(RDT, 1);",
                "        handOver(0);",
                "RDT[0] (datasheet 8.2.3.8.5) is 0");
        add(4, "the descriptor is not filled", "        handOver(0);\n", "", "descriptor 0 has its buffer at IOVA 0x0");
        add(
                4,
                "the offset in place of the IOVA",
                "rxBuffers.iova() + index * BUFFER",
                "index * BUFFER",
                "descriptor 0 has its buffer at IOVA 0x0");
        add(
                4,
                "DD is not looked at",
                "        long status = rxRing.get64(8);\n        if ((status & RX_DD) == 0) {",
                "        long status = rxRing.get64(8);\n        if (status == 42) {",
                "nothing has arrived, but receiveFirst() returned 0 bytes");
        add(
                4,
                "the length from elsewhere",
                "return rxBuffers.get(0, (int) (status >>> RX_LENGTH_SHIFT) & 0xffff)",
                "return rxBuffers.get(0, (int) (status >>> 16) & 0xffff)",
                "its length is in bits 47:32");
        add(
                4,
                "outside of the memory",
                "long status = rxRing.get64(8);",
                "long status = rxRing.get64(RING * SIZE);",
                "8 bytes at offset 128 are read, but this memory has offsets 0 to 127");
        add(
                4,
                "frames are dropped",
                "| SRRCTL_DESCTYPE_ADVANCED_ONE_BUFFER",
                "| SRRCTL_DESCTYPE_ADVANCED_ONE_BUFFER | SRRCTL_DROP_EN",
                "SRRCTL[0].DROP_EN (bit 28, datasheet 8.2.3.8.7) is 1");
    }

    private static void ring() {
        add(
                5,
                "all descriptors",
                "card.write(RDT, RING - 1);\n    }\n\n    @Override\n    public byte[] receive() {",
                "card.write(RDT, RING);\n    }\n\n    @Override\n    public byte[] receive() {",
                "RDT[0] (datasheet 8.2.3.8.5) is 8, but the ring has descriptors 0 to 7");
        add(
                5,
                "the last one's number, once more",
                "card.write(RDT, RING - 1);\n    }\n\n    @Override\n    public byte[] receive() {",
                "card.write(RDT, 0);\n    }\n\n    @Override\n    public byte[] receive() {",
                "is 0 after fillReceive(), but it is to be 7");
        add(
                5,
                "nothing more is handed over",
                "card.write(RDT, RING - 1);\n    }\n\n    @Override\n    public byte[] receive() {",
                "}\n\n    @Override\n    public byte[] receive() {",
                "is 1 after fillReceive(), but it is to be 7");
        add(
                5,
                "no wrap",
                "rxNext = (rxNext + 1) % RING;\n        return frame;",
                "rxNext++;\n        return frame;",
                "8 bytes at offset 136 are read");
        add(
                5,
                "the tail where it must not be",
                "card.write(RDT, rxNext);\n        rxNext = (rxNext + 1) % RING;\n        return frame;",
                "rxNext = (rxNext + 1) % RING;\n        card.write(RDT, rxNext);\n        return frame;",
                "past the head");
        add(
                5,
                "descriptors do not go back",
                "        card.write(RDT, rxNext);\n        rxNext = (rxNext + 1) % RING;\n        return frame;",
                "        rxNext = (rxNext + 1) % RING;\n        return frame;",
                "so the card has no descriptor left");
        add(
                5,
                "the descriptor is not written anew",
                "        handOver(rxNext);\n        card.write(RDT, rxNext);\n        rxNext = (rxNext + 1)",
                "        card.write(RDT, rxNext);\n        rxNext = (rxNext + 1)",
                "must have its word at 8 cleared");
        add(
                5,
                "DD is not cleared",
                "        rxRing.put64(index * SIZE + 8, 0);\n",
                "",
                "must have its word at 8 cleared");
        add(
                5,
                "one buffer for all",
                "rxBuffers.iova() + index * BUFFER",
                "rxBuffers.iova()",
                "the buffers of descriptors 0 and 1 are 0 bytes apart");
        add(
                5,
                "next does not move",
                "        rxNext = (rxNext + 1) % RING;\n        return frame;",
                "        return frame;",
                "frame 2 has arrived, but receive() returned null");
        add(
                5,
                "the wrong buffer",
                "rxBuffers.get(rxNext * BUFFER, (int)",
                "rxBuffers.get(0, (int)",
                "frame 2 was to come next");
    }

    private static void transmit() {
        add(
                6,
                "transmit is not switched on",
                "        card.write(DMATXCTL, card.read(DMATXCTL) | DMATXCTL_TE);\n",
                "",
                "is enabled while DMATXCTL.TE (datasheet 8.2.3.9.2) is 0");
        add(
                6,
                "enable is not awaited",
                "        while ((card.read(TXDCTL) & TXDCTL_ENABLE) == 0) {}\n",
                "",
                "openTransmit() did not wait until TXDCTL[0].ENABLE");
        add(
                6,
                "no IFCS",
                "TX_EOP | TX_IFCS | report",
                "TX_EOP | report",
                "has no IFCS, so the frame would go out without an FCS");
        add(6, "no EOP", "TX_DATA | TX_EOP | TX_IFCS", "TX_DATA | TX_IFCS", "does the frame's descriptor have EOP");
        add(
                6,
                "no PAYLEN",
                " | length | length << TX_PAYLEN_SHIFT",
                " | length",
                "has PAYLEN 0, but the buffers of the frame have 60 bytes");
        add(
                6,
                "no length",
                " | length | length << TX_PAYLEN_SHIFT",
                " | length << TX_PAYLEN_SHIFT",
                "has a buffer of length 0");
        add(
                6,
                "no tail",
                "        put(frame, TX_RS);\n        card.write(TDT, txNext);",
                "        put(frame, TX_RS);",
                "TDH[0] is 0 and TDT[0] 0");
        add(
                6,
                "the tail on the last descriptor",
                "        card.write(TDT, txNext);\n    }\n\n    /** Puts",
                "        card.write(TDT, (txNext - 1 + RING) % RING);\n    }\n\n    /** Puts",
                "the tail is behind the last descriptor");
        add(6, "no RS", "put(frame, TX_RS);", "put(frame, 0);", "without RS (bit 27");
        add(
                6,
                "the offset in place of the IOVA",
                "txBuffers.iova() + txNext * BUFFER",
                "txNext * BUFFER",
                "has its buffer at IOVA 0x0");
        add(
                6,
                "no address",
                "        txRing.put64(txNext * SIZE, txBuffers.iova() + txNext * BUFFER);\n",
                "",
                "has its buffer at IOVA 0x0");
        add(
                6,
                "the tail before the descriptor",
                "        put(frame, TX_RS);\n        card.write(TDT, txNext);",
                "        card.write(TDT, (txNext + 1) % RING);\n        card.read(STATUS);\n        put(frame, TX_RS);",
                "transmit queue 0: descriptor 0");
        add(
                6,
                "a buffer for all",
                "txBuffers.put(txNext * BUFFER, frame);\n        txRing.put64(txNext * SIZE, txBuffers.iova() + txNext * BUFFER);",
                "txBuffers.put(0, frame);\n        txRing.put64(txNext * SIZE, txBuffers.iova());",
                "each descriptor needs a buffer of its own");
        add(6, "no wrap", "txNext = (txNext + 1) % RING;", "txNext = txNext + 2;", "transmit queue 0: descriptor 1");
    }

    private static void clean() {
        add(
                7,
                "one descriptor too many",
                "(txClean - txNext - 1 + RING) % RING",
                "(txClean - txNext + RING - 1) % RING + 1",
                "one descriptor stays free");
        add(
                7,
                "DD is not looked at",
                "(txRing.get64(index * SIZE + 8) & TX_DD) != 0",
                "index >= 0",
                "the cable takes nothing, so no frame was sent, but clean() says 3");
        add(
                7,
                "DD of a receive descriptor",
                "SIZE + 8) & TX_DD) != 0",
                "SIZE + 8) & RX_DD) != 0",
                "so no frame was sent, but clean() says");
        add(
                7,
                "the wrong word",
                "txRing.get64(index * SIZE + 8) & TX_DD",
                "txRing.get64(index * SIZE) & TX_DD",
                "so no frame was sent, but clean() says");
        add(
                7,
                "taken back again and again",
                "        txClean = (txClean + done) % RING;\n",
                "",
                "clean() has taken back all 7 descriptors, and says 7");
        add(
                7,
                "the ring stays full",
                "        clean();\n        if (room() == 0)",
                "        if (room() == 0)",
                "transmit() takes no more, though all were sent");
        add(
                7,
                "one at a time",
                "        int used = (txNext - txClean + RING) % RING;",
                "        int used = Math.min(1, (txNext - txClean + RING) % RING);",
                "7 frames were sent, but clean() says 1");
        add(7, "never full", "if (room() == 0) {", "if (room() < 0) {", "one descriptor stays free");
        add(
                7,
                "full too early",
                "if (room() == 0) {",
                "if (room() <= 1) {",
                "the ring has 6 frames, but transmit() refused one more");
        add(
                7,
                "no wrap",
                "int index = (txClean + i) % RING;",
                "int index = txClean + i;",
                "8 bytes at offset 136 are read");
    }

    private static void batch() {
        add(
                8,
                "a tail for each frame",
                "            rxNext = (rxNext + 1) % RING;\n        }",
                "            card.write(RDT, rxNext);\n            rxNext = (rxNext + 1) % RING;\n        }",
                "receiveBatch() wrote RDT[0] 5 times for 4 frames");
        add(8, "more than wanted", "while (frames.size() < most)", "while (true)", "but receiveBatch(4) returned 6");
        add(
                8,
                "the tail where it must not be",
                "card.write(RDT, (rxNext - 1 + RING) % RING)",
                "card.write(RDT, rxNext)",
                "past the head");
        add(
                8,
                "no tail",
                "        if (!frames.isEmpty()) {\n            card.write(RDT, (rxNext - 1 + RING) % RING);\n        }\n",
                "",
                "was not received as it should be: there is none");
        add(
                8,
                "a tail for each frame sent",
                "put(frames.get(i), txNext % 4 == 3 ? TX_RS : 0);",
                "put(frames.get(i), txNext % 4 == 3 ? TX_RS : 0);\n            card.write(TDT, txNext);",
                "transmitBatch() wrote TDT[0] 8 times for 7 frames");
        add(8, "a report for each", "txNext % 4 == 3 ? TX_RS : 0", "TX_RS", "7 of 7 descriptors have RS");
        add(8, "no report", "txNext % 4 == 3 ? TX_RS : 0", "0", "transmitBatch() takes no more, though all were sent");
        add(
                8,
                "each descriptor is looked at by itself",
                "                done = i + 1; // this one, and all before it\n            }",
                "                done = i + 1;\n            } else {\n                break;\n            }",
                "DD in a later one says that it is done, too");
        add(
                8,
                "all of them, whatever there is room for",
                "Math.min(frames.size(), room())",
                "frames.size()",
                "and says 10: there is room for 7 of them");
        add(
                8,
                "all of them are said to be sent",
                "        return count;\n    }\n\n    // ---- Stage 9",
                "        return frames.size();\n    }\n\n    // ---- Stage 9",
                "transmitBatch() was given 10 frames with an empty ring, and says 10");
        add(
                8,
                "frames in the wrong order",
                "frames.add(rxBuffers",
                "frames.add(0, rxBuffers",
                "was not received as it should be");
    }

    private static void counters() {
        add(
                9,
                "not added up",
                "received += number(GPRC)",
                "received = number(GPRC)",
                "when asked again, without another frame, received is 0 and should be 5");
        add(
                9,
                "low words only",
                "number(GORCL) + (number(GORCH) << 32)",
                "number(GORCL)",
                "clears both, so the first alone is counted again");
        add(
                9,
                "a number with a sign",
                "return Integer.toUnsignedLong(card.read(register));",
                "return card.read(register);",
                "receivedBytes is");
        add(
                9,
                "the high word first",
                "receivedBytes += number(GORCL) + (number(GORCH) << 32);",
                "long high = number(GORCH) << 32;\n        receivedBytes += number(GORCL) + high;",
                "receivedBytes is");
        add(9, "shifted as an int", "(number(GORCH) << 32)", "((int) number(GORCH) << 32)", "receivedBytes is");
        add(9, "received for sent", "sent += number(GPTC)", "sent += number(GPRC)", "sent is 0 and should be 3");
        add(9, "nothing is missed", "number(MPC) + number(QPRDC)", "0", "frames, but count() has 0 missed");
        add(
                9,
                "bytes without FCS",
                "return new Counts(received, receivedBytes,",
                "return new Counts(received, receivedBytes - 4 * received,",
                "receivedBytes is 300 and should be 320");
    }

    private static void forward() {
        add(
                10,
                "refused, and forgotten",
                "if (waiting == null || !to.transmit(waiting)) {\n                return;\n            }",
                "if (waiting == null) {\n                return;\n            }\n            to.transmit(waiting);",
                "was lost");
        add(
                10,
                "refused, and another received",
                "            if (waiting == null) {\n                waiting = receive();\n            }\n",
                "            waiting = receive();\n",
                "was lost");
        add(10, "sent back where it came from", "!to.transmit(waiting)", "!transmit(waiting)", "was lost");
        add(
                10,
                "sent twice",
                "!to.transmit(waiting)) {",
                "!to.transmit(waiting) || !to.transmit(waiting)) {",
                "went out 2 times");
        add(
                10,
                "never forgotten",
                "            waiting = null;\n        }\n    }\n\n    // ---- Stage 11",
                "            return;\n        }\n    }\n\n    // ---- Stage 11",
                "went out");
        add(
                10,
                "changed on the way",
                "!to.transmit(waiting)) {",
                "!to.transmit(java.util.Arrays.copyOf(waiting, 60))) {",
                "was lost");
        add(
                10,
                "a loop until there is room",
                "if (waiting == null || !to.transmit(waiting)) {\n                return;\n            }",
                "if (waiting == null) {\n                return;\n            }\n            while (!to.transmit(waiting)) {}",
                "a loop does not end");
    }

    private static void ping() {
        add(
                11,
                "bytes the other way round",
                ">>> (8 * (i % 4)))",
                ">>> (24 - 8 * (i % 4)))",
                "RAL[0] has its first 4 bytes, the first in bits 7:0");
        add(11, "the low register only", "i < 4 ? RAL : RAH", "RAL", "macAddress() says 02:82:59:90:02:82");
        add(
                11,
                "no broadcasts",
                "card.write(FCTRL, card.read(FCTRL) | FCTRL_BAM)",
                "card.read(FCTRL)",
                "FCTRL.BAM (bit 10, datasheet 8.2.3.7.1) is 0");
        add(
                11,
                "everything",
                "| FCTRL_BAM)",
                "| FCTRL_BAM | FCTRL_UPE)",
                "broadcasts are wanted, and not what is for others");
        add(
                11,
                "the question is sent back",
                "reply = host.to(frame);",
                "reply = frame;",
                "was not answered as it should be");
        add(
                11,
                "one question a call",
                "            reply = host.to(frame);\n",
                "            reply = host.to(frame);\n            if (reply != null) {\n                transmit(reply);\n                reply = null;\n            }\n            return;\n",
                "3 questions have arrived with 3 other frames between, but answer() has sent");
        add(
                11,
                "null is transmitted",
                "        while (reply == null || transmit(reply)) {\n            reply = null;\n            byte[] frame = receive();",
                "        while (true) {\n            reply = null;\n            byte[] frame = receive();\n            if (frame != null) {\n                transmit(host.to(frame));\n            }",
                "your code has thrown java.lang.NullPointerException");
        add(
                11,
                "nothing is sent",
                "while (reply == null || transmit(reply))",
                "while (reply == null || reply.length > 0)",
                "0 frames went out where one answer was wanted");
    }

    private static void queues() {
        add(12, "RSS is off", "MRQC_MRQE_RSS | MRQC_IPV4", "MRQC_IPV4", "RSS is off");
        add(12, "ports are not hashed", " | MRQC_UDPIPV4", "", "ports are not hashed");
        add(12, "no key", "0x6d5a56da + 0x1357_9bdf * i", "0", "RSSRK is all 0");
        add(12, "no table", "0x0100_0100", "0", "RETA is all 0");
        add(
                12,
                "an entry a word",
                "card.write(RETA + 4 * i, 0x0100_0100)",
                "card.write(RETA + 4 * i, 0x0101_0101)",
                "came to queue 0 and 64 to queue 1");
        add(
                12,
                "the ring of the other queue",
                "(int) rings[queue].iova());",
                "(int) rings[0].iova());",
                "RDBAL[0] and RDBAL[1] are the same");
        add(
                12,
                "the other queue's tail",
                "        card.write(queue(RDT, queue), index);",
                "        card.write(RDT, index);",
                "receive queue 0: RDT[0]");
        add(
                12,
                "one next for both",
                "int index = next[queue];",
                "int index = next[0] + next[1];",
                "neither receive(0) nor receive(1) returned it");
        add(
                12,
                "one queue alone",
                "queue < 2; queue++) {\n            open",
                "queue < 1; queue++) {\n            open",
                "RXDCTL[1].ENABLE (bit 25, datasheet 8.2.3.8.6) is 0");
    }

    private static void interrupt() {
        add(13, "the entry is not valid", "IVAR_RX0_VALID | 0", "0", "the queue has no vector");
        add(13, "another vector", "IVAR_RX0_VALID | 0", "IVAR_RX0_VALID | 3", "so vector 3 is masked");
        add(13, "masked", "        card.write(EIMS, 1);\n", "", "so vector 0 is masked");
        add(13, "the cause stays", "        card.write(EIAC, 1);\n", "", "EICR still has bit 0");
        add(
                13,
                "one frame for each",
                "frame != null; frame = receive()",
                "frame != null; frame = null",
                "5 frames have arrived and raised an interrupt, but interrupted() returned 1");
        add(
                13,
                "masked after the first",
                "        return frames;\n    }\n}",
                "        card.write(EIMC, 1);\n        return frames;\n    }\n}",
                "the next frame will raise no interrupt");
        add(
                13,
                "nothing is received",
                "for (byte[] frame = receive(); frame",
                "for (byte[] frame = null; frame",
                "interrupted() returned 0");
    }
}

package ixy4j.learn;

import static ixy4j.ixgbe.Registers.*;
import static ixy4j.learn.Bench.require;

import ixy4j.course.Card;
import ixy4j.course.Driver;
import ixy4j.ixgbe.Registers;
import java.util.List;
import java.util.function.Predicate;

/** Stages 1 to 3: a card is found, reset, and has a link. */
final class StartChecks {
    private static final int MEMORY_SPACE = 1 << 1;
    private static final int BUS_MASTER = 1 << 2;
    private static final int FIRMWARES = 1 << 6; // the bit for parity errors, which firmware has set
    private static final int ALL_CAUSES = 0x7fff_ffff;
    private static final int OTHER_MODE = 4 << 13; // AUTOC.LMS: backplane

    private StartChecks() {}

    static void find(Trial trial) {
        Bench bench = trial.bench();
        Bench.Port port = bench.port();
        port.card.setConfig(4, FIRMWARES);
        Card found = bench.call(1, () -> bench.driver().find(bench.machine(port)));
        int command = port.card.command();
        String now = "the command register (datasheet 9.3.3) is 0x" + Integer.toHexString(command) + ": ";
        require(
                (found != null && found != port.card) || command == FIRMWARES || (command & MEMORY_SPACE) != 0,
                now + "with bit 1, Memory Access Enable, 0 the card does not answer");
        bench.use(port, found);
        bench.passed("the 82599 is found among three cards");
        require((command & MEMORY_SPACE) != 0, now + "with bit 1, Memory Access Enable, 0 the card does not answer");
        require((command & BUS_MASTER) != 0, now + "with bit 2, Bus Master Enable, 0 the card can reach no memory");
        require(
                (command & FIRMWARES) != 0,
                now + "bit 6, which was 1, is gone: read the register, set what is needed, and write it back");
        bench.passed("it answers, and can reach memory");
        List<Access> reads = bench.log().since(0);
        require(
                reads.stream().anyMatch(access -> access.reads(STATUS)),
                "find() never read STATUS (datasheet 8.2.3.1.2): a card that is there answers with something else than -1");
        require(
                reads.stream().noneMatch(access -> access.reads(STATUS) && access.value() == -1),
                "STATUS (datasheet 8.2.3.1.2) read -1, which is what nobody answers: it was read before bit 1 of the command"
                        + " register was set");
        bench.passed("STATUS is read");
        Bench none = trial.bench();
        List<Card> others = none.machine(none.port()).stream()
                .filter(card -> card instanceof OtherCard)
                .toList();
        Card absent = none.call(1, () -> none.driver().find(others));
        require(
                absent == null,
                "in a machine without an 82599, find() returned " + absent + " in place of null (datasheet 9.3.1)");
        bench.passed("where there is none, none is found");
    }

    static void reset(Trial trial) {
        Bench bench = trial.bench();
        Bench.Port port = bench.port();
        bench.use(port, bench.call(1, () -> bench.driver().find(bench.machine(port))));
        port.model().bar().set32(EIMS, EICR_RTXQ); // as some driver before it has left it
        int from = bench.log().size();
        bench.run(2, bench.driver()::reset);
        List<Access> done = bench.log().since(from);
        int reset = first(done, access -> access.writes(CTRL) && (access.value() & CTRL_RST) != 0);
        require(
                reset >= 0,
                "reset() never wrote CTRL with RST (bit 26, datasheet 8.2.3.1.1): the card is as it was before");
        bench.passed("CTRL.RST is written");
        require(
                masks(done.subList(0, reset)),
                "interrupts were not all masked before the reset: write 0x7fffffff to EIMC first (datasheet 4.6.3.1)");
        require(
                done.stream().skip(reset).anyMatch(access -> access.reads(CTRL)),
                "reset() did not wait: CTRL was never read after RST was written; it reads 0 there when the reset is done"
                        + " (datasheet 8.2.3.1.1)");
        bench.passed("the end of the reset is awaited");
        require(
                masks(done.subList(reset, done.size())),
                "interrupts were not masked again after the reset: write 0x7fffffff to EIMC (datasheet 4.6.3.1)");
        bench.passed("interrupts are masked before and after");
        awaited(done, reset, EEC, EEC_AUTO_RD, "AUTO_RD", "the EEPROM is read (datasheet 4.6.3, 8.2.3.2.1)");
        bench.passed("the EEPROM is awaited");
        awaited(
                done,
                reset,
                RDRXCTL,
                RDRXCTL_DMAIDONE,
                "DMAIDONE",
                "receive DMA is ready (datasheet 4.6.3, 8.2.3.8.8)");
        bench.passed("DMA is awaited");
    }

    private static boolean masks(List<Access> done) {
        int masked = 0;
        for (Access access : done) {
            masked |= access.writes(EIMC) ? (int) access.value() : 0;
        }
        return (masked & ALL_CAUSES) == ALL_CAUSES;
    }

    private static void awaited(List<Access> done, int reset, int register, int bit, String name, String until) {
        String what = Registers.name(register) + '.' + name;
        int seen = first(
                done.subList(reset, done.size()), access -> access.reads(register) && (access.value() & bit) != 0);
        boolean asked = done.stream().skip(reset).anyMatch(access -> access.reads(register));
        require(
                seen >= 0,
                (asked ? "reset() has not waited until " + what + " read 1" : "reset() never read " + what)
                        + ", which it does when " + until);
    }

    private static int first(List<Access> accesses, Predicate<Access> wanted) {
        for (int i = 0; i < accesses.size(); i++) {
            if (wanted.test(accesses.get(i))) {
                return i;
            }
        }
        return -1;
    }

    static void link(Trial trial) {
        Bench bench = trial.bench();
        Bench.Port port = bench.port();
        Driver driver = port.driver();
        port.wire.plug(false);
        bench.start();
        port.model().bar().set32(AUTOC, (port.register(AUTOC) & ~AUTOC_LMS) | OTHER_MODE); // as some EEPROMs have it
        int from = bench.log().size();
        bench.run(3, driver::startLink);
        checkAutoc(bench, from);
        bench.settle();
        require(
                !up(bench),
                "no cable is plugged in, but linkUp() says true: LINKS.LINK_UP is bit 30 (datasheet 8.2.3.22.20)");
        bench.passed("without a cable there is no link");
        port.wire.plug(true);
        bench.settle();
        require(
                up(bench),
                "the cable is plugged in and LINKS reads 0x" + Integer.toHexString(port.register(LINKS))
                        + ", but linkUp() says false: LINK_UP is bit 30 (datasheet 8.2.3.22.20)");
        bench.passed("with a cable it comes up");
        port.wire.plug(false);
        bench.settle();
        require(
                !up(bench),
                "the cable was pulled, but linkUp() still says true: it is to say what is now (datasheet 8.2.3.22.20)");
        port.wire.plug(true);
        bench.settle();
        require(
                up(bench),
                "the cable is back, but linkUp() still says false: it is to say what is now (datasheet 8.2.3.22.20)");
        port.wire.plug(false);
        bench.settle(); // and nobody asks meanwhile
        port.wire.plug(true);
        bench.settle();
        require(
                up(bench),
                "the cable was pulled and is back, but linkUp() says false: bit 7 of LINKS, LINK_STATUS, keeps that the link was down until"
                        + " it is read; bit 30, LINK_UP, is what is now (datasheet 8.2.3.22.20)");
        bench.passed("linkUp() follows the cable");
    }

    private static void checkAutoc(Bench bench, int from) {
        List<Access> done = bench.log().since(from);
        require(
                done.stream().anyMatch(access -> access.writes(AUTOC)),
                "startLink() never wrote AUTOC, where the link mode is (datasheet 8.2.3.22.19)");
        int autoc = bench.port().register(AUTOC);
        require(
                (autoc & AUTOC_LMS) == AUTOC_LMS_10G_SERIAL,
                "AUTOC.LMS (bits 15:13, datasheet 8.2.3.22.19) is " + ((autoc & AUTOC_LMS) >>> 13)
                        + ", where 3 is 10 Gbit/s over SFI: clear the field before you set it");
        require(
                done.stream().anyMatch(access -> access.writes(AUTOC) && (access.value() & AUTOC_RESTART_AN) != 0),
                "AUTOC was written without RESTART_AN (bit 12, datasheet 8.2.3.22.19): a new link mode counts from there on");
        bench.passed("AUTOC has the link mode, and it counts");
    }

    private static boolean up(Bench bench) {
        return bench.call(3, () -> bench.driver().linkUp());
    }
}

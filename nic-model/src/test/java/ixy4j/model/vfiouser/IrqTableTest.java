package ixy4j.model.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.linux.Linux;
import ixy4j.model.InterruptLines.Mode;
import ixy4j.vfiouser.Body.IrqSet;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the card raises is signalled where the client waits. */
@Timeout(30)
class IrqTableTest {
    private static final int MASK = 0x09;
    private static final int UNMASK = 0x11;
    private static final int SET = 0x24;

    private final IrqTable table = new IrqTable(64);
    private final ConfigSpace config = ConfigSpaceTest.config("02:00:00:00:00:01");
    private final int event = RawClient.event();

    @BeforeEach
    void mayMaster() {
        config.write(4, (byte) 6);
        table.configured(config);
    }

    @AfterEach
    void close() {
        table.close();
        RawClient.closeFiles(event);
    }

    private void set(int flags, int index, int start, int count, int... files) throws Refused {
        int[] ours = files.clone();
        for (int i = 0; i < ours.length; i++) {
            ours[i] = (int) Linux.call("dup", files[i]); // the table closes it
        }
        table.set(new IrqSet(flags, index, start, count), new byte[0], ours);
    }

    @Test
    void thePinMasksItselfUntilItIsUnmasked() throws Refused {
        set(SET, 0, 0, 1, event);
        table.pin(true);
        table.pin(false);
        table.pin(true);
        assertEquals(1, RawClient.signals(event));
        set(UNMASK, 0, 0, 1); // still asserted: once more
        assertEquals(1, RawClient.signals(event));
        table.pin(false);
        set(UNMASK, 0, 0, 1);
        assertEquals(0, RawClient.signals(event));
        set(MASK, 0, 0, 1);
        table.pin(true);
        assertEquals(0, RawClient.signals(event));
        assertEquals(true, table.isAsserted());
    }

    @Test
    void aPinThatWasAssertedBeforeIsSignalledWhenSomebodyComes() throws Refused {
        table.pin(true);
        set(SET, 0, 0, 1, event);
        assertEquals(1, RawClient.signals(event));
    }

    @Test
    void aPinThatIsNotAllowedIsNotSignalled() throws Refused {
        config.write(5, (byte) 4);
        table.configured(config);
        set(SET, 0, 0, 1, event);
        table.pin(true);
        assertEquals(0, RawClient.signals(event));
        config.write(5, (byte) 0);
        table.configured(config);
        assertEquals(1, RawClient.signals(event));
    }

    @Test
    void messagesGoToTheirVector() throws Refused {
        int other = RawClient.event();
        assertEquals(Mode.PIN, table.mode());
        set(SET, 2, 5, 2, event, other);
        assertEquals(Mode.MSIX, table.mode());
        table.message(5);
        table.message(5);
        table.message(6);
        table.message(7); // nobody waits there
        assertEquals(2, RawClient.signals(event));
        assertEquals(1, RawClient.signals(other));
        set(SET, 2, 6, 1);
        assertEquals(Mode.MSIX, table.mode());
        set(SET, 2, 5, 1);
        assertEquals(Mode.PIN, table.mode());
        RawClient.closeFiles(other);
    }

    @Test
    void ofMsiThereIsOne() throws Refused {
        set(SET, 1, 0, 1, event);
        assertEquals(Mode.MSI, table.mode());
        table.message(9);
        assertEquals(1, RawClient.signals(event));
    }

    @Test
    void withoutMasteringThereAreNoMessages() throws Refused {
        set(SET, 2, 0, 1, event);
        config.write(4, (byte) 0);
        table.configured(config);
        table.message(0);
        assertEquals(0, RawClient.signals(event));
    }

    @Test
    void configurationSpaceSaysTheMode() {
        config.write(0x73, (byte) 0x80);
        table.configured(config);
        assertEquals(Mode.MSIX, table.mode());
    }

    @Test
    void aFullEventFileHoldsNobodyUp() throws Refused {
        int blocking = (int) Linux.call("eventfd", 0, 0);
        set(SET, 2, 0, 1, blocking);
        try (Arena arena = Arena.ofConfined()) {
            Linux.call(
                    "write",
                    blocking,
                    arena.allocateFrom(ValueLayout.JAVA_LONG, -2L).address(),
                    8);
        }
        table.message(0);
        RawClient.closeFiles(blocking);
    }
}

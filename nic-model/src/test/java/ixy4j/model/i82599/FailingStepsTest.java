package ixy4j.model.i82599;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.IxyException;
import ixy4j.Machine;
import ixy4j.ixgbe.IxgbeDriver;
import ixy4j.model.Mistakes;
import ixy4j.model.ModelFunction;
import ixy4j.model.virtio.FailingVirtio;
import ixy4j.packet.PacketPool;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.PciFunction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A driver whose card fails at any step of opening or closing: all else is given back, whatever it is that was thrown. */
public final class FailingStepsTest {
    private static final DeviceOptions OPTIONS = DeviceOptions.DEFAULT.withRingSize(64);
    private static final int STRIDE = 7; // of the steps that are tried; the first ones all are

    /** Ways to a card. */
    enum Way {
        INTEL,
        VIRTIO;

        Device open(Steps steps) {
            return this == INTEL ? intel(steps) : FailingVirtio.open(steps, OPTIONS);
        }
    }

    /** What is thrown. */
    enum Kind {
        EXCEPTION,
        ERROR
    }

    /** Counts what a driver does with its card, fails at one of these, and knows what the card was given. */
    public static final class Steps {
        private final Kind kind;
        private final boolean lasting; // all that follow fail as well
        private final List<DmaMemory> memories = new ArrayList<>();
        private int left; // steps to the one that fails, not counting close
        private int closed;
        private RuntimeException exception;
        private Error error;

        Steps(Kind kind, int left, boolean lasting) {
            this.kind = kind;
            this.left = left;
            this.lasting = lasting;
        }

        /** The same, failing at the right time. */
        public <T> T wrap(Class<T> type, T target) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                        Object result;
                        if (method.getName().equals("close")) {
                            closed++;
                        } else if (method.getDeclaringClass() != Object.class
                                && !method.getName().equals("address")) {
                            step();
                        }
                        try {
                            result = method.invoke(target, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                        if (method.getName().equals("map")) {
                            memories.add((DmaMemory) args[0]);
                        }
                        return result instanceof Bar bar ? wrap(Bar.class, bar) : result;
                    }));
        }

        private void step() {
            left--;
            if (left == 0 || (left < 0 && lasting)) {
                if (kind == Kind.ERROR) {
                    error = error == null ? new OutOfMemoryError("a step") : error;
                    throw error; // the same each time
                }
                exception = exception == null ? new IxyException("a step") : exception;
                throw exception;
            }
        }

        boolean failed() {
            return exception != null || error != null;
        }

        private void assertAllGivenBack(String what) {
            assertTrue(closed > 0, what + ": the card is not closed");
            for (DmaMemory memory : memories) {
                assertFalse(Machine.isInUse(memory.address()), what + ": memory stays mapped");
            }
        }
    }

    private static Device intel(Steps steps) {
        Card card = new Card(new TestWire(), CardOptions.STEPPED.withPolicy(Mistakes.Policy.COUNT));
        PciFunction function = steps.wrap(PciFunction.class, new ModelFunction("model:0", card));
        return Device.open(function, OPTIONS);
    }

    private static int next(int step) {
        return step < 12 ? step + 1 : step + STRIDE;
    }

    @ParameterizedTest
    @EnumSource
    void whereOpeningFailsAllIsGivenBack(Way way) {
        int failures = 0;
        for (Kind kind : Kind.values()) {
            for (int at = 1; ; at = next(at)) {
                Steps steps = new Steps(kind, at, failures % 2 == 0);
                String what = way + " fails at step " + at + " of opening with an " + kind;
                try {
                    Device device = way.open(steps);
                    device.close();
                } catch (IxyException | OutOfMemoryError e) {
                    assertEquals("a step", e.getMessage(), what);
                }
                steps.assertAllGivenBack(what);
                if (!steps.failed()) {
                    break;
                }
                failures++;
            }
        }
        assertTrue(failures >= 25, "only " + failures);
    }

    @ParameterizedTest
    @EnumSource
    void whereClosingFailsAllIsGivenBack(Way way) {
        for (Kind kind : Kind.values()) {
            for (boolean lasting : new boolean[] {false, true}) {
                boolean failed = true;
                for (int at = 1; failed; at++) {
                    Steps steps = new Steps(kind, Integer.MAX_VALUE, lasting);
                    String what = way + " fails at step " + at + " of closing with an " + kind;
                    Device device = way.open(steps);
                    PacketPool pool = PacketPool.create(256, device);
                    device.rxQueue(0, pool);
                    device.txQueue(0, pool);
                    steps.left = at;
                    try {
                        device.close();
                    } catch (IxyException | OutOfMemoryError e) {
                        assertEquals("a step", e.getMessage(), what);
                    }
                    failed = steps.failed();
                    assertEquals(256, pool.available(), what);
                    steps.left = Integer.MAX_VALUE;
                    pool.close();
                    steps.assertAllGivenBack(what);
                }
            }
        }
    }

    /** An error in the thread that plays a card has its own trace, behind that of whoever is told. */
    @ParameterizedTest
    @EnumSource
    void whatEndedACardIsTheCause(Kind kind) {
        TestWire wire = new TestWire();
        Card card = new Card(wire, CardOptions.RUNNING);
        Throwable bug = kind == Kind.ERROR ? new StackOverflowError("deep") : new ArithmeticException("odd");
        Device device = new IxgbeDriver().open(new ModelFunction("model:0", card), OPTIONS);
        card.fail(bug);
        IxyException first = assertThrows(IxyException.class, device::linkSpeed);
        IxyException second = assertThrows(IxyException.class, device::linkSpeed);
        assertEquals("model: " + bug, first.getMessage());
        assertEquals(bug, first.getCause());
        first.addSuppressed(second); // not one and the same
        assertNotNull(card.failure());
        assertThrows(IxyException.class, device::close);
        assertTrue(card.toString().endsWith("closed"));
    }
}

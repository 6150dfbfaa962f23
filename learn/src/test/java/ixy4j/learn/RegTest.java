package ixy4j.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.course.Descriptor;
import ixy4j.course.Reg;
import ixy4j.intel.Descriptors;
import ixy4j.ixgbe.Registers;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

/** The numbers that learners see are those of the driver and the emulated card. */
class RegTest {
    @Test
    void registersAndBitsAreTheDrivers() throws ReflectiveOperationException {
        compare(Reg.class, Registers.class);
        assertEquals(Registers.RDT + 0x40, Reg.queue(Reg.RDT, 1));
    }

    @Test
    void descriptorsAreTheDrivers() throws ReflectiveOperationException {
        compare(Descriptor.class, Descriptors.class);
    }

    private static void compare(Class<?> ours, Class<?> theirs) throws ReflectiveOperationException {
        int count = 0;
        for (Field field : ours.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                assertEquals(theirs.getField(field.getName()).get(null), field.get(null), field.getName());
                count++;
            }
        }
        assertTrue(count > 5, ours.getName());
    }
}

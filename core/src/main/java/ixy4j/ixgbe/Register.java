package ixy4j.ixgbe;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the datasheet of the 82599 says about the register, or array of registers, at a constant's offset. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Register {
    /** What reading and writing do. */
    Access access();

    /** Value after a software reset. Registers loaded from the EEPROM and live status bits differ; see comments. */
    int reset() default 0;

    /** Bits that a write can change; the others keep their value. All, where the datasheet was not clear. */
    int writable() default -1;

    /** Section of the datasheet; only the chapter where the exact number is not certain. */
    String section();

    /** Bytes from one register of an array to the next. */
    int stride() default 4;

    /** Registers in the array. */
    int count() default 1;

    /** Index of the first register of the array, for a block that continues another. */
    int first() default 0;

    /**
     * The constant that this block belongs to: it continues that array if its indices lie beyond it, otherwise it is
     * another address for the same registers.
     */
    String of() default "";

    /** Long name. */
    String name();

    /** What reading and writing a register do. */
    enum Access {
        /** Read and write. */
        RW,
        /** Read only; writes are ignored. */
        RO,
        /** Write only; a read returns nothing of meaning. */
        WO,
        /** Reading clears; writes are ignored. */
        RC,
        /** Reading clears; writes set the value. */
        RC_W,
        /** Writing a one clears that bit. */
        W1C,
        /** Reading clears, and so does writing a one. */
        RC_W1C,
        /** Writing a one sets that bit, writing a zero does nothing. */
        W1S,
        /** Read and write, with bits that the device clears by itself. */
        RW_SC
    }
}

package ixy4j.intel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the datasheet says about the register, or array of registers, whose offset a constant is. Constants without an
 * annotation are bits of registers: see {@link RegisterTable}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Register {
    /** Section of the datasheet; only the chapter where the exact number is not certain. */
    String section();

    /** Long name. */
    String name();

    /** What reading and writing do. */
    Access access() default Access.RW;

    /** Value after a software reset. Registers loaded from the EEPROM and live status bits differ; see comments. */
    int reset() default 0;

    /** Bits that a write can change; the others keep their value. All, where the datasheet was not clear. */
    int writable() default -1;

    /** Registers in the array. */
    int count() default 1;

    /** Bytes from one register of an array to the next. */
    int stride() default 4;

    /** The register that has the same bits and declares them; empty for one that declares its own. */
    String bits() default "";

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

    /** Another block of a register that is described already; what is not said here is as it is there. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.FIELD)
    @interface Also {
        /**
         * The constant of the register: the block continues that array if its indices lie beyond it, otherwise it is
         * another address for the same registers.
         */
        String of();

        /** Index of the first register of the block. */
        int first() default 0;

        /** Registers in the block. */
        int count() default 1;

        /** Section of the datasheet, if it is another one. */
        String section() default "";

        /** Bytes from one register of the block to the next; 0: as in the array. */
        int stride() default 0;

        /** Bits that a write can change; 0: as in the array. */
        int writable() default 0;

        /** Whether the bits mean what they mean in the array. */
        boolean sameBits() default true;
    }
}

package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;
import static ixy4j.model.i82599.AddressFilter.EXACT;
import static ixy4j.model.i82599.AddressFilter.INEXACT;
import static ixy4j.model.i82599.AddressFilter.NO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.model.Mistakes;
import ixy4j.model.i82599.registers.RegisterFile;
import org.junit.jupiter.api.Test;

class AddressFilterTest {
    private static final long OTHER = 0x1111_0605_0403_0202L; // what follows the address does not matter
    private static final long BROADCAST = 0x2222_ffff_ffff_ffffL;
    private static final long GROUP = 0x3333_ab12_0000_5e01L;

    private final RegisterFile registers = new RegisterFile(new Mistakes("card", Mistakes.Policy.STOP));
    private final AddressFilter filter = new AddressFilter(registers);

    @Test
    void eachOfThe128AddressesCountsOnceItIsValid() {
        for (int i = 0; i < 128; i++) {
            long address = 0x0000_0000_0002L | (long) i << 40 | (long) i << 8;
            assertEquals(NO, filter.match(address));
            registers.write(RAL + 8 * i, (int) address);
            registers.write(RAH + 8 * i, (int) (address >>> 32));
            assertEquals(NO, filter.match(address), "without AV");
            registers.write(RAH + 8 * i, (int) (address >>> 32) | 1 << 31);
            assertEquals(EXACT, filter.match(address));
            assertEquals(EXACT, filter.match(address | 0x7777L << 48));
        }
        registers.write(RAH, 0);
        assertEquals(NO, filter.match(2));
    }

    @Test
    void theOldOffsetsAreTheSameTable() {
        registers.write(RAL_LEGACY + 8 * 15, 0x0403_0202);
        registers.write(RAH_LEGACY + 8 * 15, 0x8000_0605);
        assertEquals(EXACT, filter.match(OTHER));
    }

    @Test
    void broadcastsNeedTheirBitOrPromiscuousMulticast() {
        assertEquals(NO, filter.match(BROADCAST));
        registers.write(FCTRL, FCTRL_UPE);
        assertEquals(NO, filter.match(BROADCAST));
        registers.write(FCTRL, FCTRL_BAM);
        assertEquals(EXACT, filter.match(BROADCAST));
        registers.write(FCTRL, FCTRL_MPE);
        assertEquals(INEXACT, filter.match(BROADCAST));
    }

    @Test
    void promiscuousForOneKindIsNotForTheOther() {
        registers.write(FCTRL, FCTRL_UPE);
        assertEquals(INEXACT, filter.match(OTHER));
        assertEquals(NO, filter.match(GROUP));
        registers.write(FCTRL, FCTRL_MPE);
        assertEquals(NO, filter.match(OTHER));
        assertEquals(INEXACT, filter.match(GROUP));
    }

    @Test
    void theMulticastTableUsesTheBitsThatAreChosen() {
        // 01:5e:00:00:12:ab; its last two bytes as the card has them are 0xab12
        int[] hashes = {0xab1, 0x562, 0xac4, 0xb12};
        for (int offset = 0; offset < 4; offset++) {
            registers.reset();
            registers.write(MTA + 4 * (hashes[offset] >> 5), 1 << (hashes[offset] & 31));
            registers.write(MCSTCTRL, offset);
            assertEquals(NO, filter.match(GROUP), "without MFE");
            registers.write(MCSTCTRL, 4 | offset);
            assertEquals(INEXACT, filter.match(GROUP));
            assertEquals(NO, filter.match(GROUP ^ 1L << 40));
            registers.write(MCSTCTRL, 4 | (offset + 1 & 3));
            assertEquals(NO, filter.match(GROUP));
        }
    }

    @Test
    void aGroupCanBeInTheTableOfAddresses() {
        registers.write(RAL + 8 * 5, (int) GROUP);
        registers.write(RAH + 8 * 5, ((int) (GROUP >>> 32) & 0xffff) | 1 << 31);
        assertEquals(EXACT, filter.match(GROUP));
    }
}

package ixy4j.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class PciNamesTest {
    private static final List<String> LIST = """
            # a comment
            1af4  Red Hat, Inc.
            \t1000  Virtio network device
            8086  Intel Corporation
            \t10f7  82599 10 Gigabit BX4
            # between devices
            \t10fb  82599ES 10-Gigabit SFI/SFP+
            \t\t8086 0003  Ethernet Server Adapter
            8087  Intel Corp.
            \t1000  Not Intel's
            \t8086  A device with a vendor's number
            C 02  Network controller
            \t00  Ethernet controller
            """.lines().toList();

    @Test
    void aDeviceIsLookedUpWithinItsVendor() {
        assertEquals("Intel Corporation, 82599ES 10-Gigabit SFI/SFP+", PciNames.find(LIST, 0x8086_10fb));
        assertEquals("Red Hat, Inc., Virtio network device", PciNames.find(LIST, 0x1af4_1000));
        assertEquals("Intel Corp., A device with a vendor's number", PciNames.find(LIST, 0x8087_8086));
    }

    @Test
    void aDeviceOfAnotherVendorIsNotTaken() {
        assertEquals("Intel Corporation, an unknown device", PciNames.find(LIST, 0x8086_1000));
        assertEquals("Intel Corp., an unknown device", PciNames.find(LIST, 0x8087_0000));
    }

    @Test
    void anUnknownVendorIsSaidToBe() {
        assertEquals("(an unknown vendor's)", PciNames.find(LIST, 0xfffe_10fb));
        assertEquals("(an unknown vendor's)", PciNames.find(List.of(), 0));
    }

    @Test
    void everyMachineHasAnAnswer() {
        assertFalse(PciNames.of(0x8086_10fb).isEmpty());
    }
}

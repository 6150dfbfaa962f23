package ixy4j.vfio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LockedMemoryTest {
    private static final String STATUS = "VmPeak:\t  100 kB\nVmLck:\t    4096 kB\nVmPin:\t 0 kB\n";

    @Test
    void theLimitIsNamedWithTheCommandThatRaisesIt() {
        String limits = """
                Max processes             94134                94134                processes
                Max locked memory         8388608              8388608              bytes
                """;
        assertEquals(
                "this needs 16 MiB of memory that stays where it is, besides the 4 MiB that this process has, but its limit"
                        + " is 8 MiB: ulimit -l 20480 (as root; for good, a line such as \"USER - memlock 20480\" in"
                        + " /etc/security/limits.conf), or take fewer buffers",
                LockedMemory.tooLittle(16 << 20, limits, STATUS).getMessage());
    }

    @Test
    void withoutALimitItIsTheMachine() {
        String limits = "Max locked memory         unlimited            unlimited            bytes     \n";
        assertEquals(
                "this needs 16 MiB of memory that stays where it is, and the machine has no more: take fewer buffers",
                LockedMemory.tooLittle(16 << 20, limits, STATUS).getMessage());
    }

    @Test
    void aLimitThatIsNotReachedIsNotBlamed() {
        String limits = "Max locked memory         1073741824           1073741824           bytes     \n";
        assertTrue(
                LockedMemory.tooLittle(16 << 20, limits, STATUS).getMessage().contains("the machine has no more"),
                "20 of 1024 MiB are no reason");
    }
}

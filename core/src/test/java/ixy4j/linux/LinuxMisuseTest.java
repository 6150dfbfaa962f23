package ixy4j.linux;

import static org.junit.jupiter.api.Assertions.*;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinuxMisuseTest {
    @ParameterizedTest
    @ValueSource(ints = {-1, 9, 4096})
    void sizesThatNoNumberHasAreRefused(int size) {
        int fd = Linux.open("/proc/self/maps", Abi.O_RDONLY);
        assertThrows(IndexOutOfBoundsException.class, () -> Linux.read(fd, 0, size));
        Linux.call("close", fd);
    }
}

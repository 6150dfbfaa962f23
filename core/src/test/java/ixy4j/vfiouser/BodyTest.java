package ixy4j.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Layouts as the specification has them, written down a second time. */
class BodyTest {
    private static final String LONG = "8877665544332211"; // 0x1122334455667788, little-endian
    private static final String OTHER = "0807060504030201";

    private static void assertLayout(Body body, Function<ByteBuffer, Body> reader, String... hex) {
        byte[] bytes = HexFormat.of().parseHex(String.join("", hex));
        assertEquals(bytes.length, body.bytes());
        assertEquals(ByteBuffer.wrap(bytes), body.toBuffer().flip());
        ByteBuffer behindOthers = ByteBuffer.allocate(3 + bytes.length + 2).order(ByteOrder.LITTLE_ENDIAN);
        behindOthers.put(3, bytes).position(3);
        assertEquals(body, reader.apply(behindOthers));
        assertEquals(2, behindOthers.remaining(), "data is left");
    }

    @Test
    void bodiesOfMemory() {
        assertLayout(new Body.Version(0x1234, 0xfedc), Body.Version::read, "3412dcfe");
        assertLayout(
                new Body.DmaMap(3, 0x1122334455667788L, 0x102030405060708L, 0x1000),
                Body.DmaMap::read,
                "20000000" + "03000000" + LONG + OTHER + "0010000000000000");
        assertLayout(
                new Body.DmaUnmap(2, 0x1122334455667788L, 0x102030405060708L),
                Body.DmaUnmap::read,
                "18000000" + "02000000" + LONG + OTHER);
        assertLayout(new Body.DmaAccess(0x1122334455667788L, 0x102030405060708L), Body.DmaAccess::read, LONG + OTHER);
    }

    @Test
    void bodiesOfTheDevice() {
        assertLayout(
                new Body.DeviceInfo(3, 9, 5), Body.DeviceInfo::read, "10000000" + "03000000" + "09000000" + "05000000");
        assertLayout(
                new Body.RegionInfo(0x68, 0xf, 7, 0x20, 0x1122334455667788L, 0x102030405060708L),
                Body.RegionInfo::read,
                "68000000" + "0f000000" + "07000000" + "20000000" + LONG + OTHER);
        assertLayout(
                new Body.RegionAccess(0x1122334455667788L, 7, 4),
                Body.RegionAccess::read,
                LONG + "07000000" + "04000000");
        assertLayout(new Body.IrqInfo(7, 2, 64), Body.IrqInfo::read, "10000000" + "07000000" + "02000000" + "40000000");
        assertLayout(
                new Body.IrqSet(0x24, 2, 1, 3),
                Body.IrqSet::read,
                "14000000" + "24000000" + "02000000" + "01000000" + "03000000");
    }

    @Test
    void whatIsChangedInAMessageThatIsMadeIsWhereItSays() {
        ByteBuffer bytes = new Body.RegionAccess(0x1018, 7, 4).toBuffer();
        assertEquals(0x1018, bytes.getInt(Body.RegionAccess.OFFSET));
        assertEquals(7, bytes.getInt(Body.RegionAccess.REGION));
        assertEquals(0x1018, Body.room(bytes.flip()));
    }
}

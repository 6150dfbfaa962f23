package ixy4j.model.i82599.board;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * A 10GBASE-SR module that also does 1000BASE-SX, with its two pages of SFF-8472: what it is at I2C address 0xA0, what it
 * measures at 0xA2.
 */
final class SfpModule {
    /** I2C address of the serial id, with the bit for writing. */
    static final int ID = 0xa0;

    /** I2C address of the diagnostics. */
    static final int DIAGNOSTICS = 0xa2;

    private static final int MEASURED = 96; // temperature, voltage, bias, power sent, power received: two bytes each
    private static final int STATUS = 110;
    private static final int STATUS_TX_DISABLED = 1 << 7;
    private static final int STATUS_RX_LOSS = 1 << 1;
    private static final int LAST_MEASURED = 117;

    // In the units of SFF-8472 table 9-5: 1/256 °C, 100 µV, 2 µA, 0.1 µW.
    private static final int[] READINGS = {35 << 8, 33_000, 3_000, 6_000, 5_500};
    private static final int[][] LIMITS = { // high and low alarm, high and low warning
        {78 << 8, -13 << 8, 73 << 8, -8 << 8},
        {37_000, 29_000, 36_000, 30_000},
        {6_500, 1_000, 6_000, 1_500},
        {10_000, 1_260, 7_943, 1_585},
        {12_589, 62, 10_000, 158}
    };

    private final byte[] id = new byte[256];
    private final byte[] diagnostics = new byte[256];
    private final BooleanSupplier laser;
    private final BooleanSupplier light;

    /**
     * A module.
     *
     * @param laser whether its own laser is on
     * @param light whether it sees light of the far end
     */
    SfpModule(BooleanSupplier laser, BooleanSupplier light) {
        this.laser = laser;
        this.light = light;
        fillId();
        fillDiagnostics();
    }

    private void fillId() {
        set(id, 0, 3, 4, 7, 0x10, 0, 0, 1); // SFP, by its id; LC; 10GBASE-SR; 1000BASE-SX
        set(id, 11, 6, 103); // 64B/66B, 10.3 GBd
        set(id, 16, 8, 3, 0, 30); // metres / 10 on OM2, OM1; none on copper; on OM3
        text(id, 20, 16, "IXY4J");
        set(id, 37, 0x02, 0x82, 0x59); // OUI, of the locally administered ones
        text(id, 40, 16, "MODEL-SR");
        text(id, 56, 4, "1");
        word(id, 60, 850); // nm
        set(id, 63, sum(id, 0, 63));
        set(id, 65, 0x1a); // has TX_DISABLE, TX_FAULT, LOS
        text(id, 68, 16, "0001");
        text(id, 84, 8, "250101");
        set(id, 92, 0x68, 0x80, 5); // diagnostics, calibrated, average power; alarm flags; SFF-8472 11.0
        set(id, 95, sum(id, 64, 95));
    }

    private void fillDiagnostics() {
        for (int i = 0; i < LIMITS.length; i++) {
            for (int j = 0; j < 4; j++) {
                word(diagnostics, 8 * i + 2 * j, LIMITS[i][j]);
            }
        }
        set(diagnostics, 68, 0x3f, 0x80); // calibration constants of a calibrated module: factors 1, offsets 0
        for (int factor : new int[] {76, 80, 84, 88}) {
            set(diagnostics, factor, 1);
        }
        set(diagnostics, 95, sum(diagnostics, 0, 95));
    }

    private static void set(byte[] page, int at, int... values) {
        for (int i = 0; i < values.length; i++) {
            page[at + i] = (byte) values[i];
        }
    }

    private static void word(byte[] page, int at, int value) {
        set(page, at, value >>> 8, value);
    }

    private static void text(byte[] page, int at, int length, String text) {
        Arrays.fill(page, at, at + length, (byte) ' ');
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, page, at, bytes.length);
    }

    private static int sum(byte[] page, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += page[i];
        }
        return sum;
    }

    /** Whether it has an I2C address: bits 7:1 count. */
    boolean answers(int address) {
        return (address & 0xfe) == ID || (address & 0xfe) == DIAGNOSTICS;
    }

    /** A byte of one of its pages. */
    int read(int address, int at) {
        if ((address & 0xfe) == ID) {
            return id[at & 0xff] & 0xff;
        }
        if (at >= MEASURED && at <= LAST_MEASURED) {
            return measured(at);
        }
        return diagnostics[at & 0xff] & 0xff;
    }

    private int measured(int at) {
        if (at == STATUS) {
            return (laser.getAsBoolean() ? 0 : STATUS_TX_DISABLED) | (light.getAsBoolean() ? 0 : STATUS_RX_LOSS);
        }
        int which = (at - MEASURED) / 2;
        if (which >= READINGS.length) {
            return 0;
        }
        boolean dark = which >= 4 ? !light.getAsBoolean() : which >= 2 && !laser.getAsBoolean();
        return dark ? 0 : READINGS[which] >>> ((at & 1) == 0 ? 8 : 0) & 0xff;
    }
}

package ixy4j.vm;

import ixy4j.linux.Linux;
import ixy4j.memory.RawMemory;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs in the guest, and says whether somebody else writes to its memory. Both ways wait for a file to appear first.
 *
 * <ul>
 *   <li>{@code Canary FILE}: takes then what memory is free, ordinary and huge pages, and watches it for a second.
 *   <li>{@code Canary FILE hold}: has had a huge page from the start, whose physical address it has told.
 * </ul>
 */
final class Canary {
    private static final byte[] PATTERN = "a canary sings. ".repeat(256).getBytes(StandardCharsets.US_ASCII);
    private static final int PROT_READ_AND_WRITE = 3;
    private static final int PRIVATE_ANONYMOUS_POPULATED = 0x22 | 0x8000;
    private static final long PIECE = 16 << 20;
    private static final long LEFT = 300 << 20; // bytes that others may need meanwhile

    private record Memory(long address, long bytes) {}

    private final List<Memory> all = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        Canary canary = new Canary();
        if (args.length > 1) {
            DmaMemory page = canary.hugePage();
            System.out.println("physical 0x" + Long.toHexString(page.pageIovas()[0]));
        } else {
            System.out.println("ready");
        }
        while (!Files.exists(Path.of(args[0]))) {
            Thread.sleep(1);
        }
        if (args.length == 1) {
            canary.takeAll();
            Thread.sleep(1000);
        }
        System.out.println("foreign " + canary.changed());
    }

    private DmaMemory hugePage() {
        DmaMemory page = DmaMemory.allocate(1, DmaSpace.PHYSICAL);
        add(page.address(), page.size());
        return page;
    }

    private void takeAll() throws Exception {
        for (long free = meminfo("HugePages_Free"); free > 0; free--) {
            hugePage();
        }
        for (long left = (meminfo("MemAvailable") << 10) - LEFT; left > PIECE; left -= PIECE) {
            add(Linux.call("mmap", 0, PIECE, PROT_READ_AND_WRITE, PRIVATE_ANONYMOUS_POPULATED, -1, 0), PIECE);
        }
    }

    private static long meminfo(String name) throws Exception {
        Matcher matcher = Pattern.compile(name + ":\\s+(\\d+)").matcher(Files.readString(Path.of("/proc/meminfo")));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private void add(long address, long bytes) {
        for (long at = address; at < address + bytes; at += PATTERN.length) {
            RawMemory.write(at, PATTERN, 0, PATTERN.length);
        }
        all.add(new Memory(address, bytes));
    }

    /** How many pieces of 4 KiB are not as they were. */
    private long changed() {
        byte[] now = new byte[PATTERN.length];
        long changed = 0;
        for (Memory memory : all) {
            for (long at = memory.address; at < memory.address + memory.bytes; at += now.length) {
                RawMemory.read(at, now, 0, now.length);
                changed += Arrays.equals(now, PATTERN) ? 0 : 1;
            }
        }
        return changed;
    }
}

package ixy4j.vfiouser;

import ixy4j.IxyException;
import ixy4j.linux.Abi;
import ixy4j.linux.Cleanup;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.linux.Retired;
import ixy4j.vfiouser.Body.RegionInfo;
import ixy4j.vfiouser.Connection.Reply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server says about a region, and the areas of it that it shares (specification, VFIO_USER_DEVICE_GET_REGION_INFO).
 *
 * @param size bytes of the region, 0 if there is none
 * @param areas what is mapped; unmapped by {@link #unmap}
 */
record Region(long size, List<Area> areas) {
    private static final int SPARSE_MMAP = 1; // id of a capability, as Linux's include/uapi/linux/vfio.h has it
    private static final int CAPABILITY_HEADER = 8; // u16 id, u16 version, u32 offset of the next one
    private static final int AREA = 16; // u64 offset, u64 size, behind u32 number and 4 bytes
    private static final int MOST_CAPABILITIES = 4096; // bytes
    private static final int SEEK_END = 2;

    /** A part of a region, and our address of it. */
    record Area(long offset, long size, long address) {
        boolean holds(int register) {
            return register >= offset && register + 4 <= offset + size;
        }
    }

    /** Asks for a region, and maps what is shared of it. */
    static Region ask(Connection connection, int index) {
        Reply reply = ask(connection, index, RegionInfo.BYTES);
        int wanted = Body.room(reply.body());
        if (wanted > RegionInfo.BYTES && wanted <= RegionInfo.BYTES + MOST_CAPABILITIES) {
            reply.closeFiles(); // the second answer has them, too
            reply = ask(connection, index, wanted);
        }
        try {
            return read(connection, index, reply);
        } finally {
            reply.closeFiles(); // what is mapped stays so
        }
    }

    private static Reply ask(Connection connection, int index, int room) {
        Reply reply = connection.ask(
                Command.DEVICE_GET_REGION_INFO, RegionInfo.question(index, room).toBuffer(), new int[0]);
        if (reply.body().capacity() < RegionInfo.BYTES) {
            reply.closeFiles();
            throw nonsense(connection, reply.body().capacity() + " bytes");
        }
        return reply;
    }

    private static Region read(Connection connection, int index, Reply reply) {
        RegionInfo answer = RegionInfo.read(reply.body());
        long size = answer.size();
        if (answer.index() != index) {
            throw nonsense(connection, "another region, " + Integer.toUnsignedString(answer.index()));
        }
        if (size < 0) {
            throw nonsense(connection, "a region of 0x" + Long.toHexString(size) + " bytes");
        }
        Region region = new Region(size, new ArrayList<>());
        if ((answer.flags() & Protocol.REGION_MAPPABLE) != 0
                && size > 0
                && !reply.files().isEmpty()) {
            try {
                for (Area area : areas(connection, answer, reply.body())) {
                    region.areas.add(map(connection, area, size, reply.files().getFirst(), answer.offset()));
                }
            } catch (RuntimeException | Error e) {
                Cleanup.after(e, region::unmap);
                throw e;
            }
        }
        return region;
    }

    /** The areas that a capability lists, all where there is none. */
    private static List<Area> areas(Connection connection, RegionInfo answer, ByteBuffer body) {
        int at = (answer.flags() & Protocol.REGION_CAPABILITIES) == 0 ? 0 : answer.capabilities();
        int rounds = body.capacity() / CAPABILITY_HEADER; // a list that has more goes round in circles
        while (at != 0) {
            if (at < RegionInfo.BYTES || at > body.capacity() - CAPABILITY_HEADER || rounds-- == 0) {
                throw nonsense(connection, "a capability at byte " + Integer.toUnsignedString(at));
            }
            if (Short.toUnsignedInt(body.getShort(at)) == SPARSE_MMAP) {
                return areas(connection, body.position(at + CAPABILITY_HEADER));
            }
            at = body.getInt(at + 4);
        }
        return List.of(new Area(0, answer.size(), 0));
    }

    private static List<Area> areas(Connection connection, ByteBuffer body) {
        int count = body.remaining() < 8 ? -1 : body.getInt();
        if (count < 0 || count > (body.remaining() - 4) / AREA) {
            throw nonsense(connection, Integer.toUnsignedString(count) + " areas that can be mapped");
        }
        body.getInt(); // reserved
        List<Area> areas = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            areas.add(new Area(body.getLong(), body.getLong(), 0));
        }
        return areas;
    }

    private static Area map(Connection connection, Area area, long size, int file, long base) {
        if (area.offset < 0 || area.size <= 0 || area.offset > size - area.size) {
            throw VfioUserTrouble.unmappable(connection.address(), area, "the BAR has 0x" + Long.toHexString(size));
        }
        long offset = base + area.offset;
        long end = Linux.attempt("lseek", file, 0, SEEK_END); // behind it, an access would end this process
        long address = offset < 0 || offset > end - area.size
                ? -Errno.EINVAL
                : Linux.attempt("mmap", 0, area.size, Abi.PROT_READ_WRITE, Abi.MAP_SHARED, file, offset);
        if (address < 0) {
            throw VfioUserTrouble.unmappable(connection.address(), area, Errno.text((int) -address));
        }
        return new Area(area.offset, area.size, address);
    }

    /** Our address of a register that is shared, -1 of any other. */
    long address(int register) {
        for (Area area : areas) {
            if (area.holds(register)) {
                return area.address + register - area.offset;
            }
        }
        return -1;
    }

    void unmap() {
        areas.forEach(area -> Retired.memory(this, area.address, area.size));
        areas.clear();
    }

    private static IxyException nonsense(Connection connection, String what) {
        return VfioUserTrouble.nonsense(connection.address(), Command.DEVICE_GET_REGION_INFO, what);
    }
}

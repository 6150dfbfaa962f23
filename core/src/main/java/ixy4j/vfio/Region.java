package ixy4j.vfio;

/**
 * A part of a card that is a part of its file.
 *
 * @param offset in the file
 * @param size in bytes; 0 if the card has none
 * @param isMappable whether all of it can be mapped
 */
record Region(long offset, long size, boolean isMappable) {
    /** Configuration space; BARs 0 to 5 have their own numbers. */
    static final int CONFIG = 7;

    // VFIO_DEVICE_GET_REGION_INFO
    private static final int INFO_BYTES = 32;
    private static final int CAN_MAP = 1 << 2;
    private static final int HAS_CAPABILITIES = 1 << 3;
    private static final int INDEX = 8;
    private static final int FIRST_CAPABILITY = 12;
    private static final int SIZE = 16;
    private static final int OFFSET = 24;
    private static final int SPARSE_MMAP = 1; // only some areas of it can be mapped
    private static final int MOST_BYTES = 1 << 12;

    /** Asks for one of a function. */
    static Region of(int device, int index) {
        int bytes;
        try (Request info = ask(device, index, INFO_BYTES)) {
            bytes = Math.clamp(info.size(), INFO_BYTES, MOST_BYTES);
        }
        try (Request info = ask(device, index, bytes)) {
            boolean mappable = (info.flags() & CAN_MAP) != 0 && !isSparse(info, bytes);
            return new Region(info.get64(OFFSET), info.get64(SIZE), mappable);
        }
    }

    private static Request ask(int device, int index, int bytes) {
        return new Request(bytes).set32(INDEX, index).call(device, Request.DEVICE_GET_REGION_INFO);
    }

    private static boolean isSparse(Request info, int bytes) {
        int first = (info.flags() & HAS_CAPABILITIES) != 0 ? info.get32(FIRST_CAPABILITY) : 0;
        return first >= INFO_BYTES && info.capability(first, SPARSE_MMAP, bytes, 8) >= 0;
    }
}

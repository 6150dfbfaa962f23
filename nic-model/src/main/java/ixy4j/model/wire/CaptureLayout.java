package ixy4j.model.wire;

/** How frames lie in a capture file that is written, little-endian. */
interface CaptureLayout {
    /** Writes what a file begins with; how many bytes that has. */
    int begin(long address);

    /** How many bytes a file begins with. */
    int header();

    /** Where in its record a frame begins. */
    int frame();

    /** Bytes of the record of a frame. */
    int size(int length);

    /** Bytes of a record that is there. */
    int sizeOf(long record);

    /**
     * Writes what is around a frame that is in its place.
     *
     * @param time nanoseconds since 1970
     */
    void write(long record, int length, long time);
}

package ixy4j.model.vfiouser;

/** Sees each access of a client to a register in BAR 0, on the thread of its session. */
public interface RegisterObserver {
    /** Sees nothing. */
    RegisterObserver NONE = new RegisterObserver() {
        @Override
        public void read(int offset, int value) {
            // nothing
        }

        @Override
        public void write(int offset, int value) {
            // nothing
        }
    };

    /** A register was read, and this is what the client is told. */
    void read(int offset, int value);

    /** A register is about to be written. */
    void write(int offset, int value);
}

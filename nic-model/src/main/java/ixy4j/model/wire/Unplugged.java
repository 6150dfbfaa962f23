package ixy4j.model.wire;

/** No wire at all: the link is down. */
final class Unplugged implements Wire {
    @Override
    public int receive(long address, int room) {
        return 0;
    }

    @Override
    public boolean transmit(long address, int length) {
        return false;
    }

    @Override
    public int linkSpeed() {
        return 0;
    }

    @Override
    public int descriptor() {
        return NEVER;
    }

    @Override
    public boolean exhausted() {
        return true;
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "no wire";
    }
}

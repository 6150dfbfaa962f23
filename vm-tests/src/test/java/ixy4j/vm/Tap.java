package ixy4j.vm;

/** A TAP of this machine, with an address, for the wire of a guest's card. The kernel's side of it is this machine. */
final class Tap implements AutoCloseable {
    final String name;
    final String address;

    private Tap(String name, String address) {
        this.name = name;
        this.address = address;
    }

    /** Makes one. {@code letter} tells it from others of this run; the address has a network of 28 bits around it. */
    static Tap make(char letter, String address, int mtu) {
        // no other run on this machine has this name
        Tap tap = new Tap("x" + Long.toString(ProcessHandle.current().pid(), 36) + letter, address);
        ip("tuntap add " + tap.name + " mode tap");
        ip("link set " + tap.name + " mtu " + mtu);
        ip("addr add " + address + "/28 dev " + tap.name);
        ip("link set " + tap.name + " up");
        return tap;
    }

    private static void ip(String arguments) {
        Program.run("ip " + arguments).succeeds();
    }

    @Override
    public void close() {
        Program.run("ip link del " + name);
    }
}

package ixy4j.xdp;

import ixy4j.MacAddress;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.telemetry.Log;

/** A program at an interface, with the map that says which queue's frames go to which socket; both are gone when it is closed. */
final class Attachment implements AutoCloseable {
    private static final int GENERIC = 1 << 1; // XDP_FLAGS_SKB_MODE
    private static final int NATIVE = 1 << 2; // XDP_FLAGS_DRV_MODE

    private final XdpAddress address;
    private final int map;
    private final int link;
    private int program;
    private final int interfaceIndex;
    private final String name;
    private boolean closed;

    /**
     * Attaches one.
     *
     * @param queues so many, from number 0 on, can have a socket
     * @param only whose frames it looks at; null for everybody's
     */
    Attachment(XdpAddress address, Interface at, int queues, MacAddress only) {
        this.address = address;
        interfaceIndex = at.index();
        name = at.ownName();
        map = Bpf.map(queues);
        if (map < 0) {
            throw XdpTrouble.noBpf("map", -map);
        }
        int loaded = -1;
        try {
            loaded = load(only);
            link = attach(loaded);
        } catch (RuntimeException | Error e) {
            Linux.attempt("close", map);
            if (loaded >= 0) {
                Linux.attempt("close", loaded);
            }
            throw e;
        }
        program = loaded;
    }

    private int load(MacAddress only) {
        Bpf.Loaded loaded = Bpf.load(Program.of(map, only, address.match()));
        if (loaded.result() < 0) {
            throw loaded.log().isEmpty()
                    ? XdpTrouble.noBpf("program", -loaded.result())
                    : XdpTrouble.rejected(-loaded.result(), loaded.log());
        }
        return loaded.result();
    }

    private int attach(int program) {
        int mode = address.mode().equals("generic") ? GENERIC : NATIVE;
        int result = Bpf.attach(program, interfaceIndex, mode);
        boolean mayFallBack = result < 0 && result != -Errno.EBUSY && result != -Errno.EEXIST && result != -Errno.EPERM;
        if (mayFallBack && address.mode().equals("auto") && !address.copy().equals("zero")) {
            Log.debug(name, ": no program in native mode: ", Errno.text(-result));
            mode = GENERIC;
            result = Bpf.attach(program, interfaceIndex, mode);
        }
        if (result < 0) {
            throw XdpTrouble.notAttached(name, interfaceIndex, address.mode(), -result);
        }
        Log.debug(name, ": program attached, mode=", mode == GENERIC ? "generic" : "native");
        return result;
    }

    /** Hands the frames of a queue to a socket. */
    void put(int queue, int socket) {
        int result = Bpf.put(map, queue, socket);
        if (result < 0) {
            throw XdpTrouble.noBpf("entry of a map", -result);
        }
    }

    /** Looks at the frames of somebody else from now on; none is missed between. */
    void replace(MacAddress only) {
        int next = load(only);
        int result = Bpf.replace(link, next);
        Linux.attempt("close", result < 0 ? next : program);
        if (result < 0) {
            throw XdpTrouble.notAttached(name, interfaceIndex, address.mode(), -result);
        }
        program = next;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Linux.attempt("close", link);
            Linux.attempt("close", program);
            Linux.attempt("close", map);
        }
    }
}

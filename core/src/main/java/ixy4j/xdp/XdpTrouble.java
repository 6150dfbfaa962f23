package ixy4j.xdp;

import ixy4j.IxyException;
import ixy4j.linux.Errno;
import ixy4j.spi.Address;

/** What can be wrong with an interface, and what to do. */
final class XdpTrouble {
    private static final String RIGHTS = ": it takes root, or CAP_NET_RAW, CAP_NET_ADMIN and CAP_BPF, as sudo setpriv"
            + " --reuid=$USER --init-groups --inh-caps=+net_raw,+net_admin,+bpf --ambient-caps=+net_raw,+net_admin,+bpf"
            + " COMMAND gives them";

    private XdpTrouble() {}

    static IxyException noInterface(String name) {
        String typed = Address.of(XdpAddress.SCHEME, name).toString().substring(XdpAddress.SCHEME.length() + 1);
        return new IxyException(
                "there is no interface " + typed + " in this network namespace: ip link lists those that there are");
    }

    static IxyException noEthernet(String name) {
        return new IxyException(
                name + " has no Ethernet frames, as a loopback or a tunnel has none: take another" + " interface");
    }

    static IxyException isDown(String name) {
        return new IxyException(name + " is down: ip link set " + name + " up");
    }

    static IxyException gone(String name) {
        return new IxyException("the interface " + name + " is gone");
    }

    static IxyException lost(String address) {
        return new IxyException("the interface of " + address + " is gone: if it is there again, start this again");
    }

    static IxyException mtu(String name, int mtu, int most) {
        return new IxyException(name + " has an MTU of " + mtu + " bytes, and buffers have room for " + most
                + ": ip link set " + name + " mtu " + Math.min(most, 1500));
    }

    static IxyException used(String address, String name, String use) {
        return new IxyException(address + " would take all frames of " + name + ", which " + use
                + ": say which to take, as match=udp:9000 does, or --force");
    }

    static IllegalArgumentException noQueue(String name, String kind, int queue, int queues) {
        return new IllegalArgumentException(name + " has no " + kind + " queue " + queue + ", but " + queues
                + ", counted from 0: name others, as queues=0 does, or have more of them with ethtool -L " + name);
    }

    static IllegalArgumentException otherMemory(String address, int queue) {
        return new IllegalArgumentException("receive and transmit queues of " + address
                + " that use the same queue of the interface, here " + queue
                + ", share a socket, which has one memory: open them with one pool, or with parts split from it");
    }

    static IxyException wrongMemory(String address, long count) {
        return new IxyException(address + ": the kernel did not use " + count
                + " buffers, since the card cannot reach them in one piece: leave copy=zero out");
    }

    static IllegalArgumentException tooFewQueues(String name, int there, int wanted) {
        return new IllegalArgumentException(name + " has " + there + " queues to choose from, but " + wanted
                + " were asked for: ethtool -L " + name + " may give it more");
    }

    static IxyException noSocket(int errno) {
        return new IxyException(
                switch (errno) {
                    case Errno.EPERM, Errno.EACCES -> "no AF_XDP socket without CAP_NET_RAW" + RIGHTS;
                    case Errno.EAFNOSUPPORT ->
                        "this kernel has no AF_XDP: Linux 5.9 or newer has it, if built with CONFIG_XDP_SOCKETS";
                    default -> "no AF_XDP socket can be opened: " + Errno.text(errno);
                });
    }

    static IxyException noMemory(long bytes, int errno) {
        long kib = bytes >> 10;
        return new IxyException(
                switch (errno) {
                    case Errno.ENOBUFS, Errno.ENOMEM, Errno.EPERM ->
                        "the kernel may not lock the " + kib + " KiB of this pool for AF_XDP, once for each queue of an"
                                + " interface: ulimit -l must be that and more, or CAP_IPC_LOCK be there; or use a smaller"
                                + " ring";
                    case Errno.EINVAL ->
                        "this kernel's AF_XDP takes no buffers that lie as those of a pool do: that came with Linux 5.4";
                    default -> "the kernel does not take the memory of a pool for AF_XDP: " + Errno.text(errno);
                });
    }

    static IxyException noRings(int errno) {
        return new IxyException("the kernel makes no rings for an AF_XDP socket: " + Errno.text(errno));
    }

    static IxyException notBound(String name, int interfaceIndex, int queue, boolean zeroCopy, int errno) {
        String what = "queue " + queue + " of " + name;
        return new IxyException(
                switch (errno) {
                    case Errno.EBUSY ->
                        what + " has an AF_XDP socket already, of " + Holder.ofQueue(interfaceIndex, queue)
                                + ": end that first, or take other queues, as queues=1-3 does";
                    case Errno.EOPNOTSUPP, Errno.ENOTSUPP, Errno.EINVAL ->
                        zeroCopy
                                ? what + " cannot read and write the pool itself, or not with this pool's memory: leave"
                                        + " copy=zero out"
                                : "AF_XDP cannot be bound to " + what + ": " + Errno.text(errno);
                    case Errno.ENETDOWN -> isDown(name).getMessage();
                    case Errno.ENODEV -> gone(name).getMessage();
                    case Errno.EPERM -> "AF_XDP cannot be bound to " + what + RIGHTS;
                    default -> "AF_XDP cannot be bound to " + what + ": " + Errno.text(errno);
                });
    }

    static IxyException noBpf(String what, int errno) {
        return new IxyException(
                switch (errno) {
                    case Errno.EPERM ->
                        "the kernel makes no BPF " + what + " without CAP_BPF and CAP_NET_ADMIN" + RIGHTS;
                    case Errno.ENOSYS -> "this kernel has no bpf(2): it must be built with CONFIG_BPF_SYSCALL";
                    case Errno.ENOMEM ->
                        "the kernel makes no BPF " + what + ": ENOMEM, before Linux 5.11 also if" + " ulimit -l is low";
                    default -> "the kernel makes no BPF " + what + ": " + Errno.text(errno);
                });
    }

    /** The last lines of the log say why. */
    static IxyException rejected(int errno, String log) {
        String[] lines = log.lines().toArray(String[]::new);
        StringBuilder last = new StringBuilder();
        for (int i = Math.max(0, lines.length - 4); i < lines.length; i++) {
            last.append(last.isEmpty() ? "" : " | ").append(lines[i].strip());
        }
        return new IxyException("the kernel's verifier refuses the program that takes frames: " + Errno.text(errno)
                + "; it says: " + last);
    }

    static IxyException notAttached(String name, int interfaceIndex, String mode, int errno) {
        return new IxyException(
                switch (errno) {
                    case Errno.EBUSY, Errno.EEXIST ->
                        name + " has an XDP program already, " + Holder.ofProgram(interfaceIndex)
                                + ": end that program; one that ip put there, ip link set " + name
                                + " xdp off (or xdpgeneric off) removes";
                    case Errno.EPERM -> "no program can be attached to " + name + " without CAP_NET_ADMIN" + RIGHTS;
                    case Errno.EOPNOTSUPP, Errno.ENOTSUPP ->
                        "the driver of " + name + " runs no XDP programs: use mode=generic";
                    case Errno.EINVAL ->
                        mode.equals("native")
                                ? "the driver of " + name + " refuses an XDP program as it is set up now (MTU, queues,"
                                        + " offloads: dmesg may say which): use mode=generic"
                                : "this kernel attaches no XDP program to " + name + ": that came with Linux 5.9";
                    default -> "no XDP program can be attached to " + name + ": " + Errno.text(errno);
                });
    }

    static IxyException noAddress(String name, boolean promiscuous, int errno) {
        return new IxyException(name + " cannot "
                + (promiscuous ? "become promiscuous" : "receive frames for another address")
                + (errno == Errno.EPERM ? " without CAP_NET_RAW" + RIGHTS : ": " + Errno.text(errno)));
    }

    static IxyException noModeration(String address) {
        return new IxyException(
                address + " has no moderation of interrupts of its own: leave it out, or use ethtool -C");
    }
}

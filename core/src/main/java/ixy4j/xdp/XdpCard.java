package ixy4j.xdp;

import ixy4j.IxyException;
import ixy4j.linux.Netlink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An interface of this network namespace that AF_XDP can take, found without changing anything and without root.
 *
 * @param address what to call it: {@code xdp:eth0}
 * @param driver the kernel's driver, "unknown" if it does not say
 * @param queues how many it receives with
 * @param link up or down
 * @param mode what its driver can do, as the kernel reports
 * @param advice whether ixy4j can take it, and how
 */
public record XdpCard(String address, String driver, int queues, String link, String mode, String advice) {
    // generic netlink's family netdev (Documentation/netlink/specs/netdev.yaml), from Linux 6.3 on
    private static final int DEVICE_GET = 1;
    private static final int INTERFACE_INDEX = 1;
    private static final int FEATURES = 3;
    private static final int NATIVE = 1 | 2; // NETDEV_XDP_ACT_BASIC, NETDEV_XDP_ACT_REDIRECT
    private static final int ZERO_COPY = 8; // NETDEV_XDP_ACT_XSK_ZEROCOPY

    /** All that have Ethernet frames, by name. */
    public static List<XdpCard> list() {
        Map<Integer, Long> features = features();
        List<XdpCard> cards = new ArrayList<>();
        for (String name : Holder.interfaces()) {
            try (Interface one = new Interface(name)) {
                cards.add(of(name, one, features));
            } catch (IxyException e) {
                // no Ethernet, or gone meanwhile
            }
        }
        return cards;
    }

    private static XdpCard of(String name, Interface one, Map<Integer, Long> features) {
        String address = XdpAddress.SCHEME + ":" + name;
        String use = InterfaceUse.of(one);
        String advice;
        if (!one.isUp()) {
            advice = "ixy4j can take it after ip link set " + name + " up";
        } else if (use != null) {
            advice = "ixy4j can take some of its frames: ./ixy sink " + address
                    + "?match=udp:9000; all only with --force," + " for it " + use;
        } else {
            advice = "ixy4j can take it: ./ixy sink " + address;
        }
        return new XdpCard(
                address,
                one.driver(),
                one.rxQueues(),
                one.linkSpeed() > 0 ? "up" : "down",
                features.containsKey(one.index()) ? mode(features.get(one.index())) : "unknown to this kernel",
                advice);
    }

    private static String mode(long features) {
        if ((features & NATIVE) != NATIVE) {
            return "generic";
        }
        return (features & ZERO_COPY) != 0 ? "native, zero copy" : "native";
    }

    /** By the index of each interface; empty if this kernel does not tell. */
    private static Map<Integer, Long> features() {
        Map<Integer, Long> features = new HashMap<>();
        try (Netlink generic = new Netlink(Netlink.GENERIC)) {
            int family = generic.family("netdev");
            if (family < 0) {
                return features;
            }
            ByteBuffer body = Netlink.body(4).putInt(DEVICE_GET);
            for (ByteBuffer answer : generic.ask(family, true, body)) {
                Map<Integer, ByteBuffer> attributes = Netlink.attributes(answer, 4);
                ByteBuffer index = attributes.get(INTERFACE_INDEX);
                ByteBuffer bits = attributes.get(FEATURES);
                if (index != null && bits != null) {
                    features.put(index.getInt(0), bits.getLong(0));
                }
            }
        }
        return features;
    }
}

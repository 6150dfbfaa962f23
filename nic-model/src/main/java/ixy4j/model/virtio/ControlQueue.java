package ixy4j.model.virtio;

import ixy4j.MacAddress;
import ixy4j.virtio.Features;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The control virtqueue (5.1.6.5): commands, each answered as soon as the device is notified of it. */
final class ControlQueue {
    private static final byte OK = 0;
    private static final byte ERR = 1;

    private final VirtioCard card;

    ControlQueue(VirtioCard card) {
        this.card = card;
    }

    /** Does what commands there are. */
    void serve(Ring ring) {
        ring.look();
        for (Chain chain = ring.take(); chain != null; chain = ring.take()) {
            Mischief mischief = card.mischief();
            if (mischief.strikes(Misbehaviour.CONTROL_SILENT)) {
                continue;
            }
            byte answer = mischief.strikes(Misbehaviour.CONTROL_ERROR) ? ERR : execute(ring, ring.read(chain));
            ring.write(chain, new byte[] {answer}, 0);
            ring.complete(List.of(chain));
        }
        ring.flush();
    }

    private byte execute(Ring ring, byte[] command) {
        return switch (command[0] << 8 | (command[1] & 0xff)) {
            case 0x000 -> {
                card.filter().setPromiscuous(flag(ring, command, "CTRL_RX_PROMISC"));
                yield OK;
            }
            case 0x001 -> {
                card.filter().setAllMulticast(flag(ring, command, "CTRL_RX_ALLMULTI"));
                yield OK;
            }
            case 0x100 -> setTable(ring, command);
            case 0x101 -> setMac(ring, command);
            case 0x400 -> setPairs(ring, command);
            default -> unknown(ring, command);
        };
    }

    private static byte unknown(Ring ring, byte[] command) {
        if (command[0] == 0 && (command[1] & 0xff) <= 5) {
            throw ring.mistake("command " + command[1] + " of class 0 needs CTRL_RX_EXTRA, which was not negotiated"
                    + " (5.1.6.5.1.2)");
        }
        return ERR;
    }

    private boolean flag(Ring ring, byte[] command, String name) {
        need(ring, Features.CTRL_RX, name + " needs CTRL_RX, which was not negotiated (5.1.6.5.1.2)");
        length(ring, command, 1, name);
        if (command[2] < 0 || command[2] > 1) {
            throw ring.mistake(name + " has data " + command[2] + ": 0 is off and 1 is on (5.1.6.5.1.1)");
        }
        return command[2] == 1;
    }

    private byte setMac(Ring ring, byte[] command) {
        String name = "CTRL_MAC_ADDR_SET";
        need(ring, Features.CTRL_RX, name + " needs CTRL_RX, which was not negotiated (5.1.6.5.2.2)");
        need(ring, Features.CTRL_MAC_ADDR, name + " needs CTRL_MAC_ADDR, which was not negotiated (5.1.3)");
        length(ring, command, 6, name);
        MacAddress address = new MacAddress(Filter.address(command, 2));
        if (address.isMulticast() || address.bits() == 0) {
            return ERR;
        }
        card.setMac(address);
        return OK;
    }

    /** Two tables, each a number of 4 bytes, then so many addresses: individual ones, then groups (5.1.6.5.2). */
    private byte setTable(Ring ring, byte[] command) {
        String name = "CTRL_MAC_TABLE_SET";
        need(ring, Features.CTRL_RX, name + " needs CTRL_RX, which was not negotiated (5.1.6.5.2.2)");
        Set<Long> addresses = new HashSet<>();
        int at = 2;
        for (int table = 0; table < 2; table++) {
            long entries = at + 4 > command.length ? Long.MAX_VALUE : number(command, at, 4);
            if (entries > (command.length - at - 4) / 6) {
                throw ring.mistake(name + " has " + (command.length - 2)
                        + " bytes of data, but two tables are needed, each a number of 4 bytes and as many addresses of 6"
                        + " (5.1.6.5.2)");
            }
            at += 4;
            for (long i = 0; i < entries; i++, at += 6) {
                addresses.add(Filter.address(command, at));
            }
        }
        card.filter().setTable(addresses);
        return OK;
    }

    private byte setPairs(Ring ring, byte[] command) {
        String name = "CTRL_MQ_VQ_PAIRS_SET";
        need(ring, Features.MQ, name + " needs MQ, which was not negotiated (5.1.6.5.5)");
        length(ring, command, 2, name);
        int pairs = (int) number(command, 2, 2);
        if (pairs < 1 || pairs > card.maxPairs()) {
            throw ring.mistake(name + " asks for " + pairs + " pairs, but the device has 1 to " + card.maxPairs()
                    + " (5.1.6.5.6.1)");
        }
        for (int queue = 0; queue < 2 * pairs; queue++) {
            if (!card.isEnabled(queue)) {
                throw ring.mistake(name + " asks for " + pairs + " pairs, but virtqueue " + queue
                        + " was not enabled: that comes before (5.1.6.5.6.1)");
            }
        }
        card.setPairs(pairs);
        return OK;
    }

    private void need(Ring ring, long feature, String message) {
        if (!card.has(feature)) {
            throw ring.mistake(message);
        }
    }

    private static void length(Ring ring, byte[] command, int wanted, String name) {
        if (command.length != 2 + wanted) {
            throw ring.mistake(
                    name + " has " + (command.length - 2) + " bytes of data instead of " + wanted + " (5.1.6.5)");
        }
    }

    private static long number(byte[] bytes, int from, int count) {
        long number = 0;
        for (int i = count - 1; i >= 0; i--) {
            number = number << 8 | (bytes[from + i] & 0xff);
        }
        return number;
    }
}

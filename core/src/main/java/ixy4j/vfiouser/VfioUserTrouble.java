package ixy4j.vfiouser;

import ixy4j.IxyException;
import ixy4j.linux.Errno;
import java.util.Locale;

/** What can be wrong with a server, and what to do. */
final class VfioUserTrouble {
    private VfioUserTrouble() {}

    static IxyException noConnection(String address, int errno) {
        return new IxyException(address + ": "
                + switch (errno) {
                    case Errno.ENOENT -> "there is no such socket: start the server that plays the card first";
                    case Errno.ECONNREFUSED ->
                        "nobody listens there: start the server that plays the card, again if it ended";
                    case Errno.EAGAIN -> "others wait there already: end them, or restart the server";
                    case Errno.EACCES, Errno.EPERM ->
                        "may not be connected to: run as root, or as the user of the server";
                    default -> "cannot be connected to: " + Errno.text(errno);
                });
    }

    /** Null if nothing was asked. */
    static IxyException closed(String address, Command command) {
        return new IxyException(
                address + ": the server closed the connection" + (command == null ? "" : " at " + command)
                        + (command == Command.VERSION
                                ? ": it speaks no vfio-user, or only another version, or has a client already"
                                : ": its log may say why; start it again, and this too"));
    }

    static IxyException isClosed(String address) {
        return new IxyException(address + " is closed");
    }

    static IxyException interrupted(String address, Command command) {
        return new IxyException(address + ": interrupted while waiting for the server's answer to " + command);
    }

    static IxyException silent(String address, Command command, int millis) {
        return new IxyException(address + ": the server does not answer " + command + " within " + millis
                + " ms: it hangs, or has another client, or speaks no vfio-user; restart it");
    }

    static IxyException cutOff(String address, int millis) {
        return new IxyException(address + ": the server began a message and did not end it within " + millis
                + " ms: it hangs, or speaks no vfio-user; restart it");
    }

    static IxyException broken(String address, Command command, int errno) {
        return new IxyException(address + ": the connection broke" + (command == null ? "" : " at " + command) + ": "
                + Errno.text(errno) + "; restart the server");
    }

    static IxyException broken(String address, Throwable bug) {
        return new IxyException(address + ": the connection broke: " + bug, bug);
    }

    /** Null if nothing was asked. */
    static IxyException nonsense(String address, Command command, Header header) {
        return nonsense(
                address,
                command,
                String.format(
                        Locale.ROOT,
                        "command %d, id %d, flags 0x%x, %d bytes",
                        header.command(),
                        header.id(),
                        header.flags(),
                        header.size()));
    }

    /** Null if nothing was asked. */
    static IxyException nonsense(String address, Command command, String answer) {
        return new IxyException(address + ": the server "
                + (command == null ? "says" : "answers " + command + " (" + command.number + ") with") + " " + answer
                + ": it speaks no vfio-user, or is broken; try another version of it");
    }

    static IxyException refused(String address, Command command, int errno) {
        return new IxyException(address + ": the server refuses " + command
                + (errno == 0 ? "" : " with " + Errno.text(errno)) + "; its log may say why");
    }

    static IxyException otherVersion(String address, int major, int minor) {
        return new IxyException(address + ": the server speaks version " + major + "." + minor
                + " of vfio-user, not 0.0: try another version of it");
    }

    static IxyException noPci(String address, int flags, int regions) {
        return new IxyException(String.format(
                Locale.ROOT,
                "%s: the server plays no PCI function: device flags 0x%x, %s regions; take one that does",
                address,
                flags,
                Integer.toUnsignedString(regions)));
    }

    static IxyException noRegion(String address, String name, long size) {
        return new IxyException(address + ": the card has no " + name + " that is large enough, but one of "
                + Long.toUnsignedString(size)
                + " bytes: this is another card than its id says, or the server is broken");
    }

    static IxyException noInterrupts(String address) {
        return new IxyException(address + ": the card has no interrupts by messages (MSI-X): poll");
    }

    static IxyException behindRegion(String address, int offset, long size) {
        return new IxyException(String.format(
                Locale.ROOT,
                "%s: register 0x%05x lies behind the end of the BAR, 0x%x: this is another card than its id says",
                address,
                offset,
                size));
    }

    static IxyException unmappable(String address, Region.Area area, String why) {
        return new IxyException(String.format(
                Locale.ROOT,
                "%s: the server shares 0x%x bytes at 0x%x of a BAR, which cannot be mapped: %s; try another version of it",
                address,
                area.size(),
                area.offset(),
                why));
    }

    static IxyException tooManyTails(String address, int most) {
        return new IxyException(
                address + ": more than " + most + " tails are in use, and the server shares no memory for them");
    }
}

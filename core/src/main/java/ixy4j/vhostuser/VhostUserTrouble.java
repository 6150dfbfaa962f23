package ixy4j.vhostuser;

import ixy4j.IxyException;
import ixy4j.linux.Errno;
import ixy4j.spi.Address;

/** What can be wrong with a back end, and what to do. */
final class VhostUserTrouble {
    private VhostUserTrouble() {}

    static IxyException noConnection(String path, int errno) {
        return new IxyException(
                switch (errno) {
                    case Errno.ENOENT ->
                        "there is no socket " + path + ": start the back end first, or let it connect to "
                                + Address.of(VhostUserAddress.SCHEME, path).with("server");
                    case Errno.ECONNREFUSED -> "nobody listens at " + path + ": start the back end, again if it ended";
                    case Errno.EAGAIN ->
                        path + " has others waiting for its back end: end them, or restart the back end";
                    case Errno.EACCES, Errno.EPERM ->
                        path + " may not be connected to: run as root, or as the user of the back end";
                    default -> path + " cannot be connected to: " + Errno.text(errno);
                });
    }

    static IxyException nobodyCame(String path, int millis, long strangers, String lastTrouble) {
        return new IxyException("no back end connected to " + path + " within " + millis
                + " ms: start one that connects there (DPDK's net_vhost does with client=1)"
                + (strangers == 0 ? "" : "; " + strangers + " came and went, of the last: " + lastTrouble));
    }

    static IxyException interrupted(String path) {
        return new IxyException("interrupted while waiting for the back end at " + path);
    }

    static IxyException closed(String path) {
        return new IxyException(
                "the back end at " + path + " closed the connection: start it again, and this too; or use --reconnect");
    }

    static IxyException closedAt(String path, Request request) {
        return new IxyException("the back end at " + path + " closed the connection at " + request
                + ": its log may say why; start it again, and this too");
    }

    static IxyException silent(String path, Request request, int millis) {
        return new IxyException("the back end at " + path + " does not answer " + request + " within " + millis
                + " ms: it hangs, or talks to another front end, or is none of vhost-user; restart it");
    }

    static IxyException broken(String path, Request request, int errno) {
        return new IxyException(
                request + " cannot be sent to the back end at " + path + ": " + Errno.text(errno) + "; restart it");
    }

    static IxyException nonsense(String path, Request request, String answer) {
        return new IxyException("the back end at " + path + " answers " + request + " (" + request.number + ") with "
                + answer + ": it is none of vhost-user, or broken; try another version of it");
    }

    static IxyException refused(String path, Request request, long answer) {
        return new IxyException("the back end at " + path + " refuses " + request + " with "
                + Long.toUnsignedString(answer) + ": its log may say why");
    }

    static IxyException fewerFeatures(String path, long missing) {
        return new IxyException("the back end at " + path + " came back without the features 0x"
                + Long.toHexString(missing) + " that are in use: start it as it was before, or start this again");
    }

    static IxyException fewerQueues(String path, int queue, int queues) {
        return new IxyException("the back end at " + path + " came back with " + queues + " virtqueues, but number "
                + queue + " is in use: start it as it was before, or start this again");
    }

    static IxyException tooManyRegions(String path, int regions, int most) {
        return new IxyException(
                "the back end at " + path + " takes " + most + " ranges of memory, but there are " + regions
                        + ": use fewer or smaller pools; if a card that needs physical addresses shares them, reserve huge"
                        + " pages right after boot, so that they are neighbours");
    }
}

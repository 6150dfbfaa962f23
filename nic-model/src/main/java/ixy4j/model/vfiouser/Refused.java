package ixy4j.model.vfiouser;

import ixy4j.linux.Errno;

/** A command of a client that is answered with an error. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the answer has. */
    final int errno;

    Refused(int errno, String why) {
        super(why, null, false, false); // what a client can cause at will has no need of a stack trace
        this.errno = errno;
    }

    /** A value that is against the protocol. */
    static Refused invalid(String why) {
        return new Refused(Errno.EINVAL, why);
    }

    /** A structure shorter than it has to be. */
    static Refused tooShort(int bytes, int due) {
        return invalid("its body has " + bytes + " bytes, " + due + " or more are due");
    }
}

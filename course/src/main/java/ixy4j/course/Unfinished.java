package ixy4j.course;

/** Thrown by a method of the driver that is still to be written. */
public final class Unfinished extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says that somebody still has to write this method. */
    public Unfinished() {
        super("this method is still to be written");
    }
}

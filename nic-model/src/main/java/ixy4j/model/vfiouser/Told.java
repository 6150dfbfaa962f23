package ixy4j.model.vfiouser;

/** What a trace tells in one line. */
interface Told {
    /** Whether it does the same to the same register, or to others of the same arrays, whatever the values are. */
    boolean isLike(Told other);

    /** As a line of a trace. */
    String line();
}

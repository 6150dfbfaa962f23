package ixy4j.linux;

/**
 * An error of the machine rather than of the caller: a system call that failed, a card that does not answer. Its message
 * is one line that says what was wrong, with the value, and what to do. Errors of use are
 * {@link IllegalArgumentException} and {@link IllegalStateException} instead.
 */
public class IxyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    /** An error that no system call reported. */
    public IxyException(String message) {
        this(message, 0);
    }

    /** An error that a system call reported as {@code errno}. */
    public IxyException(String message, int errno) {
        super(message);
        this.errno = errno;
    }

    /** The system call's error number, or 0 where there was none. */
    public int errno() {
        return errno;
    }
}

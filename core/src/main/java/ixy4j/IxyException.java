package ixy4j;

/**
 * An error of the machine rather than of the caller: a system call that failed, a card that does not answer. Its message
 * is one line that says what was wrong, with the value, and what to do. Errors of use are
 * {@link IllegalArgumentException} and {@link IllegalStateException} instead.
 */
public class IxyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with its message: what was wrong, and what to do. */
    public IxyException(String message) {
        super(message);
    }

    /** The same, with what it comes from: an error of Java's own, or one in another thread, whose trace is of use beside ours. */
    public IxyException(String message, Throwable cause) {
        super(message, cause);
    }

    /** One to throw for an error that is kept, perhaps again and again: with a trace of its own, and the kept one behind it. */
    public static IxyException again(IxyException kept) {
        return new IxyException(kept.getMessage(), kept);
    }
}

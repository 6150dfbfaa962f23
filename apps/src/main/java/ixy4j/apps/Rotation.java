package ixy4j.apps;

/**
 * When another file is begun.
 *
 * @param bytes that it would have more than
 * @param nanos so long after its first frame
 */
record Rotation(long bytes, long nanos) {
    static final Rotation NONE = new Rotation(Long.MAX_VALUE, Long.MAX_VALUE);

    /** Reads {@code 100M} or {@code 60s}. */
    static Rotation parse(String text) {
        if (text.matches("[1-9]\\d{0,8}[kKMGsmh]")) {
            long number = Long.parseLong(text.substring(0, text.length() - 1));
            return switch (text.charAt(text.length() - 1)) {
                case 'k', 'K' -> bytes(number << 10);
                case 'M' -> bytes(number << 20);
                case 'G' -> bytes(number << 30);
                case 's' -> seconds(number);
                case 'm' -> seconds(60 * number);
                default -> seconds(3600 * number);
            };
        }
        throw new IllegalArgumentException(
                "--rotate takes a number with K, M or G behind it for bytes, or s, m or h for time, such as 100M or 60s, not "
                        + text);
    }

    private static Rotation bytes(long number) {
        return new Rotation(number, Long.MAX_VALUE);
    }

    private static Rotation seconds(long number) {
        return new Rotation(Long.MAX_VALUE, Math.min(number, 1_000_000_000) * 1_000_000_000);
    }
}

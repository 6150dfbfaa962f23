package ixy4j.learn;

/** What a check finds wrong with a driver. The message is a sentence to its author, with the section of the datasheet. */
final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wrong(String sentence) {
        super(sentence);
    }
}

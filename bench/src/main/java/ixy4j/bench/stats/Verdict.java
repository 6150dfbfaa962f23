package ixy4j.bench.stats;

/** What can be said of two things that were measured in turn. */
public enum Verdict {
    BETTER("better"),
    WORSE("worse"),
    /** The interval lies within 1.1 and its inverse, and it is not known on which side of 1 the ratio is. */
    SAME("same within a tenth"),
    /** The interval reaches farther, and has 1 in it; or there are few rounds and their runs overlap. */
    TOO_NOISY("too noisy to conclude"),
    /** Two rounds or less: no interval. */
    TOO_FEW("too few rounds to conclude"),
    /** It is the one that the others are compared with. */
    BASELINE("baseline");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** As it stands in reports. */
    public String text() {
        return text;
    }
}

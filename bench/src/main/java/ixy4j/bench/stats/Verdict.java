package ixy4j.bench.stats;

/** What can be said of two things that were measured in turn. */
public enum Verdict {
    BETTER("better"),
    WORSE("worse"),
    /** The interval of the ratio has 1 in it, and nothing that is more than a tenth away from that. */
    SAME("same within a tenth"),
    /** The interval of the ratio has 1 in it, and much else; or there are few rounds and their runs overlap. */
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

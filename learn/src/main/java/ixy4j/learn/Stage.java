package ixy4j.learn;

import java.util.List;

/**
 * A stage of the course.
 *
 * @param number from 1 on
 * @param name as in the name of its text
 * @param title in a line
 * @param sections of the datasheet that one reads for it
 * @param check throws what is wrong with a driver
 */
record Stage(int number, String name, String title, String sections, Check check) {
    /** What a driver has to do in a stage. */
    @FunctionalInterface
    interface Check {
        /** Returns if all is right, and otherwise throws a {@link Wrong}, or lets pass what the driver or its card threw. */
        void run(Trial trial);
    }

    /** All of them, in order. */
    static final List<Stage> ALL = List.of(
            new Stage(1, "find", "find the card", "9.3, 8.2.3.1.2", StartChecks::find),
            new Stage(2, "reset", "reset it and wait", "4.6.3, 8.2.3.1.1, 8.2.3.5.4", StartChecks::reset),
            new Stage(3, "link", "the link", "4.6.4, 8.2.3.22.19, 8.2.3.22.20", StartChecks::link),
            new Stage(4, "receive", "one receive descriptor", "4.6.7, 7.1.6, 8.2.3.8", RxChecks::first),
            new Stage(5, "ring", "the receive ring and its wrap", "7.1.9, 8.2.3.8.5", RxChecks::ring),
            new Stage(6, "transmit", "the transmit ring", "4.6.8, 7.2.3.2.4, 8.2.3.9", TxChecks::send),
            new Stage(7, "clean", "cleaning", "7.2.3.3, 7.2.3.5", TxChecks::clean),
            new Stage(8, "batch", "batches", "7.2.3.5.1, 8.2.3.8.5", BatchChecks::batch),
            new Stage(9, "counters", "counters", "8.2.3.23", WholeChecks::counters),
            new Stage(10, "forward", "forwarding", "7.1, 7.2", WholeChecks::forward),
            new Stage(11, "ping", "answering a ping", "8.2.3.7.1, 8.2.3.7.8, 8.2.3.7.9", WholeChecks::ping),
            new Stage(12, "queues", "bonus: two queues", "7.1.2.8, 8.2.3.7.12 to 8.2.3.7.15", BonusChecks::queues),
            new Stage(13, "interrupt", "bonus: an interrupt", "7.3, 8.2.3.5", BonusChecks::interrupt));

    /** A stage by its number. */
    static Stage of(int number) {
        if (number < 1 || number > ALL.size()) {
            throw new IllegalArgumentException("stages have numbers from 1 to " + ALL.size() + ", not " + number);
        }
        return ALL.get(number - 1);
    }

    @Override
    public String toString() {
        return "Stage " + number + ": " + title;
    }
}

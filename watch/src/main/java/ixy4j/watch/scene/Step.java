package ixy4j.watch.scene;

import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Who;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Something that the driver, or the application, is about to do, does, or has done. */
class Step {
    final Who who;
    final int card;
    final String source; // null where no line of ours did it
    final List<Change> changes = new ArrayList<>();
    private final Supplier<String> what;

    /** One that is told by a sentence, once it is done. */
    Step(Who who, int card, String source, Supplier<String> what) {
        this.who = who;
        this.card = card;
        this.source = source;
        this.what = what;
    }

    /** Whether another is a part of this, so that the two are shown as one. */
    boolean goesOnWith(Step next) {
        return false;
    }

    /** What was done, in a sentence. */
    String sentence() {
        return what.get();
    }
}

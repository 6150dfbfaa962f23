package ixy4j.model;

import ixy4j.linux.Doorbell;
import java.util.Arrays;

/** Interrupts of a card that a driver of this process waits for: messages only. */
final class EventFdLines implements InterruptLines {
    private final Doorbell[] doorbells; // one thread at a time rings: under the card's lock

    EventFdLines(int... eventFds) {
        doorbells = Arrays.stream(eventFds)
                .mapToObj(file -> new Doorbell(file, -1, Long.BYTES))
                .toArray(Doorbell[]::new);
    }

    @Override
    public void message(int vector) {
        if (vector < doorbells.length) {
            doorbells[vector].ring(1);
        }
    }

    @Override
    public void pin(boolean asserted) {
        // it has messages
    }

    @Override
    public Mode mode() {
        return Mode.MSIX;
    }
}

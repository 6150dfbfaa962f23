package ixy4j.model;

import ixy4j.linux.Doorbell;
import ixy4j.linux.EventFd;
import java.util.Arrays;

/** Interrupts of a card that a driver of this process waits for: messages only. */
final class EventFdLines implements InterruptLines {
    private final Doorbell[] doorbells; // one thread at a time rings: under the card's lock

    EventFdLines(EventFd... files) {
        doorbells = Arrays.stream(files)
                .map(file -> new Doorbell(file.descriptor(), -1, Long.BYTES))
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

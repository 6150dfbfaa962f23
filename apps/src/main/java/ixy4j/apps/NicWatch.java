package ixy4j.apps;

import ixy4j.model.i82599.Card;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.watch.live.TraceShow;
import ixy4j.watch.server.Recording;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What is seen of the cards of {@code ./ixy nic}, for a page, or for a file at the end. It is asked for observers before there are
 * cards; who uses one before it begins waits.
 */
final class NicWatch implements AutoCloseable {
    private final CompletableFuture<TraceShow> show = new CompletableFuture<>();
    private final boolean serves;
    private final Path record; // null for none
    private WatchPage page; // null where none is served

    NicWatch(boolean serves, Path record) {
        this.serves = serves;
        this.record = record;
    }

    /** Watches what another observer is told, too. */
    RegisterObserver observer(int card, RegisterObserver other) {
        if (!serves && record == null) {
            return other;
        }
        return new RegisterObserver() {
            @Override
            public void read(int offset, int value) {
                other.read(offset, value);
                show.join().observer(card).read(offset, value);
            }

            @Override
            public void write(int offset, int value) {
                other.write(offset, value);
                show.join().observer(card).write(offset, value);
            }
        };
    }

    /** Begins, once there are cards. */
    void begin(List<String> names, List<Card> cards) {
        if (serves || record != null) {
            show.complete(new TraceShow(names, cards));
        }
        if (serves) {
            page = WatchPage.of(show.join());
        }
    }

    /** Ends it, before the cards end, and writes the file. */
    @Override
    public void close() {
        show.cancel(false); // who still waits does so no more
        if (!show.isCompletedExceptionally()) {
            TraceShow seen = show.join();
            if (page != null) {
                page.close();
            }
            seen.close();
            if (record != null) {
                Recording.write(seen.timeline(), record);
            }
        }
    }
}

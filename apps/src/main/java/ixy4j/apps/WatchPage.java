package ixy4j.apps;

import ixy4j.linux.Cleanup;
import ixy4j.watch.live.LiveShow;
import ixy4j.watch.live.TraceShow;
import ixy4j.watch.live.Watched;
import ixy4j.watch.server.Show;
import ixy4j.watch.server.WatchServer;
import java.util.List;

/** The page of a command that runs. It is closed before the cards that it shows. */
final class WatchPage implements AutoCloseable {
    private final Runnable end;
    private final WatchServer server;

    private WatchPage(Show show, Runnable end) {
        this.end = end;
        try {
            server = new WatchServer(show, 0);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, end);
            throw e;
        }
        Output.ERR.print("ixy: watch at " + server.uri());
        Browser.open(server.uri());
    }

    /** Shows cards of this process, and says on standard error where. */
    static WatchPage of(String title, List<Watched> cards) {
        LiveShow show = new LiveShow(title, cards);
        return new WatchPage(show, show::close);
    }

    /** Shows cards that another process drives. */
    static WatchPage of(TraceShow show) {
        return new WatchPage(show, show::close);
    }

    @Override
    public void close() {
        Cleanup.run(server::close, end);
    }
}

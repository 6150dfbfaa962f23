package ixy4j.apps;

import ixy4j.linux.Cleanup;
import ixy4j.watch.live.LiveShow;
import ixy4j.watch.live.Watched;
import ixy4j.watch.server.WatchServer;
import java.util.List;

/** The page of a command that runs. It is closed before the cards that it shows. */
final class WatchPage implements AutoCloseable {
    private final LiveShow show;
    private final WatchServer server;

    /** Serves it, and says on standard error where. */
    WatchPage(String title, List<Watched> cards) {
        show = new LiveShow(title, cards);
        try {
            server = new WatchServer(show, 0);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, show::close);
            throw e;
        }
        Output.ERR.print("ixy: watch at " + server.uri());
        Browser.open(server.uri());
    }

    @Override
    public void close() {
        Cleanup.run(server::close, show::close);
    }
}

package ixy4j.watch.server;

import com.sun.net.httpserver.HttpExchange;
import ixy4j.watch.timeline.Document;
import ixy4j.watch.timeline.Moment;
import ixy4j.watch.timeline.Timeline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Browsers that are sent what happens. Each has a thread that writes, and nobody waits for it: a browser that is too slow finds
 * that the timeline has not kept what it wants, and begins anew; one that takes nothing at all for a while is sent away.
 */
final class Clients implements AutoCloseable {
    /** As many are served at once. */
    static final int MOST = 32;

    private static final int AT_ONCE = 256; // moments in an event
    private static final long PULSE = 10_000; // ms after which a silent stream says that it is alive
    private static final String RESTART = "data: {\"restart\":true}\n\n";

    private final Show show;
    private final long patience; // ns that a write may take
    private final Map<Thread, Long> writing = new ConcurrentHashMap<>(); // since when, by System.nanoTime
    private final Set<Thread> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Clients(Show show, long patience) {
        this.show = show;
        this.patience = patience;
        Thread.ofVirtual().name("ixy4j-watch-patience").start(this::sendSlowOnesAway);
    }

    /** How many there are. */
    int count() {
        return open.size();
    }

    /** Sends moments from a number on, until the browser is gone or the show begins anew; false if there are too many browsers. */
    boolean serve(HttpExchange exchange, long from) throws IOException {
        if (open.size() >= MOST) {
            return false;
        }
        open.add(Thread.currentThread());
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            send(exchange, from);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(Thread.currentThread());
            exchange.close();
        }
        return true;
    }

    private void send(HttpExchange exchange, long from) throws IOException, InterruptedException {
        Timeline timeline = show.timeline();
        OutputStream out = exchange.getResponseBody();
        long next = from;
        while (!closed) {
            List<Moment> moments = timeline.from(next, AT_ONCE);
            if (moments == null) {
                write(out, RESTART);
                return;
            }
            if (!moments.isEmpty()) {
                next = moments.getLast().number() + 1;
                write(out, "id: " + (next - 1) + "\ndata: " + Document.moments(moments) + "\n\n");
            } else if (!timeline.await(next, PULSE)) {
                write(out, show.timeline() == timeline ? ": the end\n\n" : RESTART);
                return;
            } else if (timeline.next() == next) {
                write(out, ": alive\n\n");
            }
        }
    }

    private void write(OutputStream out, String text) throws IOException {
        writing.put(Thread.currentThread(), System.nanoTime());
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } finally {
            writing.remove(Thread.currentThread());
        }
    }

    private void sendSlowOnesAway() {
        while (!closed) {
            long now = System.nanoTime();
            writing.forEach((thread, since) -> {
                if (now - since > patience) {
                    thread.interrupt(); // which closes the channel that it waits for
                }
            });
            try {
                Thread.sleep(Math.max(1, patience / 4_000_000));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(Thread::interrupt);
    }
}

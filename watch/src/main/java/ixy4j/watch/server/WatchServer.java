package ixy4j.watch.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import ixy4j.IxyException;
import ixy4j.watch.timeline.Document;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the page of a show to browsers of this machine, and to nobody else: at 127.0.0.1, below a path that has 128 random bits,
 * to requests that name this machine as their host and come from no other page.
 */
public final class WatchServer implements AutoCloseable {
    /** Where the docs are, below the page. */
    private static final String MANUAL = "docs/";

    private static final int TOKEN = 16; // bytes
    private static final int LONGEST_ORDER = 4096; // bytes
    private static final long PATIENCE = 20_000_000_000L; // ns for a browser that takes nothing

    private final Show show;
    private final Page page = new Page();
    private final Manual manual = new Manual();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Clients clients;
    private final String token;

    /**
     * Begins to serve.
     *
     * @param port 0 for any that is free
     * @throws IxyException if the port is taken
     */
    public WatchServer(Show show, int port) {
        this(show, port, PATIENCE);
    }

    WatchServer(Show show, int port, long patience) {
        this.show = show;
        byte[] random = new byte[TOKEN];
        new SecureRandom().nextBytes(random);
        token = HexFormat.of().formatHex(random);
        try {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
        } catch (IOException e) {
            throw new IxyException("port " + port + " of 127.0.0.1 cannot be had for the page: " + e.getMessage(), e);
        }
        clients = new Clients(show, patience);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where the page is; whoever knows this can see it, on this machine. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + token + "/");
    }

    /** How many browsers are sent what happens. */
    int clients() {
        return clients.count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cache-Control", "no-store");
            headers.set("Content-Security-Policy", page.policy());
            if (!isOurs(exchange.getRequestHeaders().getFirst("Host"))) {
                reply(exchange, 421, "text/plain", "");
            } else if (!isFromHere(exchange.getRequestHeaders().getFirst("Origin"))) {
                reply(exchange, 403, "text/plain", "");
            } else if (!exchange.getRequestURI().getPath().startsWith("/" + token + "/")) {
                reply(exchange, 404, "text/plain", "");
            } else {
                serve(exchange, exchange.getRequestURI().getPath().substring(token.length() + 2));
            }
        }
    }

    private boolean isOurs(String host) {
        int port = server.getAddress().getPort();
        return ("127.0.0.1:" + port).equals(host) || ("localhost:" + port).equals(host);
    }

    private boolean isFromHere(String origin) {
        return origin == null || (origin.startsWith("http://") && isOurs(origin.substring("http://".length())));
    }

    private void serve(HttpExchange exchange, String path) throws IOException {
        boolean posts = exchange.getRequestMethod().equals("POST");
        if (posts != path.equals("do")
                || (!posts && !exchange.getRequestMethod().equals("GET"))) {
            reply(exchange, 405, "text/plain", "");
            return;
        }
        switch (path) {
            case "" -> reply(exchange, 200, "text/html; charset=utf-8", page.served());
            case "timeline" ->
                reply(exchange, 200, "application/json", Document.start(show.timeline(), show.rate(), MANUAL));
            case "events" -> events(exchange);
            case "do" -> order(exchange);
            default -> file(exchange, path);
        }
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        String name = path.substring(path.indexOf('/') + 1);
        Optional<byte[]> bytes = path.startsWith("app/")
                ? page.file(name)
                : path.startsWith(MANUAL) ? manual.file(name) : Optional.empty();
        if (bytes.isEmpty()) {
            boolean inDocs = path.startsWith(MANUAL);
            reply(
                    exchange,
                    404,
                    "text/plain",
                    inDocs ? "This is in the project's folder docs, and not served here" : "");
        } else {
            reply(exchange, 200, path.startsWith(MANUAL) ? Manual.type(name) : Page.type(name), bytes.get());
        }
    }

    private void events(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        if (query == null || !query.matches("from=\\d{1,18}")) {
            reply(exchange, 400, "text/plain; charset=utf-8", "events takes from=N, the number of a moment");
            return;
        }
        if (!clients.serve(exchange, Long.parseLong(query.substring("from=".length())))) {
            reply(exchange, 503, "text/plain; charset=utf-8", Clients.MOST + " pages are open already: close one");
        }
    }

    private void order(HttpExchange exchange) throws IOException {
        try (InputStream body = exchange.getRequestBody()) {
            byte[] json = body.readNBytes(LONGEST_ORDER);
            Order.read(json).doIt(show);
            exchange.sendResponseHeaders(204, -1);
        } catch (IllegalArgumentException e) {
            reply(exchange, 400, "text/plain; charset=utf-8", e.getMessage());
        }
    }

    private static void reply(HttpExchange exchange, int status, String type, String text) throws IOException {
        reply(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(HttpExchange exchange, int status, String type, byte... bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Ends it, and sends all browsers away. */
    @Override
    public void close() {
        clients.close();
        server.stop(0);
        threads.shutdownNow();
    }
}

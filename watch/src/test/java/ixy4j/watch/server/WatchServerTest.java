package ixy4j.watch.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.watch.scene.Scene;
import ixy4j.watch.scene.SceneOptions;
import ixy4j.watch.scene.ScenePlayer;
import ixy4j.watch.timeline.Who;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered, and what; by requests as they go over the wire. */
class WatchServerTest {
    private final Scene scene = new Scene(SceneOptions.DEFAULT);
    private final ScenePlayer player = new ScenePlayer(scene);
    private final WatchServer server = new WatchServer(player, 0, 200_000_000);
    private final int port = server.uri().getPort();
    private final String path = server.uri().getPath();

    @AfterEach
    void end() {
        server.close();
        player.close();
    }

    private String ask(String request, String headers, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            send(socket, request, headers, body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void send(Socket socket, String request, String headers, String body) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((request + " HTTP/1.1\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n" + headers
                        + "\r\n" + body)
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private String get(String name) throws IOException {
        return ask("GET " + path + name, "Host: 127.0.0.1:" + port + "\r\n", "");
    }

    private String order(String json) throws IOException {
        return ask("POST " + path + "do", "Host: 127.0.0.1:" + port + "\r\n", json);
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    @Test
    void whoKnowsTheTokenGetsThePage() throws IOException {
        String page = get("");
        assertEquals(200, status(page));
        assertTrue(page.contains("<script type=\"module\" src=\"app/main.js\">"), page);
        assertTrue(page.contains("default-src 'none'"), page);
        assertTrue(page.contains("nosniff") && page.contains("no-referrer") && page.contains("no-store"), page);
        assertEquals(200, status(get("app/main.js")));
        assertEquals(200, status(get("timeline")));
        assertTrue(get("timeline").contains("\"docs\":\"docs/\""));
        assertTrue(get("docs/model.md").contains("Content-type: text/html"));
        assertEquals(200, status(get("docs/manual.css")));
        assertEquals(404, status(get("docs/none.md")));
        assertEquals(404, status(get("app/../index.html")));
        assertEquals(404, status(get("app/none.js")));
        assertEquals(405, status(get("do")));
    }

    @Test
    void aTokenIsNotGuessed() throws IOException {
        assertEquals(34, path.length()); // 128 bits
        for (String wrong : List.of("/", "/" + "0".repeat(32) + "/", path.substring(0, path.length() - 1))) {
            String answer = ask("GET " + wrong, "Host: 127.0.0.1:" + port + "\r\n", "");
            assertEquals(404, status(answer));
            assertTrue(answer.endsWith("\r\n\r\n"), "nothing is said");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Host: 127.0.0.1:PORT, 200",
        "Host: localhost:PORT, 200",
        "Host: 127.0.0.1, 421",
        "Host: evil.example:PORT, 421",
        "Host: 127.0.0.1:PORT|Origin: http://127.0.0.1:PORT, 200",
        "Host: 127.0.0.1:PORT|Origin: http://localhost:PORT, 200",
        "Host: 127.0.0.1:PORT|Origin: http://127.0.0.1:1, 403",
        "Host: 127.0.0.1:PORT|Origin: https://127.0.0.1:PORT, 403",
        "Host: 127.0.0.1:PORT|Origin: null, 403"
    })
    void noOtherNameAndNoOtherPage(String headers, int wanted) throws IOException {
        String sent = headers.replace("PORT", Integer.toString(port)).replace("|", "\r\n") + "\r\n";
        assertEquals(wanted, status(ask("GET " + path, sent, "")));
    }

    @Test
    void stepsAreDone() throws IOException {
        long before = scene.timeline().next();
        assertEquals(204, status(order("{\"do\": \"step\", \"count\": 25, \"who\": \"driver\"}")));
        assertEquals(before + 25, scene.timeline().next());
        assertTrue(scene.timeline().moments().stream().skip(before).allMatch(moment -> moment.who() == Who.DRIVER));
    }

    @Test
    void itPlaysUntilItPauses() throws IOException, InterruptedException {
        assertEquals(204, status(order("{\"do\": \"play\", \"rate\": 1000}")));
        assertTrue(get("timeline").contains("\"playing\":1000.0"));
        assertTrue(scene.timeline().await(50, 60_000));
        assertEquals(204, status(order("{\"do\": \"pause\"}")));
        assertTrue(get("timeline").contains("\"playing\":0.0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"do\": {}}",
                "{\"do\": \"jump\"}",
                "{\"do\": \"step\", \"count\": 0}",
                "{\"do\": \"step\", \"count\": \"5\"}",
                "{\"do\": \"step\", \"who\": \"nobody\"}",
                "{\"do\": \"play\", \"rate\": 1e9}",
                "{\"do\": \"fault\", \"name\": \"nothing\", \"on\": true}",
                "{\"do\": \"fault\", \"name\": \"no-ifcs\"}"
            })
    void anOrderThatIsWrongGetsALine(String json) throws IOException {
        String answer = order(json);
        assertEquals(400, status(answer));
        String line = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertFalse(line.isEmpty() || line.contains("\n") || line.contains("Exception"), line);
    }

    @Test
    void eventsComeAndEndWithTheScene() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            send(socket, "GET " + path + "events?from=0", "Host: 127.0.0.1:" + port + "\r\n", "");
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertTrue(until(in, "data: [{\"n\":0,").contains("Power comes up"));
            order("{\"do\": \"step\"}");
            until(in, "data: [{\"n\":1,");
            order("{\"do\": \"fault\", \"name\": \"no-link\", \"on\": true}");
            until(in, "data: {\"restart\":true}");
        }
        assertTrue(get("events?from=99").contains("{\"restart\":true}"));
        assertEquals(400, status(get("events?from=x")));
    }

    private static String until(BufferedReader in, String start) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new IOException("the stream ended before " + start);
    }

    @Test
    void aBrowserThatReadsNothingHoldsUpNobodyAndIsSentAway() throws IOException {
        for (int i = 0; i < 3; i++) {
            order("{\"do\": \"step\", \"count\": 1000}");
        }
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(1024);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            send(socket, "GET " + path + "events?from=0", "Host: 127.0.0.1:" + port + "\r\n", "");
            while (server.clients() == 0) {
                Thread.onSpinWait();
            }
            while (server.clients() > 0) {
                assertEquals(204, status(order("{\"do\": \"step\", \"count\": 50}")));
            }
        }
        assertEquals(200, status(get("")));
    }

    @Test
    void severalBrowsersSeeTheSame() throws IOException {
        order("{\"do\": \"step\", \"count\": 10}");
        String first = null;
        for (int i = 0; i < 5; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                send(socket, "GET " + path + "events?from=0", "Host: 127.0.0.1:" + port + "\r\n", "");
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                String seen = until(in, "data: [");
                first = first == null ? seen : first;
                assertEquals(first, seen);
            }
        }
    }
}

package ixy4j.apps;

import ixy4j.watch.scene.Scene;
import ixy4j.watch.scene.SceneOptions;
import ixy4j.watch.scene.ScenePlayer;
import ixy4j.watch.server.Recording;
import ixy4j.watch.server.WatchServer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./ixy watch}: a page on which the rings turn. */
@Command(
        name = "watch",
        description = {
            "Shows two emulated cards and their driver on a page, step by step, forwards and backwards: registers, rings,"
                    + " buffers, frames, and what happens if something is broken."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./ixy watch", "Example: ./ixy watch --record receive.html --steps 400"})
final class WatchCommand implements Callable<Integer> {
    private static final int MOST_STEPS = 5000;

    @Option(
            names = "--ring",
            paramLabel = "N",
            description = "Descriptors in a ring, a power of two, 64 to 512; ${DEFAULT-VALUE}.")
    private int ring = 64;

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "Stop sending after N frames; without it, frames never end.")
    private long frames = Long.MAX_VALUE;

    @Option(names = "--port", paramLabel = "N", description = "The port of 127.0.0.1 to serve at; any without it.")
    private int port;

    @Option(
            names = "--open",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Open the page in a browser, if there is a screen; on unless --no-open.")
    private boolean open;

    @Option(
            names = "--fault",
            paramLabel = "LIST",
            description =
                    "What is broken from the start, with commas between, such as tail-one-too-far or lost-writeback.")
    private String faults;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Serve nothing: do the first steps, and write a page that plays them to this file.")
    private Path record;

    @Option(names = "--steps", paramLabel = "N", description = "Steps to record, 1 to 5000; without it 400.")
    private Integer steps;

    @Override
    public Integer call() throws InterruptedException {
        Numbers.check("--steps", steps, 1, MOST_STEPS, "");
        Numbers.check("--port", port, 0, 65_535, "");
        if (steps != null && record == null) {
            throw new IllegalArgumentException("--steps is for --record, which is missing");
        }
        try (Scene scene = new Scene(new SceneOptions(ring, frames))) {
            if (faults != null) {
                for (String fault : faults.split(",", -1)) {
                    scene.fault(fault, true);
                }
            }
            if (record != null) {
                record(scene);
            } else {
                serve(scene);
            }
        }
        return 0;
    }

    private void record(Scene scene) {
        int most = steps == null ? 400 : steps;
        for (int i = 0; i < most && scene.step(null) && !StopSignal.isRequested(); i++) {
            // until there is nothing more to do
        }
        Recording.write(scene.timeline(), record);
        Output.OUT.print(record + ": " + scene.timeline().next() + " moments; open it in a browser");
    }

    private void serve(Scene scene) throws InterruptedException {
        try (ScenePlayer player = new ScenePlayer(scene);
                WatchServer server = new WatchServer(player, port)) {
            Output.OUT.print(server.uri().toString());
            if (open) {
                Browser.open(server.uri());
            }
            StopSignal.await(Long.MAX_VALUE);
        }
    }
}

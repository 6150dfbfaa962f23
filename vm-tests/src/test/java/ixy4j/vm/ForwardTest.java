package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The forwarder on virtio cards whose wires end here: each frame is checked, and each is found again. */
@ResourceLock(Machine.ALONE)
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardTest {
    private static final int FRAMES = 20_000; // each way

    /** Two cards of each. */
    enum Kind {
        LEGACY(1, "virtio-legacy", ""),
        SPLIT(3, "virtio", "?ring=split"),
        PACKED(5, "virtio-packed", "?ring=packed"),
        TRANSITIONAL(7, "virtio-transitional", "?virtio=legacy");

        final int first; // number of a card
        final String card;
        final String options; // that fail where the card is another

        Kind(int first, String card, String options) {
            this.first = first;
            this.card = card;
            this.options = options;
        }

        String left() {
            return Guest.card(first) + options;
        }

        String right() {
            return Guest.card(first + 1) + options;
        }
    }

    private final List<Wire> wires = new ArrayList<>();
    private Guest guest;
    private int runs;

    @BeforeAll
    void boot(@TempDir Path folder, @TempDir Path scripts) {
        Machine.needsLab();
        List<String> cards = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (String side : List.of("left", "right")) {
                Wire wire = new Wire(folder.resolve(kind + "-" + side));
                wires.add(wire);
                cards.add(kind.card + ",wire=stream:" + wire.path);
            }
        }
        guest = Guest.boot(scripts, cards);
        wires.forEach(Wire::accept);
    }

    @AfterAll
    void end() {
        try {
            if (guest != null) {
                guest.close();
            }
        } finally {
            wires.forEach(Wire::close);
        }
    }

    private Guest.Background forward(Kind kind) {
        Guest.Background fwd = guest.ixy("fwd " + kind.left() + " " + kind.right() + " --json");
        fwd.awaitLines(1); // a second after it began to forward
        return fwd;
    }

    /** Both ways. */
    private List<Traffic> traffic(Kind kind, int frames) {
        Wire left = wires.get(kind.first - 1);
        Wire right = wires.get(kind.first);
        runs++;
        return List.of(Traffic.start(left, right, runs, frames), Traffic.start(right, left, runs, frames));
    }

    private static void assertCounts(Result result, long frames) {
        List<Json> totals = Json.lastOf(result).objects("totals");
        assertEquals(2, totals.size(), result::toString);
        for (Json port : totals) {
            for (String field : List.of("rx_packets", "tx_packets")) {
                assertEquals(frames, port.count(field), () -> field + " of " + result);
            }
            for (String field : List.of("dropped", "rx_broken", "rx_pool_empty", "rx_unread", "device_errors")) {
                assertEquals(0, port.count(field), () -> field + " of " + result);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void allFramesArriveInOrder(Kind kind) {
        try (Guest.Background fwd = forward(kind)) {
            List<Traffic> both = traffic(kind, FRAMES);
            both.forEach(way -> way.await(FRAMES));
            fwd.signal("TERM");
            Result result = fwd.await(Guest.SHORT);
            both.forEach(way -> way.assertWhole(result));
            both.forEach(way -> assertEquals(0, way.ofOtherRuns(), way::toString));
            assertCounts(result.succeeds(), FRAMES);
        }
    }

    /** Nobody resets the cards, which go on; the next program finds them so. */
    @ParameterizedTest
    @EnumSource(names = {"LEGACY", "SPLIT", "PACKED"})
    void itWorksAgainAfterKill9(Kind kind) {
        List<Traffic> lost;
        try (Guest.Background first = forward(kind)) {
            lost = traffic(kind, Integer.MAX_VALUE);
            lost.forEach(way -> way.await(3000));
            first.signal("KILL");
            if (first.await(Guest.SHORT).exit() != 128 + 9) {
                fail("should have been killed: " + first.peek());
            }
        }
        lost.forEach(Traffic::stop);
        try (Guest.Background second = forward(kind)) {
            lost.forEach(Traffic::awaitSender); // now that someone takes what is on its way
            List<Traffic> both = traffic(kind, FRAMES / 5);
            both.forEach(way -> way.await(FRAMES / 5));
            second.signal("TERM");
            Result result = second.await(Guest.SHORT).succeeds();
            both.forEach(way -> way.assertWhole(result));
        }
    }
}

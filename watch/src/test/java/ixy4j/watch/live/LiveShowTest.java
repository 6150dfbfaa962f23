package ixy4j.watch.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import ixy4j.Devices;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Moment;
import ixy4j.watch.timeline.RingField;
import ixy4j.watch.timeline.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cards of a command, as they run. */
class LiveShowTest {
    @Test
    void itSeesFramesMove() {
        try (Devices devices = Devices.open("model:20?wire=generator,rate=0.01", "model:21?wire=sink");
                PacketPool pool = devices.pool(32)) {
            RxQueue rx = devices.get(0).rxQueue(0, pool);
            TxQueue tx = devices.get(1).txQueue(0, pool);
            PacketBatch batch = pool.batch(32);
            try (LiveShow show = new LiveShow(
                    "test",
                    devices.all().stream()
                            .map(device -> new Watched(device, pool))
                            .toList())) {
                long sent = 0;
                while (sent < 100 || !hasMoved(show, 0) || !hasMoved(show, 1)) {
                    rx.receive(batch);
                    sent += tx.transmit(batch);
                }
                assertThrows(IllegalArgumentException.class, () -> show.play(1));
                assertState(show, devices.get(0));
            }
        }
    }

    private static boolean hasMoved(LiveShow show, int card) {
        return show.timeline().moments().stream()
                .flatMap(moment -> moment.changes().stream())
                .anyMatch(change -> change instanceof Change.Moved moved && moved.card() == card);
    }

    private static void assertState(LiveShow show, Device device) {
        State state = show.timeline().heading().before();
        List<Moment> moments = show.timeline().moments();
        moments.forEach(state::apply);
        assertEquals(
                device.address(), show.timeline().heading().cards().getFirst().name());
        assertEquals(10_000, state.card(0).link());
        assertEquals(512, state.card(0).ring(0).get(RingField.SIZE));
        assertEquals(1, state.card(0).ring(0).get(RingField.ENABLED));
        assertTrue(state.card(0).counts().get("rx_packets") > 0);
        moments.reversed().forEach(state::undo);
        assertEquals(show.timeline().heading().before(), state);
    }
}

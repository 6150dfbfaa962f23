package ixy4j.watch.live;

import ixy4j.Device;
import ixy4j.DeviceStats;
import ixy4j.IxyException;
import ixy4j.intel.DeviceLook;
import ixy4j.intel.QueueLook;
import ixy4j.model.address.OpenPorts;
import ixy4j.model.i82599.Card;
import ixy4j.packet.PacketPool;
import ixy4j.watch.look.CardLooker;
import ixy4j.watch.look.View;
import ixy4j.watch.look.WatchedRegisters;
import ixy4j.watch.timeline.CardInfo;
import ixy4j.watch.timeline.CardState;
import ixy4j.watch.timeline.Chip;
import ixy4j.watch.timeline.RingPlace;
import ixy4j.watch.timeline.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A card of a command, and how it is looked at: an emulated one from its own side, others with rings from their driver's. */
final class LiveCard {
    private static final int MOST_FRAMES = 32; // of a ring

    private final int number;
    private final Device device;
    private final PacketPool pool;
    private final DeviceLook driver; // null where it has no rings of this kind
    private final Card card; // null where it is none of ours
    private final CardInfo info;
    private final CardLooker looker; // null where there are no rings to be seen

    LiveCard(int number, Watched watched) {
        this.number = number;
        device = watched.device();
        pool = watched.pool();
        driver = DeviceLook.of(device).orElse(null);
        card = emulated(device.address());
        Optional<Chip> chip = driver == null ? Optional.empty() : Chip.of(driver.registers());
        info = new CardInfo(
                device.address(),
                chip.orElse(null),
                device.macAddress().toString(),
                chip.isPresent() ? rings() : List.of());
        looker = chip.map(found -> new CardLooker(
                        number,
                        info,
                        MOST_FRAMES,
                        card != null ? WatchedRegisters.ofEmulated() : WatchedRegisters.ofDriven(found)))
                .orElse(null);
    }

    private static Card emulated(String address) {
        return address.startsWith("model:") && OpenPorts.card(address).orElse(null) instanceof Card card ? card : null;
    }

    /** Those of the queues that are open now. */
    private List<RingPlace> rings() {
        List<RingPlace> places = new ArrayList<>();
        for (QueueLook queue : driver.queues()) {
            int first = queue.receives()
                    ? driver.registers().rx()
                    : driver.registers().tx();
            places.add(new RingPlace(
                    queue.receives(),
                    queue.index(),
                    first + queue.index() * driver.registers().distance()));
        }
        return places;
    }

    CardInfo info() {
        return info;
    }

    int[] offsets() {
        return looker == null ? new int[0] : looker.offsets();
    }

    /** Looks at rings only, or at all but counters. Cards that have no rings to be seen have a link and counters. */
    void look(boolean all, State now) {
        if (looker != null) {
            List<QueueLook> queues = driver.queues();
            whileThere(view -> {
                if (all) {
                    looker.look(view, queues, pool, now);
                } else {
                    looker.lookBriefly(view, queues, now);
                }
            });
        }
        if (all) {
            CardState state = now.card(number);
            state.setLink(device.linkSpeed());
        }
    }

    private void whileThere(Consumer<View> action) {
        if (card != null) {
            card.look(view -> action.accept(View.of(view)));
            return;
        }
        View view = new View() {
            @Override
            public int register(int offset) {
                return driver.register(offset);
            }

            @Override
            public long address(long iova, long bytes) {
                return driver.ringAddress(iova, bytes);
            }
        };
        if (!driver.whileOpen(() -> action.accept(view))) {
            throw new IxyException(device.address() + " is closed");
        }
    }

    /** Looks at its counters. */
    void count(State now) {
        Map<String, Long> counts = now.card(number).counts();
        DeviceStats stats = device.stats();
        counts.put("rx_packets", stats.rxPackets());
        counts.put("rx_bytes", stats.rxBytes());
        counts.put("tx_packets", stats.txPackets());
        counts.put("tx_bytes", stats.txBytes());
        counts.put("rx_missed", stats.rxMissed());
        counts.put("rx_crc_errors", stats.rxCrcErrors());
        counts.put("rx_wrong_length", stats.rxWrongLength());
        counts.put("rx_filtered", stats.rxFiltered());
        counts.put("rx_broken", stats.rxBroken());
        counts.put("rx_pool_empty", stats.rxPoolEmpty());
        counts.put("tx_wrong_length", stats.txWrongLength());
        counts.put("device_errors", stats.deviceErrors());
    }
}

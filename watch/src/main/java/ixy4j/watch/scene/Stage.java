package ixy4j.watch.scene;

import ixy4j.intel.Descriptors;
import ixy4j.intel.QueueLook;
import ixy4j.linux.Cleanup;
import ixy4j.model.CardTotals;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.FaultInfo;
import ixy4j.watch.timeline.Frame;
import ixy4j.watch.timeline.Heading;
import ixy4j.watch.timeline.Owner;
import ixy4j.watch.timeline.Place;
import ixy4j.watch.timeline.RingField;
import ixy4j.watch.timeline.RingState;
import ixy4j.watch.timeline.State;
import ixy4j.watch.timeline.Timeline;
import ixy4j.watch.timeline.Who;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Two cards with their driver, from power on: what a scene is until it begins anew. All of it can be repeated. For one thread at
 * a time.
 */
final class Stage implements AutoCloseable {
    private static final int CARDS = 2;
    private static final int MOST_TRIES = 64; // to find somebody who has something to do
    private static final long STEP_NANOS = 1000; // on the clock of a scene
    private static final String MISTAKES = "watch.md#what-the-card-says"; // docs
    private static final int KEPT = 1_000_000; // changes

    private final SceneOptions options;
    private final Gate gate = new Gate();
    private final DriverMistakes mistakes = new DriverMistakes();
    private final Set<Breakage> broken = EnumSet.noneOf(Breakage.class);
    private final List<StagedCard> cards;
    private final DriverProgram program;
    private final Thread thread;
    private final Timeline timeline;
    private final SplittableRandom random = new SplittableRandom(82599);
    private State state;
    private int turn;
    private int arrived; // frames, in all
    private boolean ended; // the driver, and that was told

    Stage(SceneOptions options, Set<Breakage> broken) {
        this.options = options;
        cards = IntStream.range(0, CARDS)
                .mapToObj(i -> new StagedCard(i, broken))
                .toList();
        broken.forEach(this::breakIt);
        program = new DriverProgram(
                cards.stream().map(card -> card.function(gate, mistakes)).toList(),
                options.ring(),
                gate,
                this::beforeReceive);
        timeline = new Timeline(heading(), KEPT);
        state = timeline.heading().before();
        thread = Thread.ofPlatform().name("ixy4j-scene").daemon().start(program);
        add(Who.CARD, -1, "Power comes up", null, List.copyOf(faultChanges()));
    }

    private Heading heading() {
        return new Heading(
                "Two 82599 cards and their driver, step by step",
                Heading.Source.STEPPED,
                cards.stream().map(StagedCard::info).toList(),
                DriverProgram.buffers(options.ring()),
                ixy4j.packet.PacketPool.BUFFER_SIZE,
                Breakage.infos());
    }

    private List<Change> faultChanges() {
        return broken.stream()
                .<Change>map(one -> new Change.Fault(one.info().name(), false, true))
                .toList();
    }

    /** What happened so far, to which more is added. */
    Timeline timeline() {
        return timeline;
    }

    /** What was there when it was looked at last, which was after the last moment. */
    State state() {
        return state;
    }

    /** What is broken. */
    Set<Breakage> broken() {
        return Set.copyOf(broken);
    }

    // ---- breaking it

    /** Switches a fault that can be switched while it runs. */
    void set(Breakage one, boolean on) {
        if (broken.contains(one) == on) {
            return;
        }
        if (on) {
            breakIt(one);
        } else {
            broken.remove(one);
            cards.forEach(card -> one.set(card.wire(), false));
            mistakes.set(one, false);
        }
        String text = "“" + one.info().title() + "” is switched " + (on ? "on" : "off");
        add(Who.USER, -1, text, null, List.of(new Change.Fault(one.info().name(), !on, on)));
    }

    private void breakIt(Breakage one) {
        broken.add(one);
        cards.forEach(card -> one.set(card.wire(), true));
        mistakes.set(one, true);
    }

    // ---- steps

    /**
     * Does the next step of which there is something to see.
     *
     * @param who of the driver and the cards, or null for any of them, and wires
     * @return whether there was one
     */
    boolean step(Who who) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Actor actor = who == null ? any() : Actor.of(who, turn++);
            if (act(actor, who != null)) {
                return true;
            }
        }
        return false;
    }

    private Actor any() {
        return program.isForwarding() ? Actor.byChance(random) : Actor.inTurn(turn++);
    }

    private boolean act(Actor actor, boolean asked) {
        return switch (actor.who()) {
            case DRIVER -> drive(asked);
            case CARD -> playCard(cards.get(actor.card()));
            default -> arrive(cards.get(actor.card()));
        };
    }

    private boolean drive(boolean asked) {
        Step step = gate.step();
        if (step == null) {
            return !ended && tellEnd();
        }
        cards.forEach(this::spoil);
        boolean shown = asked || step instanceof Access;
        return add(
                step.who, step.card, seen -> step.sentence() + handover(step, seen), step.source, step.changes, shown);
    }

    /** Behind an access to a register, a tail can be written in memory before the next one. */
    private static String handover(Step step, List<Change> seen) {
        return step instanceof Access
                        && seen.stream()
                                .anyMatch(change -> change instanceof Change.Ring ring
                                        && ring.field() == RingField.TAIL
                                        && ring.now() != 0
                                        && ring.ring() == StagedCard.RX)
                ? "; then it hands the descriptors to the card by the receive tail"
                : "";
    }

    private boolean tellEnd() {
        ended = true;
        String why = program.failure() == null ? "" : ": " + program.failure();
        return add(Who.DRIVER, -1, "The driver gives up" + why, null, List.of());
    }

    private boolean playCard(StagedCard card) {
        CardTotals before = card.totals();
        card.step();
        List<Change> moves = new ArrayList<>();
        for (byte[] frame : card.wire().takeSent()) {
            moves.add(new Change.Move(card.number(), StagedCard.TX, Place.RING, Place.WIRE, Frame.of(frame)));
        }
        return add(
                Who.CARD, card.number(), seen -> RoundTeller.sentence(before, card.totals(), seen), null, moves, false);
    }

    private boolean arrive(StagedCard card) {
        boolean up = state.card(card.number()).link() > 0 && card.wire().linkSpeed() > 0;
        if (arrived >= options.frames() || !up || !program.isForwarding()) {
            return false;
        }
        arrived++;
        byte[] frame = card.source().next();
        boolean there = card.wire().arrive(frame);
        Change.Move move =
                new Change.Move(card.number(), -1, Place.WIRE, there ? Place.CARD : Place.WIRE, Frame.of(frame));
        return add(Who.WIRE, card.number(), RoundTeller.arrival(move), null, List.of(move));
    }

    // ---- the driver's mistakes

    private void spoil(StagedCard card) {
        card.look(view -> {
            for (int i = 0; i < card.info().rings().size(); i++) {
                RingState before = state.card(card.number()).ring(i);
                mistakes.afterHandover(view, card.bar(), card.info().rings().get(i), before);
            }
        });
    }

    /** On the driver's thread, within a step of it. */
    private Change.Mistake beforeReceive(int number, QueueLook queue) {
        StagedCard card = cards.get(number);
        RingState ring = state.card(number).ring(StagedCard.RX);
        boolean[] taken = new boolean[1];
        card.look(view -> {
            long address = view.address(ring.get(RingField.IOVA), (long) queue.size() * Descriptors.SIZE);
            taken[0] = address != 0 && mistakes.beforeReceive(address + (long) queue.next() * Descriptors.SIZE);
        });
        return taken[0]
                ? new Change.Mistake(
                        number,
                        "The driver takes receive descriptor " + queue.next()
                                + " without looking at DD, which is 0: what it takes for a frame is what was left in the buffer",
                        Breakage.NO_DD.info().docs())
                : null;
    }

    // ---- looking

    private boolean add(Who who, int card, String what, String source, List<Change> done) {
        return add(who, card, seen -> what, source, done, true);
    }

    /**
     * Adds a moment, if there is something to see.
     *
     * @param what says what was done, by what changed
     * @param done what is known to have been done
     * @param always even if nothing changed
     */
    private boolean add(
            Who who, int card, Function<List<Change>, String> what, String source, List<Change> done, boolean always) {
        State next = look();
        List<Change> seen =
                state.changesTo(next, cards.stream().map(StagedCard::offsets).toList());
        List<Change> changes = new ArrayList<>(done);
        changes.addAll(deliveries(seen));
        changes.addAll(seen);
        for (StagedCard one : cards) {
            changes.addAll(one.takeMistakes(this::docs));
        }
        if (changes.isEmpty() && !always) {
            return false;
        }
        timeline.add(timeline.next() * STEP_NANOS, who, card, what.apply(changes), source, changes);
        changes.stream().filter(Change.Fault.class::isInstance).forEach(fault -> fault.apply(next));
        state = next;
        return true;
    }

    private State look() {
        State next = state.copy();
        for (int i = 0; i < next.buffers(); i++) {
            next.setOwner(i, Owner.POOL);
        }
        for (StagedCard card : cards) {
            card.look(view -> card.look(view, program.queues(card.number()), program.pool(), next));
        }
        for (int[] batch : program.batched()) {
            for (int buffer : batch) {
                next.setOwner(buffer, Owner.BATCH);
            }
        }
        return next;
    }

    /** Frames that came to be behind receive descriptors, as moves. */
    private List<Change> deliveries(List<Change> seen) {
        List<Change> moves = new ArrayList<>();
        for (Change change : seen) {
            if (change instanceof Change.Behind frame && frame.ring() == StagedCard.RX && frame.now() != null) {
                moves.add(new Change.Move(frame.card(), frame.ring(), Place.CARD, Place.RING, frame.now()));
            }
        }
        return moves;
    }

    /** Where a mistake that the card names is explained: where the one is that was switched on. */
    private String docs() {
        return broken.stream()
                .filter(one -> one.info().kind() == FaultInfo.Kind.DRIVER)
                .map(one -> one.info().docs())
                .findFirst()
                .orElse(MISTAKES);
    }

    @Override
    public void close() {
        gate.open();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // it has not far to go, and its memory cannot go before it
            }
        }
        timeline.end();
        Cleanup.run(cards.stream().<Runnable>map(card -> card::close).toList());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

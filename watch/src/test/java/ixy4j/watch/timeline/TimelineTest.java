package ixy4j.watch.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** States that are folded, and what a timeline keeps. */
class TimelineTest {
    private static final List<CardInfo> CARDS = List.of(
            new CardInfo("a", Chip.I82599, "m", List.of(RingPlace.of82599(true, 0), RingPlace.of82599(false, 0))),
            new CardInfo("b", null, "m", List.of()));
    private static final List<RingField> FIELDS = List.of(RingField.values());
    private static final int[] OFFSETS = {0, 8, 0x1010, 0x1018, 0x6018};
    private static final Heading HEADING = new Heading(
            "t",
            Heading.Source.STEPPED,
            CARDS,
            16,
            1984,
            List.of(new FaultInfo("f", FaultInfo.Kind.WIRE, "F", "f.", "watch.md#f", false)));

    /** Changes a state at random, and says how. */
    private static void shake(Random random, State state) {
        CardState card = state.card(0);
        for (int i = random.nextInt(6); i >= 0; i--) {
            RingState ring = card.ring(random.nextInt(2));
            int index = random.nextInt(100);
            switch (random.nextInt(7)) {
                case 0 -> card.registers().set(OFFSETS[random.nextInt(OFFSETS.length)], random.nextInt());
                case 1 -> ring.set(FIELDS.get(random.nextInt(FIELDS.size())), random.nextLong());
                case 2 ->
                    ring.setDescriptor(
                            index,
                            random.nextInt(3) == 0 ? null : new Descriptor(random.nextInt(4), random.nextInt(4)));
                case 3 -> ring.setFrame(index, random.nextInt(3) == 0 ? null : new Frame(index, "00", "text"));
                case 4 -> state.setOwner(random.nextInt(16), new Owner(Owner.Kind.CARD, 0, random.nextInt(2)));
                case 5 -> state.card(1).counts().put("rx_packets", random.nextLong());
                default -> state.card(1).setLink(random.nextInt(3) * 1000);
            }
        }
    }

    @RepeatedTest(20)
    void forwardsAndBackwardsIsTheStart(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        State state = HEADING.before();
        List<Moment> moments = new ArrayList<>();
        State folded = HEADING.before();
        for (int i = 0; i < 60; i++) {
            State next = state.copy();
            shake(random, next);
            List<Change> changes = state.changesTo(next, List.of(OFFSETS, new int[0]));
            moments.add(new Moment(i, i, Who.CARD, 0, "", null, changes));
            folded.apply(moments.getLast());
            assertEquals(next, folded);
            state = next;
        }
        moments.reversed().forEach(folded::undo);
        assertEquals(HEADING.before(), folded);
    }

    @Test
    void itKeepsTheLastAndTheStateBeforeThem() throws InterruptedException {
        Timeline timeline = new Timeline(HEADING, 10);
        State all = HEADING.before();
        for (int i = 0; i < 20; i++) {
            Change change = new Change.Count(0, "rx_packets", i, i + 1);
            timeline.add(i, Who.CARD, 0, "", null, List.of(change));
            change.apply(all);
        }
        assertEquals(20, timeline.next());
        assertEquals(15, timeline.first());
        assertNull(timeline.from(14, 100));
        assertNull(timeline.from(21, 100));
        assertEquals(
                List.of(15L, 16L),
                timeline.from(15, 2).stream().map(Moment::number).toList());
        State folded = timeline.start().state();
        timeline.moments().forEach(folded::apply);
        assertEquals(all, folded);
        assertTrue(Document.start(timeline, 0, null).contains("\"n\":14"), "what had happened before is one moment");
        assertTrue(timeline.await(19, 0));
        timeline.end();
        assertFalse(timeline.await(20, 60_000));
    }

    @Test
    void numbersAreUnsignedAndTextIsEscaped() {
        String json = Document.moments(List.of(new Moment(
                3,
                4,
                Who.DRIVER,
                0,
                "a \"b\" <c>",
                "X.java:1 x",
                Stream.<Change>of(
                                new Change.Reg(0, 8, -1, 0),
                                new Change.Ring(0, 1, RingField.IOVA, 0, 1L << 44),
                                new Change.Desc(0, 1, 2, null, new Descriptor(1, -1)),
                                new Change.Owned(5, Owner.POOL, new Owner(Owner.Kind.RING, 0, 1)),
                                new Change.Fault("f", false, true),
                                new Change.Move(0, -1, Place.WIRE, Place.CARD, new Frame(60, "00", "t")))
                        .toList())));
        assertEquals(
                "[{\"n\":3,\"t\":4,\"who\":\"driver\",\"card\":0,\"what\":\"a \\\"b\\\" \\u003Cc>\",\"src\":\"X.java:1 x\",\"x\":["
                        + "[\"reg\",0,8,4294967295,0],"
                        + "[\"ring\",0,1,\"iova\",\"0x0000000000000000\",\"0x0000100000000000\"],"
                        + "[\"desc\",0,1,2,null,\"0000000000000001 ffffffffffffffff\"],"
                        + "[\"owner\",5,\"pool\",\"ring:0:1\"],"
                        + "[\"fault\",\"f\",false,true],"
                        + "[\"move\",0,-1,\"wire\",\"card\",{\"len\":60,\"hex\":\"00\",\"text\":\"t\"}]]}]",
                json);
    }
}

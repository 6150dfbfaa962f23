package ixy4j.learn;

import ixy4j.MacAddress;
import ixy4j.course.Answers;
import ixy4j.course.Card;
import ixy4j.course.Driver;
import ixy4j.model.EmulatedCard;
import ixy4j.model.Mistakes;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.model.vfiouser.VfioUserServer;
import ixy4j.model.wire.Crossover;
import ixy4j.model.wire.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The JVM in which a learner's driver answers pings: an emulated card is the driver's, and the one at the other end of the
 * cable is served by vfio-user. Cards are played by a thread here, as fast as it goes, and not stepped. Started by
 * {@link Ping}, with the learner's file, the socket's path, {@code all} or {@code few} modules, and the parts that are
 * used. Ends with its standard input.
 */
public final class PingChild {
    /** The line that says that the driver is ready. */
    static final String READY = "ready";

    private static final long LINK = 10_000_000_000L; // ns
    private static final int STAGE = 11;
    private static final PrintStream OUT = System.out;

    private final Checker checker;
    private final String source;
    private final Journal journal = new Journal();
    private final AccessLog log = new AccessLog(false);
    private final boolean all;
    private final Set<Part> used = EnumSet.noneOf(Part.class);

    private PingChild(List<String> words) throws IOException {
        source = Files.readString(Path.of(words.get(0)));
        all = words.get(2).equals("all");
        words.stream().skip(3).map(Part::named).forEach(used::add);
        journal.watch(log);
        checker = new Checker(Stage.of(STAGE), used, all, journal);
    }

    /** Drives a card until standard input ends. */
    public static void main(String[] words) throws IOException {
        System.setOut(System.err); // what the driver prints is none of the parent's
        PingChild child = new PingChild(List.of(words));
        Wire[] ends = Crossover.pair();
        EmulatedCard linux = new ixy4j.model.i82599.Card(
                ends[1], CardOptions.RUNNING.withName("Linux's card").withMac(new MacAddress(0x02_82_59_90_00_01L)));
        VfioUserServer server = new VfioUserServer(words[1], linux, line -> {}, RegisterObserver.NONE);
        linux.start();
        Thread.ofPlatform().name("driver").daemon().start(() -> child.drive(ends[0]));
        System.in.transferTo(OutputStream.nullOutputStream());
        server.close(); // removes the socket
        Runtime.getRuntime().halt(0);
    }

    private void drive(Wire wire) {
        try {
            EmulatedCard model = new ixy4j.model.i82599.Card(
                    wire,
                    CardOptions.RUNNING
                            .withName("the card")
                            .withPolicy(Mistakes.Policy.STOP)
                            .withStrict(true));
            CourseCard card = new CourseCard(model, log, () -> {});
            model.start();
            answer(open(card));
        } catch (Compiler.Refused e) {
            end(checker.check(source));
        } catch (Throwable e) { // whatever a learner's code throws
            end(checker.failed(e));
        }
    }

    private void end(Report report) {
        OUT.print(ReportText.of(report, source));
        OUT.flush();
        Runtime.getRuntime().halt(Child.NOT_PASSED);
    }

    private Driver open(CourseCard card) throws Compiler.Refused {
        List<Driver> drivers = Checker.drivers(Compiler.compile(Sources.of(source, used), all));
        Driver driver = drivers.getFirst();
        Card found = driver.find(List.of(card));
        Bench.require(found == card, "find() did not return the card (datasheet 9.3.1)");
        drivers.forEach(each -> each.use(card));
        driver.reset();
        driver.startLink();
        long end = System.nanoTime() + LINK;
        while (!driver.linkUp()) {
            Bench.require(System.nanoTime() - end < 0, "the link did not come up within 10 seconds: see stage 3");
            Thread.onSpinWait();
        }
        driver.openReceive();
        driver.fillReceive();
        driver.openTransmit();
        driver.acceptBroadcasts();
        return driver;
    }

    private static void answer(Driver driver) throws InterruptedException {
        Answers host = new Answers(driver.macAddress(), Frames.HOST);
        OUT.println(READY);
        while (true) {
            driver.answer(host);
            Thread.sleep(0, 100_000); // a ping can wait, and the virtual machine needs the processor
        }
    }
}

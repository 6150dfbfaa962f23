package ixy4j.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PollerTest {
    private static final long HOURS = 10_000_000_000_000L; // ns

    @Test
    void oneThatIsReadableEndsTheSleepAndIsReadableNoMore() {
        EventFd first = new EventFd();
        EventFd second = new EventFd();
        Poller poller = new Poller(2, first.descriptor(), second.descriptor());
        second.signal();
        second.signal();
        assertEquals(1, poller.await(HOURS));
        assertFalse(second.clear());
        first.signal();
        second.signal();
        assertEquals(0, poller.await(HOURS));
        assertFalse(first.clear() || second.clear(), "both were looked at");
        assertEquals(-1, poller.await(1_000_000), "and with nothing, it ends too");
        second.signal();
        assertEquals(-1, poller.await(1_000_000, 1), "the second is not looked at");
        first.close(this);
        second.close(this);
    }

    @Test
    void oneThatIsNoEventFdIsLeftAsItIs() {
        EventFd first = new EventFd();
        EventFd second = new EventFd();
        Poller poller = new Poller(1, first.descriptor(), second.descriptor());
        second.signal();
        assertEquals(1, poller.await(HOURS));
        assertTrue(second.clear());
        first.close(this);
        second.close(this);
    }

    @Test
    void tooManyFilesAreOneClearLine() {
        assertEquals(
                "no eventfd can be made: EMFILE, too many open files: raise ulimit -n",
                EventFd.refused(24).getMessage());
    }

    @Test
    void oneThatIsClosedEndsTheSleep() throws InterruptedException {
        EventFd file = new EventFd();
        Poller poller = new Poller(1, file.descriptor());
        Thread closing = Thread.ofPlatform().daemon().start(() -> file.close(this));
        assertEquals(0, poller.await(HOURS));
        closing.join();
        assertEquals(0, poller.await(HOURS), "what is in its place says so again");
        file.signal(); // does nothing any more
    }
}

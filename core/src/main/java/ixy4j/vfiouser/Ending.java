package ixy4j.vfiouser;

/** Waits for threads, of both ends. */
public final class Ending {
    private Ending() {}

    /** Waits until a thread has ended, even if this one is interrupted meanwhile, which it is afterwards then. */
    public static void of(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

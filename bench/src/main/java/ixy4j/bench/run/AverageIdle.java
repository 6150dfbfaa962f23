package ixy4j.bench.run;

import ixy4j.IdleStrategy;

/**
 * The rule of ixy: once a second it looks how many frames came, and polls for the next second if the average of the last five
 * such looks is above 1.2 Mpps; otherwise it sleeps whenever there is nothing. It begins asleep.
 */
final class AverageIdle extends RuleIdle {
    private static final long SECOND = 1_000_000_000;
    private static final int LOOKS = 5;
    private static final double THRESHOLD = 1.2; // Mpps
    private static final int TURNS = 1024; // from one look at the clock to the next, while it polls

    private final double[] rates = new double[LOOKS];
    private int looks;
    private long moves; // two for each frame: it is received, and it is sent
    private long since = System.nanoTime();
    private int turns;
    private boolean polls;

    AverageIdle(IdleStrategy sleep) {
        super(sleep);
    }

    @Override
    public void idle(int moved, int kept) {
        moves += moved;
        if (!polls) {
            look();
            sleep.idle(moved, kept);
        } else if (++turns == TURNS) {
            turns = 0;
            look();
        }
    }

    private void look() {
        long now = System.nanoTime();
        if (now - since >= SECOND) {
            rates[looks++ % LOOKS] = 500.0 * moves / (now - since);
            moves = 0;
            since = now;
            double sum = 0;
            for (double rate : rates) {
                sum += rate;
            }
            polls = sum / Math.min(looks, LOOKS) > THRESHOLD;
        }
    }
}

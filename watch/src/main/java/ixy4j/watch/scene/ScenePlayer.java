package ixy4j.watch.scene;

import ixy4j.watch.server.Show;
import ixy4j.watch.timeline.Timeline;
import ixy4j.watch.timeline.Who;

/** Plays a scene: step by step as it is told, or on and on. */
public final class ScenePlayer implements Show, AutoCloseable {
    private final Scene scene;
    private final Thread thread =
            Thread.ofPlatform().name("ixy4j-player").daemon().unstarted(this::run);
    private double rate; // steps a second, 0 while it waits; guarded by this
    private boolean closed;

    /** A player that waits. */
    public ScenePlayer(Scene scene) {
        this.scene = scene;
        thread.start();
    }

    @Override
    public Timeline timeline() {
        return scene.timeline();
    }

    @Override
    public synchronized double rate() {
        return rate;
    }

    @Override
    public void step(int count, Who who) {
        play(0);
        for (int i = 0; i < count && scene.step(who); i++) {
            // until there is nothing to do
        }
    }

    @Override
    public synchronized void play(double stepsPerSecond) {
        rate = stepsPerSecond;
        notifyAll();
    }

    @Override
    public void fault(String name, boolean on) {
        scene.fault(name, on);
    }

    @Override
    public void restart() {
        scene.restart();
    }

    private void run() {
        try {
            while (awaitTurn()) {
                if (!scene.step(null)) {
                    play(0);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does that: it would end
        }
    }

    /** Waits until the next step is due; false if there is to be none. */
    private synchronized boolean awaitTurn() throws InterruptedException {
        while (!closed && rate == 0) {
            wait();
        }
        double now = rate;
        long due = System.nanoTime() + (long) (now == 0 ? 0 : 1e9 / now);
        for (long left = due - System.nanoTime(); !closed && left > 0; left = due - System.nanoTime()) {
            wait(Math.max(1, left / 1_000_000));
            if (rate != now) {
                return awaitTurn();
            }
        }
        return !closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        scene.close();
    }
}

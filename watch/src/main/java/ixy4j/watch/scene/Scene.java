package ixy4j.watch.scene;

import ixy4j.watch.timeline.Timeline;
import ixy4j.watch.timeline.Who;
import java.util.EnumSet;
import java.util.Set;

/**
 * A scene that is played step by step and can begin anew. The same steps give the same moments, but for addresses of memory. Safe
 * for several threads.
 */
public final class Scene implements AutoCloseable {
    private final SceneOptions options;
    private Stage stage;
    private boolean closed;

    /** A scene at its beginning: power has come up, and nobody has done anything. */
    public Scene(SceneOptions options) {
        this.options = options;
        stage = new Stage(options, Set.of());
    }

    /** What has happened since it began last; it ends where the scene begins anew. */
    public synchronized Timeline timeline() {
        return stage.timeline();
    }

    /**
     * Does the next step.
     *
     * @param who {@link Who#DRIVER} or {@link Who#CARD}; null for whoever is next
     * @return whether there was something to do
     */
    public synchronized boolean step(Who who) {
        return !closed && stage.step(who);
    }

    /**
     * Switches a fault. One that a card has from its beginning has the scene begin anew.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public synchronized void fault(String name, boolean on) {
        Breakage one = Breakage.of(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no fault '" + name + "' to be switched"));
        if (!one.info().restarts()) {
            stage.set(one, on);
            return;
        }
        Set<Breakage> broken = EnumSet.noneOf(Breakage.class);
        broken.addAll(stage.broken());
        if (on ? broken.add(one) : broken.remove(one)) {
            restart(broken);
        }
    }

    /** Begins anew, with what is broken. */
    public synchronized void restart() {
        restart(stage.broken());
    }

    private void restart(Set<Breakage> broken) {
        if (!closed) {
            Stage old = stage;
            old.close();
            stage = new Stage(options, broken);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            stage.close();
        }
    }
}

package ixy4j.linux;

import java.util.List;

/** Steps that are all taken, whatever becomes of each: what a close does, and what an opening that failed half-way undoes. */
public final class Cleanup {
    private Cleanup() {}

    /** Takes steps in order, then throws what the first that failed threw, with that of the others suppressed in it. */
    public static void run(Runnable... steps) {
        run(List.of(steps));
    }

    /** Does the same with steps that were collected. */
    public static void run(List<Runnable> steps) {
        Throwable first = null;
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                first = join(first, e);
            }
        }
        switch (first) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(first); // nothing else was caught
        }
    }

    /** Takes steps in order because of a failure, in which theirs are suppressed; the caller throws it. */
    public static void after(Throwable failure, Runnable... steps) {
        try {
            run(steps);
        } catch (RuntimeException | Error e) {
            join(failure, e);
        }
    }

    /** Two steps can fail with one and the same object, which does not suppress itself. */
    private static Throwable join(Throwable first, Throwable next) {
        if (first != null && !first.equals(next)) {
            first.addSuppressed(next);
        }
        return first == null ? next : first;
    }
}

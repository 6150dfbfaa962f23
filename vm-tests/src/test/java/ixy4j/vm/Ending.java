package ixy4j.vm;

/** Closes what a class of tests has made. */
final class Ending {
    private Ending() {}

    /** In this order, and all of them, also where one fails; null is for what was not made. */
    static void of(AutoCloseable... made) {
        AssertionError failed = null;
        for (AutoCloseable one : made) {
            try {
                if (one != null) {
                    one.close();
                }
            } catch (Exception e) {
                failed = failed == null ? new AssertionError("not ended in good order: " + one, e) : failed;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}

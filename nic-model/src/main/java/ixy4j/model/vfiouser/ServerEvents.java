package ixy4j.model.vfiouser;

/** Is told what happens at a server; on the server's thread. Who is not told otherwise hears of refusals alone. */
@FunctionalInterface
public interface ServerEvents {
    /** A client has connected. */
    default void connected() {}

    /** It is gone, and the card is reset; a line that says why. */
    default void disconnected(String why) {}

    /** A command of it was answered with an error; a line that names the command and says why. */
    void refused(String line);
}

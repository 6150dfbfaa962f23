package ixy4j.model.vfiouser;

/** Is told what happens at a server; on the server's thread. */
public interface ServerEvents {
    /** A client has connected. */
    void connected();

    /** It is gone, and the card is reset; a line that says why. */
    void disconnected(String why);

    /** A command of it was answered with an error; a line that names the command and says why. */
    void refused(String line);
}

package ixy4j.vfiouser;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a message (specification, Header):
 *
 * <pre>
 * offset  bytes
 * 0       2      id: of a command, chosen by its sender; of a reply, that of its command
 * 2       2      command
 * 4       4      size of the message in bytes, this header among them
 * 8       4      flags: 0-3 type, 0 a command and 1 a reply; 4 no reply is wanted; 5 a reply that is an error
 * 12      4      errno, where flag 5 is set
 * </pre>
 *
 * @param id 0 to 65535
 * @param command its number, since the other end may send any; see {@link Command#of}
 * @param size as sent, so up to 2^32 - 1
 * @param flags all 32 bits
 * @param error a number of errno, 0 without flag 5
 */
public record Header(int id, int command, long size, int flags, int error) {
    /** Bytes of a header. */
    public static final int BYTES = 16;

    /** The bits of the flags that are the type. */
    public static final int TYPE = 0xf;

    /** The type of a command. */
    public static final int COMMAND = 0;

    /** The type of a reply. */
    public static final int REPLY = 1;

    /** In a command: it must not be answered, not even with an error. */
    public static final int NO_REPLY = 1 << 4;

    /** In a reply: the command failed, and {@link #error} says why. The body is empty then. */
    public static final int ERROR = 1 << 5;

    /** A command with a body of some bytes. */
    public static Header command(int id, Command command, int body, int flags) {
        return new Header(id, command.number, BYTES + body, flags, 0);
    }

    /** The answer to this command, with a body of some bytes. */
    public Header reply(int body) {
        return new Header(id, command, BYTES + body, REPLY, 0);
    }

    /** The answer to this command that says that it failed. */
    public Header failure(int errno) {
        return new Header(id, command, BYTES, REPLY | ERROR, errno);
    }

    /** Whether this is a reply; otherwise a command, or of a type that is not known. */
    public boolean isReply() {
        return (flags & TYPE) == REPLY;
    }

    /** Whether this is a command. */
    public boolean isCommand() {
        return (flags & TYPE) == COMMAND;
    }

    /** Whether a command is to be answered. */
    public boolean wantsReply() {
        return (flags & NO_REPLY) == 0;
    }

    /** Whether a reply says that the command failed. */
    public boolean isError() {
        return (flags & ERROR) != 0;
    }

    /** Reads a header from its 16 bytes. */
    public static Header read(ByteBuffer from) {
        ByteBuffer bytes = from.order(ByteOrder.LITTLE_ENDIAN);
        return new Header(
                Short.toUnsignedInt(bytes.getShort()),
                Short.toUnsignedInt(bytes.getShort()),
                Integer.toUnsignedLong(bytes.getInt()),
                bytes.getInt(),
                bytes.getInt());
    }

    /** Writes the 16 bytes. */
    public void write(ByteBuffer to) {
        to.order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) id)
                .putShort((short) command)
                .putInt((int) size)
                .putInt(flags)
                .putInt(error);
    }
}

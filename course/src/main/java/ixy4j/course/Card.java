package ixy4j.course;

/**
 * A network card as the processor sees it: a few words of PCI configuration space, and registers. A card does something only
 * when it is given time: each read of a register or of memory gives it some. Not safe for several threads.
 */
public interface Card {
    /**
     * Reads 4 bytes of the PCI configuration space (9.3): at 0 the device id in bits 31:16 and the vendor id in bits 15:0; at
     * 4 the command register in bits 15:0; at 8 the class code in bits 31:8.
     *
     * @param offset a multiple of 4, from 0 to 252
     */
    int config(int offset);

    /**
     * Writes 4 bytes there. Of what the course needs, the command register can be changed: bit 1 lets the card answer to
     * its registers, bit 2 lets it read and write memory.
     *
     * @param offset a multiple of 4, from 0 to 252
     */
    void setConfig(int offset, int value);

    /**
     * Reads a register: 4 bytes, as an unsigned number has them.
     *
     * @param register its offset in bytes, as in {@link Reg}
     */
    int read(int register);

    /**
     * Writes a register.
     *
     * @param register its offset in bytes, as in {@link Reg}
     */
    void write(int register, int value);

    /**
     * New memory that this card can reach, all zero. It is freed with the card.
     *
     * @param bytes how many, 1 at least; a card has 16 MiB in all
     */
    Memory memory(int bytes);
}

package ixy4j.xdp;

import java.util.ArrayList;
import java.util.List;

/**
 * A program for the kernel's virtual machine, built instruction by instruction (Linux,
 * Documentation/bpf/standardization/instruction-set.rst). All jumps lead forward, so that a program always ends.
 *
 * <pre>
 * an instruction, 8 bytes:  opcode | source &lt;&lt; 4, destination | offset, 2 bytes | immediate, 4 bytes
 * registers:                0 result, 1 to 5 arguments of a call, which loses them, 6 to 9 kept, 10 the stack
 * </pre>
 */
final class Assembler {
    /** Where jumps lead. */
    static final class Label {
        private int place = -1;
    }

    private record Jump(int from, Label to) {}

    // Widths of loads: the opcode of BPF_LDX | BPF_MEM with each.
    static final int BYTE = 0x71;
    static final int HALF = 0x69;
    static final int WORD = 0x61;

    // Conditions: the opcode of a jump that compares 64 bits with an immediate, and 32 bits.
    private static final int JUMP = 0x05; // BPF_JMP | BPF_JA
    private static final int IF_ABOVE = 0x2d; // BPF_JMP | BPF_JGT | BPF_X
    private static final int IF_BELOW = 0xa5; // BPF_JMP | BPF_JLT | BPF_K
    private static final int IF_ANY_BIT = 0x45; // BPF_JMP | BPF_JSET | BPF_K
    private static final int IF_EQUAL = 0x16; // BPF_JMP32 | BPF_JEQ | BPF_K
    private static final int IF_NOT_EQUAL = 0x56; // BPF_JMP32 | BPF_JNE | BPF_K

    private static final int MOVE = 0xbf; // BPF_ALU64 | BPF_MOV | BPF_X
    private static final int SET = 0xb7; // BPF_ALU64 | BPF_MOV | BPF_K
    private static final int ADD = 0x07; // BPF_ALU64 | BPF_ADD | BPF_K
    private static final int ADD_REGISTER = 0x0f; // BPF_ALU64 | BPF_ADD | BPF_X
    private static final int AND = 0x57; // BPF_ALU64 | BPF_AND | BPF_K
    private static final int SHIFT_LEFT = 0x67; // BPF_ALU64 | BPF_LSH | BPF_K
    private static final int LOAD_64 = 0x18; // BPF_LD | BPF_DW | BPF_IMM, of two instructions
    private static final int MAP_OF_FD = 1; // its source: BPF_PSEUDO_MAP_FD
    private static final int CALL = 0x85;
    private static final int EXIT = 0x95;

    private final List<Long> code = new ArrayList<>();
    private final List<Jump> jumps = new ArrayList<>();

    Assembler load(int width, int to, int from, int offset) {
        return add(width, to, from, offset, 0);
    }

    Assembler move(int to, int from) {
        return add(MOVE, to, from, 0, 0);
    }

    Assembler set(int to, int value) {
        return add(SET, to, 0, 0, value);
    }

    Assembler add(int to, int value) {
        return add(ADD, to, 0, 0, value);
    }

    Assembler addRegister(int to, int from) {
        return add(ADD_REGISTER, to, from, 0, 0);
    }

    Assembler and(int to, int value) {
        return add(AND, to, 0, 0, value);
    }

    Assembler shiftLeft(int to, int bits) {
        return add(SHIFT_LEFT, to, 0, 0, bits);
    }

    /** The address of a map, by its descriptor. */
    Assembler setMap(int to, int fd) {
        return add(LOAD_64, to, MAP_OF_FD, 0, fd).add(0, 0, 0, 0, 0);
    }

    Assembler call(int helper) {
        return add(CALL, 0, 0, 0, helper);
    }

    Assembler exit() {
        return add(EXIT, 0, 0, 0, 0);
    }

    Assembler jump(Label to) {
        return jump(JUMP, 0, 0, 0, to);
    }

    /** If one register is above another, without sign. */
    Assembler ifAbove(int register, int other, Label to) {
        return jump(IF_ABOVE, register, other, 0, to);
    }

    Assembler ifBelow(int register, int value, Label to) {
        return jump(IF_BELOW, register, 0, value, to);
    }

    /** If one of these bits is set. */
    Assembler ifAnyBit(int register, int bits, Label to) {
        return jump(IF_ANY_BIT, register, 0, bits, to);
    }

    /** If the lower 32 bits are these. */
    Assembler ifEqual(int register, int value, Label to) {
        return jump(IF_EQUAL, register, 0, value, to);
    }

    Assembler ifNotEqual(int register, int value, Label to) {
        return jump(IF_NOT_EQUAL, register, 0, value, to);
    }

    /** The next instruction is where jumps to a label lead. */
    Assembler here(Label label) {
        label.place = code.size();
        return this;
    }

    /** The instructions. */
    long[] assemble() {
        long[] program = code.stream().mapToLong(Long::longValue).toArray();
        for (Jump jump : jumps) {
            int distance = jump.to.place - jump.from - 1;
            if (distance < 0 || distance > Short.MAX_VALUE) {
                throw new IllegalStateException("a jump from " + jump.from + " leads to " + jump.to.place);
            }
            program[jump.from] |= (long) distance << 16;
        }
        return program;
    }

    private Assembler jump(int opcode, int register, int other, int value, Label to) {
        jumps.add(new Jump(code.size(), to));
        return add(opcode, register, other, 0, value);
    }

    private Assembler add(int opcode, int to, int from, int offset, int value) {
        code.add(opcode | (long) (from << 4 | to) << 8 | (offset & 0xffffL) << 16 | (long) value << 32);
        return this;
    }
}

package ixy4j.memory;

import ixy4j.IxyException;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.DmaTarget;

/** A program that asks for memory of each kind and touches all of it: what it gets, or is told, is a line each. */
final class MemoryProbe {
    private record Target(boolean needsPhysicalAddresses, boolean needsFile) implements DmaSpace {}

    private MemoryProbe() {}

    /** Arguments: how many pages of 2 MiB to ask for, and what the kinds to try begin with, all without. */
    public static void main(String[] args) {
        for (boolean file : new boolean[] {false, true}) {
            for (boolean physical : new boolean[] {false, true}) {
                String kind = (physical ? "physical" : "virtual") + (file ? " file: " : ": ");
                if (args.length < 2 || kind.startsWith(args[1])) {
                    System.out.println(kind + touch(Integer.parseInt(args[0]), new Target(physical, file)));
                }
            }
        }
    }

    private static String touch(int pages, DmaTarget target) {
        try (DmaMemory memory = DmaMemory.allocate((long) pages * DmaMemory.PAGE, target)) {
            for (long at = memory.address(); at < memory.address() + memory.size(); at += 4096) {
                RawMemory.setByte(at, (byte) 1);
            }
            return "touched";
        } catch (IxyException e) {
            return e.getMessage();
        }
    }
}

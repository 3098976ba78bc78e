package ringside.emulator.engine.unicorn;

import java.util.Arrays;

/**
 * A straight run of guest instructions as the engine translated it, decoded.
 *
 * @param id      index in the list of blocks; what BLOCK records name
 * @param address of the first instruction, linear: in a segment whose base is not 0 that is not RIP
 * @param offsets of each instruction from {@code address}, and last the size of the block, bytes
 * @param elapsed cost of all before each instruction, and last of the whole block
 * @param probes  for each instruction the indices of the probes on it, or {@code null}; {@code null} where there is
 *                none in the block
 * @param repeats whether the last instruction is a string instruction with a repeat prefix
 * @param care    what is to be done before it runs: flags of {@link BlockTable}, 0 for nearly all
 * @param operand where its memory operand is, for {@link BlockTable#ALIGNED}
 * @param code    its bytes
 * @param bits    16, 32 or 64: what the code segment says
 */
record Block(int id, long address, int[] offsets, int[] elapsed, int[][] probes, boolean repeats,
        int care, long operand, byte[] code, int bits) {
    int instructions() {
        return offsets.length - 1;
    }

    int size() {
        return offsets[offsets.length - 1];
    }

    long at(final int instruction) {
        return address + offsets[instruction];
    }

    int length(final int instruction) {
        return offsets[instruction + 1] - offsets[instruction];
    }

    /** {@return whether a probe is on one of its instructions} */
    boolean hasProbes() {
        return probes != null;
    }

    /** {@return how many instructions lie before an address inside the block; all of them for one outside} */
    int before(final long rip) {
        final long offset = rip - address;
        if (offset < 0 || offset >= size()) {
            return instructions();
        }
        final int found = Arrays.binarySearch(offsets, (int) offset);
        return found >= 0 ? found : -found - 2;
    }

    int cyclesFrom(final int instruction) {
        return elapsed[instructions()] - elapsed[instruction];
    }

    /** {@return sums for {@link #elapsed}} */
    static int[] sums(final int... cycles) {
        final int[] sums = new int[cycles.length + 1];
        for (int i = 0; i < cycles.length; i++) {
            sums[i + 1] = sums[i] + cycles[i];
        }
        return sums;
    }
}

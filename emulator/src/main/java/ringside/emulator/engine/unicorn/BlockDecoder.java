package ringside.emulator.engine.unicorn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import ringside.emulator.engine.CpuEngine;
import ringside.emulator.engine.EngineConfig;
import ringside.emulator.engine.GuestPaging;
import ringside.emulator.timing.TimingModel;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.image.Probe;

/**
 * Decodes a block when the engine has just translated it: where its instructions start, what they cost, which probes
 * they carry.
 *
 * <p>Where the disassembler knows no instruction but the engine does, the rest of the block counts as one.
 */
final class BlockDecoder implements AutoCloseable {
    /** A translated block never spans more than two pages; a larger size is the engine's mark for "unknown". */
    private static final int LONGEST = 2 * EngineConfig.PAGE;
    private static final int MOST_INSTRUCTIONS = LONGEST + 1;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment code = arena.allocate(LONGEST + Disassembler.LONGEST);
    private final int[] offsets = new int[MOST_INSTRUCTIONS + 1];
    private final Disassembler decoder64 = Disassembler.bits64();
    private final Disassembler decoder32 = Disassembler.bits32();
    private final Disassembler decoder16 = Disassembler.bits16();
    private final TimingModel timing;
    private List<Probe> probes = List.of();

    BlockDecoder(final TimingModel timing) {
        this.timing = timing;
    }

    /** Sets the probes that blocks decoded from now on carry. */
    void probes(final List<Probe> all) {
        probes = all;
    }

    /** {@return the block} {@code address} is linear, {@code bits} 16, 32 or 64. */
    Block decode(final CpuEngine cpu, final int id, final long address, final int size, final int bits) {
        final boolean sized = size > 0 && size <= LONGEST;
        final int readable = read(cpu, address, sized ? size : Disassembler.LONGEST);
        final boolean bits64 = bits == Long.SIZE;
        final Disassembler decoder = bits64 ? decoder64 : bits == Integer.SIZE ? decoder32 : decoder16;
        int count = 0;
        int at = 0;
        int last = 0;
        while (at < readable) {
            last = at;
            final int length = decoder.length(code, at, readable - at, address + at);
            offsets[count++] = at;
            at = length == 0 ? readable : at + length;
        }
        if (count == 0) {
            offsets[count++] = 0;
            at = sized ? size : 1;
        }
        offsets[count] = at;
        final int[] starts = Arrays.copyOf(offsets, count + 1);
        final int[] cycles = new int[count];
        for (int i = 0; i < count; i++) {
            cycles[i] = timing.cycles(address + starts[i], starts[i + 1] - starts[i]);
        }
        return new Block(id, address, starts, cycles, probesIn(address, starts), repeats(last, readable, bits64));
    }

    /** {@return how many bytes of the instruction at a linear address are there} They are in {@code into}. */
    int readCode(final CpuEngine cpu, final long address, final byte[] into) {
        final int length = read(cpu, address, Disassembler.LONGEST);
        MemorySegment.copy(code, ValueLayout.JAVA_BYTE, 0, into, 0, length);
        return length;
    }

    private int read(final CpuEngine cpu, final long address, final int size) {
        final MemorySegment ram = cpu.ram();
        int done = 0;
        while (done < size) {
            final long physical = GuestPaging.translate(cpu, address + done);
            if (physical == GuestPaging.UNMAPPED) {
                break;
            }
            final int inPage = EngineConfig.PAGE - (int) (physical & EngineConfig.PAGE - 1);
            final int piece = Math.min(inPage, size - done);
            MemorySegment.copy(ram, physical, code, done, piece);
            done += piece;
        }
        return done;
    }

    private int[][] probesIn(final long address, final int[] starts) {
        int[][] found = null;
        for (int index = 0; index < probes.size(); index++) {
            final long offset = probes.get(index).address() - address;
            final int instruction = offset < 0 || offset >= starts[starts.length - 1]
                    ? -1 : Arrays.binarySearch(starts, (int) offset);
            if (instruction >= 0) {
                if (found == null) {
                    found = new int[starts.length - 1][];
                }
                final int[] before = found[instruction] == null ? new int[0] : found[instruction];
                found[instruction] = Arrays.copyOf(before, before.length + 1);
                found[instruction][before.length] = index;
            }
        }
        return found;
    }

    // INS, OUTS, MOVS, CMPS, STOS, LODS and SCAS behind F2 or F3 (Intel SDM volume 2, REP).
    private boolean repeats(final int last, final int end, final boolean bits64) {
        final int opcode = skipPrefixes(last, end, bits64);
        boolean prefix = false;
        for (int at = last; at < opcode; at++) {
            final int octet = octet(at);
            prefix |= octet == 0xF2 || octet == 0xF3;
        }
        return prefix && opcode < end && switch (octet(opcode)) {
            case 0x6C, 0x6D, 0x6E, 0x6F, 0xA4, 0xA5, 0xA6, 0xA7, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF -> true;
            default -> false;
        };
    }

    /** {@return whether the output instruction at an address is OUT, and not OUTS} */
    boolean isOut(final CpuEngine cpu, final long address) {
        final int end = read(cpu, address, Disassembler.LONGEST);
        final int opcode = skipPrefixes(0, end, true);
        return opcode < end && switch (octet(opcode)) {
            case 0xE6, 0xE7, 0xEE, 0xEF -> true;
            default -> false;
        };
    }

    private int skipPrefixes(final int from, final int end, final boolean bits64) {
        int at = from;
        while (at < end && isPrefix(octet(at), bits64)) {
            at++;
        }
        return at;
    }

    private static boolean isPrefix(final int octet, final boolean bits64) {
        return switch (octet) {
            case 0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67, 0xF0, 0xF2, 0xF3 -> true;
            default -> bits64 && (octet & 0xF0) == 0x40;
        };
    }

    private int octet(final int at) {
        return Byte.toUnsignedInt(code.get(ValueLayout.JAVA_BYTE, at));
    }

    @Override
    public void close() {
        decoder64.close();
        decoder32.close();
        decoder16.close();
        arena.close();
    }
}

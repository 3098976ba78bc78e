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
 * Decodes code when the engine is about to translate it, and says how far a block may go: where its instructions
 * start, what they cost, which probes they carry.
 *
 * <p>A block ends with its page, because the library would take a page fault of a block's second page for one of its
 * first instruction. An instruction that needs care ({@link Supervision}), or that the disassembler does not know, is
 * a block of its own.
 */
final class BlockDecoder implements AutoCloseable {
    /** A translated block never spans more than two pages; a larger size is the engine's mark for "unknown". */
    private static final int LONGEST = 2 * EngineConfig.PAGE;
    private static final int MOST_INSTRUCTIONS = CpuEngine.LONGEST_BLOCK;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment code = arena.allocate(LONGEST + Disassembler.LONGEST);
    private final Disassembler decoder64 = Disassembler.bits64();
    private final Disassembler decoder32 = Disassembler.bits32();
    private final Disassembler decoder16 = Disassembler.bits16();
    private final GuestInstruction instruction = new GuestInstruction();
    private final TimingModel timing;
    private List<Probe> probes = List.of();

    /** What was decoded last: offsets from {@link #address} of {@link #count} instructions and of the end. */
    private final int[] offsets = new int[MOST_INSTRUCTIONS + 1];
    private long address;
    private int bits;
    private int count;
    private int care;
    private boolean alone;

    BlockDecoder(final TimingModel timing) {
        this.timing = timing;
    }

    /** Sets the probes that blocks decoded from now on carry. */
    void probes(final List<Probe> all) {
        probes = all;
    }

    /**
     * {@return how many instructions a block may have}
     *
     * @param cpu   whose memory
     * @param place linear address of the first
     * @param flags as the library keys translations
     * @param most  what the library would take; 1 where a store hit its own block and is done again alone
     */
    int limit(final CpuEngine cpu, final long place, final int flags, final int most) {
        address = place;
        bits = Env.codeBits(flags);
        alone = most == 1;
        final int page = EngineConfig.PAGE - (int) (place & EngineConfig.PAGE - 1);
        final int readable = read(cpu, place, page + Disassembler.LONGEST);
        final int allowed = Supervision.alone(flags) ? 1 : Math.min(most, MOST_INSTRUCTIONS);
        final Disassembler decoder = decoder();
        care = 0;
        count = 0;
        int at = 0;
        boolean more = true;
        while (more && count < allowed && at < page) {
            final int available = Math.min(readable - at, Disassembler.LONGEST);
            final int length = available <= 0 ? 0 : decoder.length(code, at, available, place + at);
            final int careful = length == 0 ? BlockTable.SUPERVISED : careful(at, length, flags);
            more = length != 0 && careful == 0 && at + length <= page;
            if (more || count == 0) {
                care = careful;
                offsets[count++] = at;
                at += length;
                more &= !instruction.endsBlock();
            }
        }
        offsets[count] = at;
        return count;
    }

    private int careful(final int at, final int length, final int flags) {
        MemorySegment.copy(code, ValueLayout.JAVA_BYTE, at, instruction.code(), 0, length);
        return instruction.parse(length, bits) ? Supervision.care(instruction, address + at + length, flags)
                : BlockTable.SUPERVISED;
    }

    private Disassembler decoder() {
        return switch (bits) {
            case Long.SIZE -> decoder64;
            case Integer.SIZE -> decoder32;
            default -> decoder16;
        };
    }

    /** {@return whether the block decoded last was asked for as one instruction} */
    boolean alone() {
        return alone;
    }

    /** {@return the block that the library has translated} {@code address} is linear. */
    Block decode(final CpuEngine cpu, final int id, final long place, final int size, final int flags) {
        if (place != address || Env.codeBits(flags) != bits) {
            limit(cpu, place, flags, MOST_INSTRUCTIONS);
        }
        final int[] starts = starts(size > 0 && size <= LONGEST ? size : 1);
        final int[] cycles = new int[starts.length - 1];
        for (int i = 0; i < cycles.length; i++) {
            cycles[i] = timing.cycles(place + starts[i], starts[i + 1] - starts[i]);
        }
        read(cpu, place, starts[starts.length - 1]);
        final int last = starts[starts.length - 2];
        MemorySegment.copy(code, ValueLayout.JAVA_BYTE, last, instruction.code(), 0,
                Math.min(starts[starts.length - 1] - last, Disassembler.LONGEST));
        instruction.parse(Math.min(starts[starts.length - 1] - last, Disassembler.LONGEST), bits);
        final int flagged = cycles.length == 1 ? care | Supervision.resumes(flags) : 0;
        return new Block(id, place, starts, Block.sums(cycles), probesIn(place, starts), instruction.repeats(), flagged,
                (flagged & BlockTable.ALIGNED) != 0 ? instruction.operand() : 0,
                bytes(starts[starts.length - 1]), bits);
    }

    private byte[] bytes(final int size) {
        final byte[] bytes = new byte[size];
        MemorySegment.copy(code, ValueLayout.JAVA_BYTE, 0, bytes, 0, size);
        return bytes;
    }

    /** What was decoded, as far as the library went; where it went elsewhere, the rest is one instruction. */
    private int[] starts(final int size) {
        for (int i = 1; i <= count; i++) {
            if (offsets[i] >= size) {
                final int[] starts = Arrays.copyOf(offsets, i + 1);
                starts[i] = size;
                return starts;
            }
        }
        final int[] starts = Arrays.copyOf(offsets, count + 1);
        starts[count] = size;
        return starts;
    }

    /** {@return how many bytes of the instruction at a linear address are there} They are in {@code into}. */
    int readCode(final CpuEngine cpu, final long place, final byte[] into) {
        final int length = read(cpu, place, Disassembler.LONGEST);
        MemorySegment.copy(code, ValueLayout.JAVA_BYTE, 0, into, 0, length);
        return length;
    }

    private int read(final CpuEngine cpu, final long place, final int size) {
        final MemorySegment ram = cpu.ram();
        int done = 0;
        while (done < size) {
            final long physical = GuestPaging.translate(cpu, place + done);
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

    private int[][] probesIn(final long place, final int[] starts) {
        int[][] found = null;
        for (int index = 0; index < probes.size(); index++) {
            final long offset = probes.get(index).address() - place;
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

    /** {@return whether the output instruction at an address is OUT, and not OUTS} */
    boolean isOut(final CpuEngine cpu, final long place, final int width) {
        final int length = readCode(cpu, place, instruction.code());
        return instruction.parse(length, width) && instruction.map() == GuestInstruction.ONE_BYTE
                && switch (instruction.opcode()) {
                    case 0xE6, 0xE7, 0xEE, 0xEF -> true;
                    default -> false;
                };
    }

    @Override
    public void close() {
        decoder64.close();
        decoder32.close();
        decoder16.close();
        arena.close();
    }
}

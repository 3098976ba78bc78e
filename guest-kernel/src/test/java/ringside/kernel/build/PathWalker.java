package ringside.kernel.build;

import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ImageSegment;

/**
 * Follows one path through an image's code without executing it: at each conditional jump it is told which way to go.
 */
public final class PathWalker {
    private static final int MOST = 1000;

    private final GuestImage image;

    /** Walks in an image. */
    public PathWalker(final GuestImage image) {
        this.image = image;
    }

    /**
     * Walks from a symbol to the SYSRET.
     *
     * @param start     symbol
     * @param decisions one letter a conditional jump, in order: {@code y} where it is taken, {@code n} where not
     * @param indirect  symbols that indirect calls go to, in order
     * @return all instructions, the SYSRET included
     */
    public List<Instruction> walk(final String start, final String decisions, final String... indirect) {
        final List<Instruction> path = new ArrayList<>();
        final Deque<Long> returns = new ArrayDeque<>();
        int decision = 0;
        int call = 0;
        long address = address(start);
        try (Disassembler disassembler = Disassembler.bits64()) {
            while (path.size() < MOST) {
                final Instruction instruction = decode(disassembler, address);
                path.add(instruction);
                final long next = address + instruction.length();
                final String mnemonic = instruction.mnemonic();
                if (mnemonic.startsWith("sysret")) {
                    if (decision != decisions.length()) {
                        throw new IllegalStateException("the path has fewer conditional jumps: " + decision);
                    }
                    return path;
                }
                if (mnemonic.equals("ret")) {
                    address = returns.pop();
                } else if (mnemonic.equals("call")) {
                    returns.push(next);
                    address = instruction.operands().startsWith("0x")
                            ? target(instruction) : address(indirect[call++]);
                } else if (mnemonic.equals("jmp")) {
                    address = target(instruction);
                } else if (mnemonic.startsWith("j")) {
                    address = decisions.charAt(decision++) == 'y' ? target(instruction) : next;
                } else {
                    address = next;
                }
            }
        }
        throw new IllegalStateException("no SYSRET after " + MOST + " instructions");
    }

    private long address(final String symbol) {
        return image.symbols().byName(symbol).orElseThrow().address();
    }

    private static long target(final Instruction instruction) {
        return Long.parseUnsignedLong(instruction.operands().substring(2), 16);
    }

    private Instruction decode(final Disassembler disassembler, final long address) {
        for (final ImageSegment segment : image.segments()) {
            if (segment.contains(address)) {
                final long offset = address - segment.virtual();
                final int length = (int) Math.min(Disassembler.LONGEST, segment.content().byteSize() - offset);
                final byte[] code = segment.content().asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
                return disassembler.decode(code, 0, length, address).orElseThrow();
            }
        }
        throw new IllegalStateException("no code at 0x" + Long.toHexString(address));
    }
}

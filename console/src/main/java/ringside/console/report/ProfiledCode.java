package ringside.console.report;

import java.nio.charset.StandardCharsets;
import ringside.profiler.profile.Flow;
import ringside.profiler.profile.GuestCode;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ImageSegment;
import ringside.toolchain.image.ImageSymbol;

/** What an image says about the code that a guest executes, as it was loaded. Code from elsewhere has no routines. */
public final class ProfiledCode implements GuestCode, AutoCloseable {
    private static final int LONGEST_TEXT = 32;
    private static final int DELETE = 0x7f;

    private final GuestImage image;
    private final Disassembler disassembler;

    private ProfiledCode(final GuestImage image, final Disassembler disassembler) {
        this.image = image;
        this.disassembler = disassembler;
    }

    /**
     * {@return a view; its owner closes it}
     *
     * @param image whose code
     */
    public static ProfiledCode of(final GuestImage image) {
        return new ProfiledCode(image, Disassembler.bits64());
    }

    /**
     * {@return a symbol's name, with its address where the image has several of that name}
     *
     * @param image  that has it
     * @param symbol one of its symbols
     */
    public static String name(final GuestImage image, final ImageSymbol symbol) {
        final boolean first = image.symbols().byName(symbol.name())
            .filter(named -> named.address() == symbol.address()).isPresent();
        return first ? symbol.name() : symbol.name() + "@0x" + Long.toHexString(symbol.address());
    }

    @Override
    public String routine(final long address) {
        return image.symbols().at(address).map(symbol -> name(image, symbol)).orElse("");
    }

    @Override
    public Flow flow(final long address) {
        // Calls and returns have the same codes in 32-bit code.
        for (final ImageSegment segment : image.segments()) {
            if (segment.contains(address)) {
                final long left = segment.memorySize() - (address - segment.virtual());
                final byte[] bytes = image.memory(address, (int) Math.min(left, Disassembler.LONGEST));
                return disassembler.decode(bytes, 0, bytes.length, address).map(Instruction::mnemonic).map(Flow::of)
                    .orElse(Flow.NONE);
            }
        }
        return Flow.NONE;
    }

    @Override
    public String text(final long address) {
        for (final ImageSegment segment : image.segments()) {
            if (segment.contains(address)) {
                final long left = segment.memorySize() - (address - segment.virtual());
                final byte[] bytes = image.memory(address, (int) Math.min(left, LONGEST_TEXT));
                int length = 0;
                while (length < bytes.length && bytes[length] > ' ' && bytes[length] < DELETE) {
                    length++;
                }
                return new String(bytes, 0, length, StandardCharsets.US_ASCII);
            }
        }
        return "";
    }

    @Override
    public void close() {
        disassembler.close();
    }
}

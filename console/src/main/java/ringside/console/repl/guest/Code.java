package ringside.console.repl.guest;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;
import ringside.toolchain.image.SourceLine;

/** A guest's code as it lies in its memory at this moment, decoded, with where it came from. */
public final class Code implements AutoCloseable {
    private static final Pattern DIRECT_TARGET = Pattern.compile("0x[0-9a-f]{1,16}");
    private static final Pattern RELATIVE_OPERAND = Pattern.compile("\\[rip ([+-]) (0x[0-9a-f]+|\\d+)\\]");

    private final Guest guest;
    private Disassembler wide;
    private Disassembler narrow;
    private Disassembler real;

    Code(final Guest guest) {
        this.guest = guest;
    }

    /**
     * An instruction at a place.
     *
     * @param address virtual
     * @param length  bytes, 1 where they are no instruction
     * @param bytes   two hexadecimal digits each
     * @param text    Intel syntax
     * @param target  what its address operand means; empty where it has none
     */
    public record Line(long address, int length, String bytes, String text, String target) {
        /** {@return whether it calls a routine} */
        public boolean isCall() {
            return text.startsWith("call");
        }

        /** {@return whether it enters the kernel} */
        public boolean isSystemCall() {
            return text.startsWith("syscall") || text.startsWith("sysenter") || text.startsWith("int ");
        }

        /** {@return whether it is a string instruction that repeats} */
        public boolean isRepeated() {
            return text.startsWith("rep");
        }

        /** {@return the text, and the target behind it} */
        public String whole() {
            return target.isEmpty() ? text : text + "  <" + target + ">";
        }
    }

    /** {@return bits of the code that the CPU runs: 16, 32 or 64} */
    public int bits() {
        return guest.system().codeWidth();
    }

    private Disassembler decoder() {
        switch (bits()) {
            case Long.SIZE:
                wide = wide == null ? Disassembler.bits64() : wide;
                return wide;
            case Integer.SIZE:
                narrow = narrow == null ? Disassembler.bits32() : narrow;
                return narrow;
            default:
                real = real == null ? Disassembler.bits16() : real;
                return real;
        }
    }

    /**
     * {@return the instruction at an address; empty where nothing is mapped}
     *
     * @param address virtual
     */
    public Optional<Line> at(final long address) {
        final byte[] bytes = guest.memory().read(address, Disassembler.LONGEST, false);
        if (bytes.length == 0) {
            return Optional.empty();
        }
        final Optional<Instruction> instruction = decoder().decode(bytes, 0, bytes.length, address);
        final int length = instruction.map(Instruction::length).orElse(1);
        final String content = HexFormat.of().formatHex(bytes, 0, length);
        return Optional.of(new Line(address, length, content,
            instruction.map(Instruction::text).orElse(".byte 0x" + content),
            instruction.map(this::target).orElse("")));
    }

    /** What an instruction's address operand means; empty where it has none or where nothing is known of it. */
    private String target(final Instruction instruction) {
        final String mnemonic = instruction.mnemonic();
        if (DIRECT_TARGET.matcher(instruction.operands()).matches()
                && (mnemonic.startsWith("j") || mnemonic.startsWith("call") || mnemonic.startsWith("loop"))) {
            return guest.symbol(Long.parseUnsignedLong(instruction.operands().substring(2), 16));
        }
        final Matcher relative = RELATIVE_OPERAND.matcher(instruction.operands());
        if (relative.find()) {
            final long distance = Long.decode(relative.group(2));
            final long next = instruction.address() + instruction.length();
            return guest.symbol("+".equals(relative.group(1)) ? next + distance : next - distance);
        }
        return "";
    }

    /**
     * {@return the source line that made the code at an address}
     *
     * @param address virtual
     */
    public Optional<SourceLine> line(final long address) {
        return guest.image().lines().at(address);
    }

    /**
     * {@return the text of the source line that made the code at an address}
     *
     * @param address virtual
     */
    public Optional<String> source(final long address) {
        return line(address).flatMap(guest.texts()::text);
    }

    @Override
    public void close() {
        for (final Disassembler decoder : new Disassembler[] {wide, narrow, real}) {
            if (decoder != null) {
                decoder.close();
            }
        }
    }
}

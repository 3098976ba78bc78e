package ringside.console.report;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ImageSegment;
import ringside.toolchain.image.ImageSymbol;
import ringside.toolchain.image.ObjectSymbol;
import ringside.toolchain.image.SourceLine;

/** An image's code as it was loaded, disassembled where it is asked for. */
public final class ImageCode implements CodeView, AutoCloseable {
    private static final Pattern BRANCH = Pattern.compile("((?:j\\w+|call) )0x([0-9a-f]{1,16})");
    private static final Pattern RELATIVE = Pattern.compile("\\[rip(?: ([+-]) 0x([0-9a-f]{1,8}))?\\]");
    private static final Pattern PLACE = Pattern.compile("(?<![\\w+])0x([0-9a-f]{5,16})\\b");
    private static final int HEX = 16;

    private final GuestImage image;
    private final Disassembler code64 = Disassembler.bits64();
    private final Disassembler code32 = Disassembler.bits32();
    private final Disassembler code16 = Disassembler.bits16();

    private ImageCode(final GuestImage image) {
        this.image = image;
    }

    /**
     * {@return a view; its owner closes it}
     *
     * @param image whose code
     */
    public static ImageCode of(final GuestImage image) {
        return new ImageCode(image);
    }

    @Override
    public String routine(final long address) {
        return image.symbols().at(address).map(ImageSymbol::name).orElse("");
    }

    @Override
    public long offset(final long address) {
        return address - image.symbols().at(address).map(ImageSymbol::address).orElse(0L);
    }

    @Override
    public String instruction(final long address) {
        final byte[] bytes = bytes(address);
        return code64.decode(bytes, 0, bytes.length, address).map(this::withSymbol)
                .orElseGet(() -> "bytes " + HexFormat.ofDelimiter(" ").formatHex(bytes));
    }

    /**
     * {@return the instruction at the address without what the linker chose: places have the names of what is there,
     * and inside a routine that of the routine, so that code which only moved reads the same}
     *
     * @param address virtual
     * @param width   of the code segment that it ran in, bits: 16, 32 or 64
     */
    public String stable(final long address, final int width) {
        final byte[] bytes = bytes(address);
        return decoder(width).decode(bytes, 0, bytes.length, address).map(this::withoutPlaces)
                .orElseGet(() -> "bytes " + HexFormat.ofDelimiter(" ").formatHex(bytes));
    }

    private Disassembler decoder(final int width) {
        return switch (width) {
            case Long.SIZE -> code64;
            case Integer.SIZE -> code32;
            default -> code16;
        };
    }

    private String withoutPlaces(final Instruction instruction) {
        final long next = instruction.address() + instruction.length();
        final String relative = RELATIVE.matcher(instruction.text()).replaceAll(found -> {
            final long distance = found.group(2) == null ? 0 : Long.parseLong(found.group(2), HEX);
            return Matcher.quoteReplacement("[rip -> "
                    + place(next + ("-".equals(found.group(1)) ? -distance : distance)) + "]");
        });
        return PLACE.matcher(relative).replaceAll(found -> {
            final long target = Long.parseUnsignedLong(found.group(1), HEX);
            return Matcher.quoteReplacement(image.segments().stream().anyMatch(segment -> segment.contains(target))
                    ? place(target) : found.group());
        });
    }

    /** Offsets into data are part of what the code does; those into a routine move with every instruction before. */
    private String place(final long address) {
        final String place = image.symbols().format(address);
        return image.symbols().at(address).map(symbol -> symbol.kind() == ObjectSymbol.Kind.OBJECT
                || place.indexOf('+') < 0 ? place : symbol.name()).orElse("?");
    }

    @Override
    public Optional<SourceLine> source(final long address) {
        return image.lines().at(address);
    }

    @Override
    public void close() {
        code64.close();
        code32.close();
        code16.close();
    }

    /** A branch names where it goes. */
    private String withSymbol(final Instruction instruction) {
        final Matcher target = BRANCH.matcher(instruction.text());
        return target.matches()
                ? target.group(1) + image.symbols().format(Long.parseUnsignedLong(target.group(2), HEX))
                : instruction.text();
    }

    private byte[] bytes(final long address) {
        for (final ImageSegment segment : image.segments()) {
            if (segment.contains(address)) {
                final long left = segment.memorySize() - (address - segment.virtual());
                return image.memory(address, (int) Math.min(left, Disassembler.LONGEST));
            }
        }
        return new byte[0];
    }
}

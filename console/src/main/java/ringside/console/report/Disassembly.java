package ringside.console.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ImageFormat;
import ringside.toolchain.image.ImageSegment;
import ringside.toolchain.image.ImageSymbol;
import ringside.toolchain.image.ObjectSymbol.Kind;

/**
 * Finds a stretch of code in an image by name or address and decodes it.
 *
 * <p>A routine is named by its symbol, or by any address inside; a label inside a routine means from there to the
 * routine's end; {@code FROM..TO} means the bytes from FROM up to TO.
 */
public final class Disassembly {
    private static final int MOST_BYTES = 1 << 20;
    private static final int SUGGESTIONS = 5;
    private static final Pattern ADDRESS = Pattern.compile("0[xX][0-9a-fA-F]{1,16}");
    private static final Pattern DIRECT_TARGET = Pattern.compile("0x[0-9a-f]{1,16}");
    private static final Pattern RELATIVE_OPERAND = Pattern.compile("\\[rip ([+-]) (0x[0-9a-f]+|\\d+)\\]");

    private final GuestImage image;
    private final Map<Long, String> labels = new TreeMap<>();

    /**
     * Looks at an image's code.
     *
     * @param image whose
     */
    public Disassembly(final GuestImage image) {
        this.image = image;
        for (final ImageSymbol symbol : image.symbols().all()) {
            if (symbol.kind() != Kind.CONSTANT && symbol.kind() != Kind.PROBE) {
                labels.putIfAbsent(symbol.address(), symbol.name());
            }
        }
    }

    /**
     * {@return the code that {@code what} names}
     *
     * @param what a symbol, an address, or two of them with {@code ..} between
     * @param bits 32 or 64; empty to decide by where the code is
     * @throws UnknownCodeException when the image has no such code
     */
    public Listing list(final String what, final Optional<Integer> bits) {
        final int dots = what.indexOf("..");
        if (dots >= 0) {
            final long start = place(what.substring(0, dots));
            return list(what, start, place(what.substring(dots + 2)) - start, bits);
        }
        final long place = place(what);
        final ImageSymbol routine = image.symbols().at(place).filter(symbol -> symbol.size() > 0)
            .orElseThrow(() -> new UnknownCodeException("no routine of known size at " + what + " in " + image.name()
                + ": name a range, e.g. " + hex(place) + ".." + hex(place + Disassembler.LONGEST)));
        final boolean whole = ADDRESS.matcher(what).matches() || place == routine.address();
        final long start = whole ? routine.address() : place;
        return list(whole ? routine.name() : what, start, routine.address() + routine.size() - start, bits);
    }

    /** {@return every routine, by address: start, size, name} */
    public List<ImageSymbol> routines() {
        return image.symbols().all().stream()
            .filter(symbol -> symbol.kind() == Kind.FUNCTION)
            .sorted(Comparator.comparing(ImageSymbol::address, Long::compareUnsigned)
                .thenComparing(ImageSymbol::name))
            .toList();
    }

    private Listing list(final String name, final long start, final long size, final Optional<Integer> bits) {
        if (size <= 0 || size > MOST_BYTES) {
            throw new UnknownCodeException(name + ": a range goes upwards and holds at most " + MOST_BYTES
                + " bytes: size=" + size);
        }
        final byte[] code = bytes(name, start, (int) size);
        final List<Listing.Line> lines = new ArrayList<>();
        try (Disassembler decoder = bits.orElseGet(() -> bitsAt(start)) == Integer.SIZE
                ? Disassembler.bits32() : Disassembler.bits64()) {
            int at = 0;
            while (at < code.length) {
                final Listing.Line line = line(decoder, code, at, start + at);
                lines.add(line);
                at += line.bytes().length() / 2;
            }
        }
        return new Listing(name, image.sha256(), start, size, lines);
    }

    private Listing.Line line(final Disassembler decoder, final byte[] code, final int at, final long address) {
        final Optional<Instruction> instruction = decoder.decode(code, at, code.length - at, address);
        final int length = instruction.map(Instruction::length).orElse(1);
        final String bytes = HexFormat.of().formatHex(code, at, at + length);
        return new Listing.Line(address, bytes,
            instruction.map(Instruction::text).orElse(".byte 0x" + bytes),
            labels.getOrDefault(address, ""),
            instruction.map(this::target).orElse(""),
            image.lines().at(address));
    }

    /** What an instruction's address operand means; empty where it has none or where nothing is known of it. */
    private String target(final Instruction instruction) {
        final String mnemonic = instruction.mnemonic();
        final String operands = instruction.operands();
        if (DIRECT_TARGET.matcher(operands).matches()
                && (mnemonic.startsWith("j") || mnemonic.startsWith("call") || mnemonic.startsWith("loop"))) {
            return named(Long.parseUnsignedLong(operands.substring(2), 16));
        }
        final Matcher relative = RELATIVE_OPERAND.matcher(operands);
        if (relative.find()) {
            final long distance = Long.decode(relative.group(2));
            final long next = instruction.address() + instruction.length();
            return named("+".equals(relative.group(1)) ? next + distance : next - distance);
        }
        return "";
    }

    private String named(final long address) {
        final String exact = labels.get(address);
        return exact != null ? exact : image.symbols().at(address).map(symbol -> image.symbols().format(address))
            .orElse("");
    }

    private long place(final String what) {
        if (ADDRESS.matcher(what).matches()) {
            return Long.parseUnsignedLong(what.substring(2), 16);
        }
        return image.symbols().byName(what).filter(symbol -> symbol.kind() != Kind.CONSTANT)
            .orElseThrow(() -> new UnknownCodeException("no symbol '" + what + "' in " + image.name() + similar(what)))
            .address();
    }

    private String similar(final String what) {
        final String wanted = what.toLowerCase(Locale.ROOT);
        final List<String> names = wanted.isEmpty() ? List.of() : routines().stream().map(ImageSymbol::name)
            .filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted)).limit(SUGGESTIONS).toList();
        return names.isEmpty() ? "; without a name, disasm lists all routines"
            : "; did you mean " + String.join(", ", names) + "?";
    }

    private byte[] bytes(final String name, final long start, final int size) {
        try {
            return image.memory(start, size);
        } catch (final IllegalArgumentException outside) {
            throw new UnknownCodeException(name + ": no segment of " + image.name() + " holds " + hex(start) + " to "
                + hex(start + size));
        }
    }

    /** The segment that a PVH loader enters is code of 32 bits; an image says nothing else about it. */
    private int bitsAt(final long address) {
        if (image.format() != ImageFormat.ELF64) {
            return Integer.SIZE;
        }
        for (final ImageSegment segment : image.segments()) {
            final boolean entered = image.pvhEntry().isPresent()
                && Long.compareUnsigned(image.pvhEntry().getAsLong() - segment.physical(), segment.memorySize()) < 0;
            if (entered && segment.contains(address)) {
                return Integer.SIZE;
            }
        }
        return Long.SIZE;
    }

    private static String hex(final long address) {
        return "0x" + Long.toHexString(address);
    }
}

package ringside.toolchain.image;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A validated kernel for x86-64, or for i386 and the way from there: what a machine boots and what tools ask about it.
 *
 * <p>An ELF64 or ELF32 executable, or a file of any other format with a multiboot header that says where it is loaded.
 *
 * <p>Files come from anywhere. Wrong headers, segments that leave the file, wrap or overlap, a wrong note and a wrong
 * symbol table are refused with {@link ImageException}. Line information that cannot be read is no obstacle: the
 * image has no lines then and {@link LineTable#problem()} says why. Immutable.
 */
public final class GuestImage {
    private final String name;
    private final byte[] bytes;
    private final ElfReader elf;
    private final BootPlanner planner;
    private final SymbolTable symbols;
    private final List<ImageSegment> segments;
    private final List<Probe> probes;
    private volatile LineTable lines;
    private volatile String sha256;

    private GuestImage(final String name, final byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
        final BootPlanner flat = ElfReader.isElf(bytes) ? null : new BootPlanner(bytes, null);
        if (flat == null || flat.offered().isEmpty()) {
            elf = new ElfReader(bytes);
            planner = new BootPlanner(bytes, elf);
            segments = List.copyOf(elf.segments());
            symbols = elf.sections().symbols(segments);
        } else {
            elf = null;
            planner = flat;
            segments = flat.best().segments();
            symbols = new SymbolTable(List.of(), List.of(), segments);
        }
        final List<Probe> found = new ArrayList<>();
        for (final ImageSymbol symbol : symbols.all()) {
            if (symbol.kind() == ObjectSymbol.Kind.PROBE) {
                found.add(ProbeNames.parse(symbol));
            }
        }
        found.sort(Comparator.comparing(Probe::address, Long::compareUnsigned));
        probes = List.copyOf(found);
    }

    private GuestImage(final GuestImage image, final List<Probe> more) {
        name = image.name;
        bytes = image.bytes;
        elf = image.elf;
        planner = image.planner;
        symbols = image.symbols;
        segments = image.segments;
        probes = Stream.concat(image.probes.stream(), more.stream())
                .sorted(Comparator.comparing(Probe::address, Long::compareUnsigned)).toList();
    }

    /**
     * {@return the same image with marks that it does not carry itself: the guest cannot tell}
     *
     * @param more at any addresses
     */
    public GuestImage withProbes(final List<Probe> more) {
        return new GuestImage(this, more);
    }

    /**
     * Reads a file.
     *
     * @param file a regular file of at most 256 MiB
     * @return the image, named as the path
     * @throws ImageException if the file cannot be read or is no image
     */
    public static GuestImage read(final Path file) {
        final String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new ImageException(name, "file", "this is a directory");
        }
        if (!Files.exists(file)) {
            throw new ImageException(name, "file", "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new ImageException(name, "file", "this is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > Elf.MAX_FILE) {
                throw tooLarge(name);
            }
            return parse(name, in.readNBytes(Elf.MAX_FILE + 1));
        } catch (final IOException failure) {
            throw new ImageException(name, "file", "cannot be read: " + failure);
        }
    }

    /**
     * Takes the bytes of a file.
     *
     * @param name  for messages
     * @param bytes at most 256 MiB; not copied, the caller leaves them alone
     * @return the image
     * @throws ImageException if the bytes are no image
     */
    public static GuestImage parse(final String name, final byte[] bytes) {
        if (bytes.length > Elf.MAX_FILE) {
            throw tooLarge(name);
        }
        try {
            return new GuestImage(name, bytes);
        } catch (final CorruptException corrupt) {
            throw new ImageException(name, corrupt.place(), corrupt.reason());
        }
    }

    private static ImageException tooLarge(final String name) {
        return new ImageException(name, "file", "is larger than " + Elf.MAX_FILE + " bytes");
    }

    /** {@return the name it was read under} */
    public String name() {
        return name;
    }

    /** {@return the whole file; a copy} */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** {@return the SHA-256 of the file, 64 hex digits} */
    public String sha256() {
        if (sha256 == null) {
            try {
                sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (final NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java has SHA-256", impossible);
            }
        }
        return sha256;
    }

    /** {@return how it says what goes where} */
    public ImageFormat format() {
        if (elf == null) {
            return ImageFormat.FLAT;
        }
        return elf.wide() ? ImageFormat.ELF64 : ImageFormat.ELF32;
    }

    /** {@return the protocols whose headers it has, the preferred one first: QEMU's, then what only GRUB boots} */
    public List<BootProtocol> protocols() {
        return planner.offered();
    }

    /**
     * {@return what a protocol does with this image}
     *
     * @param protocol which; empty for the first of {@link #protocols()} that works out
     * @throws ImageException if the image does not offer it, or asks for what no loader here does
     */
    public BootPlan plan(final Optional<BootProtocol> protocol) {
        try {
            return protocol.map(planner::plan).orElseGet(planner::best);
        } catch (final CorruptException wrong) {
            throw new ImageException(name, wrong.place(), wrong.reason());
        }
    }

    /** {@return {@code e_entry} of an ELF file, else the physical entry} */
    public long entry() {
        return elf == null ? planner.best().entry() : elf.entry();
    }

    /** {@return the physical address of the 32-bit entry that the Xen PVH note names} */
    public OptionalLong pvhEntry() {
        return elf == null ? OptionalLong.empty() : elf.pvhEntry();
    }

    /** {@return what to load, in the order of the file; ranges are disjoint, physically and virtually} */
    public List<ImageSegment> segments() {
        return segments;
    }

    /** {@return the symbols; empty if the file is stripped} */
    public SymbolTable symbols() {
        return symbols;
    }

    /** {@return the probes by rising address} */
    public List<Probe> probes() {
        return probes;
    }

    /** {@return the source lines; read when first asked for} */
    public LineTable lines() {
        if (lines == null) {
            lines = readLines();
        }
        return lines;
    }

    /**
     * Copies memory as it is right after loading, zero fill included.
     *
     * @param address virtual
     * @param length  bytes, all in one segment
     * @return the bytes
     * @throws IllegalArgumentException if no segment holds all of them
     */
    public byte[] memory(final long address, final int length) {
        for (final ImageSegment segment : segments) {
            final long offset = address - segment.virtual();
            if (segment.contains(address) && length >= 0 && length <= segment.memorySize() - offset) {
                final byte[] copy = new byte[length];
                final MemorySegment content = segment.content();
                final long stored = Math.clamp(content.byteSize() - offset, 0, length);
                MemorySegment.copy(content, ValueLayout.JAVA_BYTE, Math.min(offset, content.byteSize()), copy, 0,
                        (int) stored);
                return copy;
            }
        }
        throw new IllegalArgumentException("no segment holds these bytes: image=" + name + ", address=0x"
                + Long.toHexString(address) + ", length=" + length);
    }

    private LineTable readLines() {
        try {
            final ByteReader line = debug(".debug_line");
            if (line == null) {
                return LineTable.none("there is no .debug_line");
            }
            return LineTable.of(new LineReader(line, debug(".debug_line_str"), debug(".debug_str")).read());
        } catch (final CorruptException corrupt) {
            return LineTable.none(corrupt.getMessage());
        }
    }

    private ByteReader debug(final String section) {
        final ElfSections.Section found = elf == null ? null : elf.sections().named(section);
        if (found == null) {
            return null;
        }
        if ((found.flags() & Elf.SHF_COMPRESSED) != 0) {
            throw new CorruptException(section, "is compressed");
        }
        return new ByteReader(bytes, section, found.offset(), found.size());
    }
}

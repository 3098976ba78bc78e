package ringside.toolchain.image;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads an ELF64 or ELF32 file that nobody vouches for: every offset, size and count is checked before it is used.
 *
 * <p>Throws {@link CorruptException} only. What machines need (headers, segments, notes, symbols) must be right; lines
 * are looked for later and may be wrong.
 */
final class ElfReader {
    private static final int NOTE_HEADER = 12;
    private static final String PROGRAM_HEADERS = "program headers";
    private static final long END_32 = 1L << 32;

    private final byte[] bytes;
    private final List<ImageSegment> segments = new ArrayList<>();
    private final ElfSections sections;
    private boolean wide;
    private long entry;
    private OptionalLong pvhEntry = OptionalLong.empty();

    ElfReader(final byte[] bytes) {
        this.bytes = bytes;
        final ByteReader header = header();
        final long programHeaders = header.word(wide);
        final long sectionHeaders = header.word(wide);
        header.skip(6);
        final int programHeaderSize = header.u16();
        final int programHeaderCount = header.u16();
        final int sectionHeaderSize = header.u16();
        final int sectionHeaderCount = header.u16();
        final int names = header.u16();
        readProgramHeaders(programHeaders, programHeaderSize, programHeaderCount);
        sections = sectionHeaders == 0 || sectionHeaderCount == 0 ? ElfSections.none(bytes)
                : new ElfSections(bytes, wide, sectionHeaders, sectionHeaderSize, sectionHeaderCount, names);
    }

    /** Tells whether a file begins like an ELF file. */
    static boolean isElf(final byte[] bytes) {
        return bytes.length >= Integer.BYTES && new ByteReader(bytes, "", 0, Integer.BYTES).u32() == Elf.MAGIC;
    }

    /** Whether it is an ELF64 file, and no ELF32 file. */
    boolean wide() {
        return wide;
    }

    long entry() {
        return entry;
    }

    OptionalLong pvhEntry() {
        return pvhEntry;
    }

    List<ImageSegment> segments() {
        return segments;
    }

    ElfSections sections() {
        return sections;
    }

    private ByteReader header() {
        if (bytes.length == 0) {
            throw new CorruptException("ELF header", "the file is empty");
        }
        final ByteReader header = new ByteReader(bytes, "ELF header", 0, Math.min(bytes.length, Elf.HEADER_SIZE));
        if (header.u32() != Elf.MAGIC) {
            throw header.corrupt("this is no ELF file");
        }
        final int bits = header.u8();
        wide = bits == Elf.CLASS_64;
        if (!wide) {
            require(header, bits, Elf.CLASS_32, "the file is for machines of an unknown width: class=");
        }
        require(header, header.u8(), Elf.LITTLE_ENDIAN, "the most significant byte comes first: data=");
        require(header, header.u8(), Elf.VERSION, "unknown version: version=");
        header.skip(9);
        final int type = header.u16();
        if (type != Elf.TYPE_SHARED) {
            // A position-independent executable is of that type; it is loaded where it is linked.
            require(header, type, Elf.TYPE_EXECUTABLE, "the file is not a linked executable: type=");
        }
        if (wide) {
            require(header, header.u16(), Elf.MACHINE_X86_64, "the file is not for x86-64: machine=");
        } else {
            require(header, header.u16(), Elf.MACHINE_I386, "a 32-bit file, but not for i386: machine=");
        }
        require(header, (int) header.u32(), Elf.VERSION, "unknown version: version=");
        entry = header.word(wide);
        return header;
    }

    private static void require(final ByteReader in, final int value, final int wanted, final String otherwise) {
        if (value != wanted) {
            throw in.corrupt(otherwise + value);
        }
    }

    private void readProgramHeaders(final long offset, final int size, final int count) {
        final int known = wide ? Elf.PROGRAM_HEADER_SIZE : Elf.PROGRAM_HEADER_SIZE_32;
        if (count > 0 && size != known) {
            throw new CorruptException(PROGRAM_HEADERS, "have an unknown size: bytes=" + size);
        }
        final ByteReader table = new ByteReader(bytes, PROGRAM_HEADERS, offset, (long) size * count);
        for (int i = 0; i < count; i++) {
            final String place = "program header " + i;
            final ByteReader header = table.part(place, known);
            final int type = (int) header.u32();
            int flags = wide ? (int) header.u32() : 0;
            final long start = header.word(wide);
            final long virtual = header.word(wide);
            final long physical = header.word(wide);
            final long fileSize = header.word(wide);
            final long memorySize = header.word(wide);
            flags = wide ? flags : (int) header.u32();
            final long align = header.word(wide);
            if (type == Elf.PT_LOAD) {
                addSegment(place, flags, start, virtual, physical, fileSize, memorySize);
            } else if (type == Elf.PT_NOTE) {
                readNotes(new ByteReader(bytes, place, start, fileSize), align == 8 ? 8 : 4);
            }
        }
        if (segments.isEmpty()) {
            throw new CorruptException(PROGRAM_HEADERS, "there is nothing to load");
        }
        refuseOverlap("physical", ImageSegment::physical);
        refuseOverlap("virtual", ImageSegment::virtual);
        pvhEntry.ifPresent(address -> {
            if (segments.stream().noneMatch(s -> Long.compareUnsigned(address - s.physical(), s.memorySize()) < 0)) {
                throw new CorruptException("PVH note", "its entry is in no segment: address=" + hex(address));
            }
        });
    }

    private void addSegment(
            final String place, final int flags, final long start, final long virtual, final long physical,
            final long fileSize, final long memorySize) {
        final ByteReader content = new ByteReader(bytes, place, start, fileSize);
        if (Long.compareUnsigned(memorySize, fileSize) < 0) {
            throw new CorruptException(place, "is shorter in memory than in the file: memory=" + hex(memorySize)
                    + ", file=" + hex(fileSize));
        }
        if (memorySize == 0) {
            return;
        }
        if (memorySize < 0 || wraps(virtual, memorySize) || wraps(physical, memorySize)) {
            throw new CorruptException(place, "runs over the end of memory: virtual=" + hex(virtual) + ", physical="
                    + hex(physical) + ", bytes=" + hex(memorySize));
        }
        final MemorySegment view =
                MemorySegment.ofArray(bytes).asSlice(content.position(), content.remaining()).asReadOnly();
        segments.add(new ImageSegment(virtual, physical, view, memorySize, (flags & Elf.PF_READ) != 0,
                (flags & Elf.PF_WRITE) != 0, (flags & Elf.PF_EXECUTE) != 0));
    }

    private boolean wraps(final long start, final long size) {
        return wide ? Long.compareUnsigned(start + size - 1, start) < 0 : start + size > END_32;
    }

    private interface Start {
        long of(ImageSegment segment);
    }

    private void refuseOverlap(final String kind, final Start start) {
        final List<ImageSegment> sorted = new ArrayList<>(segments);
        sorted.sort(Comparator.comparing(start::of, Long::compareUnsigned));
        for (int i = 1; i < sorted.size(); i++) {
            final ImageSegment low = sorted.get(i - 1);
            final ImageSegment high = sorted.get(i);
            if (Long.compareUnsigned(start.of(low) + low.memorySize() - 1, start.of(high)) >= 0) {
                throw new CorruptException(PROGRAM_HEADERS, "segments overlap in " + kind + " memory: "
                        + hex(start.of(low)) + "+" + hex(low.memorySize()) + " and " + hex(start.of(high)));
            }
        }
    }

    private void readNotes(final ByteReader notes, final int align) {
        while (notes.remaining() >= NOTE_HEADER) {
            final long nameSize = notes.u32();
            final long descriptionSize = notes.u32();
            final long type = notes.u32();
            final ByteReader name = notes.part("note", nameSize);
            // The name follows a header of 12 bytes, and it is the note that is aligned.
            skipPadding(notes, NOTE_HEADER + nameSize, align);
            final ByteReader description = notes.part("note", descriptionSize);
            skipPadding(notes, descriptionSize, align);
            if (type == Elf.XEN_ELFNOTE_PHYS32_ENTRY && nameSize == Elf.XEN_NOTE_OWNER.length() + 1
                    && Elf.XEN_NOTE_OWNER.equals(name.text())) {
                final long address = descriptionSize == 8 ? description.u64() : description.u32();
                if (address >>> 32 != 0) {
                    throw new CorruptException("PVH note", "its entry has more than 32 bits: address=" + hex(address));
                }
                pvhEntry = OptionalLong.of(address);
            }
        }
    }

    private static void skipPadding(final ByteReader notes, final long size, final int align) {
        notes.skip(Math.min(-size & align - 1, notes.remaining()));
    }

    private static String hex(final long value) {
        return "0x" + Long.toHexString(value);
    }
}

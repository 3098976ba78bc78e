package ringside.toolchain.image;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads an ELF64 file that nobody vouches for: every offset, size and count is checked before it is used.
 *
 * <p>Throws {@link CorruptException} only. What machines need (headers, segments, notes, symbols) must be right; lines
 * are looked for later and may be wrong.
 */
final class ElfReader {
    private static final int MAX_SYMBOLS = 1 << 20;
    private static final int NOTE_HEADER = 12;
    private static final String PROGRAM_HEADERS = "program headers";
    private static final String SECTION_HEADERS = "section headers";

    private final byte[] bytes;
    private final List<ImageSegment> segments = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private final List<ImageSymbol> globals = new ArrayList<>();
    private final List<ImageSymbol> locals = new ArrayList<>();
    private long entry;
    private OptionalLong pvhEntry = OptionalLong.empty();

    ElfReader(final byte[] bytes) {
        this.bytes = bytes;
        final ByteReader header = header();
        final long programHeaders = header.u64();
        final long sectionHeaders = header.u64();
        header.skip(6);
        final int programHeaderSize = header.u16();
        final int programHeaderCount = header.u16();
        final int sectionHeaderSize = header.u16();
        final int sectionHeaderCount = header.u16();
        final int names = header.u16();
        readProgramHeaders(programHeaders, programHeaderSize, programHeaderCount);
        if (sectionHeaders != 0 && sectionHeaderCount != 0) {
            readSectionHeaders(sectionHeaders, sectionHeaderSize, sectionHeaderCount, names);
            readSymbols();
        }
    }

    /** A section header, as far as it is of use here. */
    record Section(String name, int type, long flags, long offset, long size, int link) {
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

    SymbolTable symbols() {
        return new SymbolTable(globals, locals, segments);
    }

    /** Finds a section with content by its name; {@code null} if there is none. */
    Section section(final String name) {
        for (final Section section : sections) {
            if (section.name.equals(name) && section.type != Elf.SHT_NOBITS) {
                return section;
            }
        }
        return null;
    }

    private ByteReader header() {
        if (bytes.length == 0) {
            throw new CorruptException("ELF header", "the file is empty");
        }
        final ByteReader header = new ByteReader(bytes, "ELF header", 0, Math.min(bytes.length, Elf.HEADER_SIZE));
        if (header.u32() != Elf.MAGIC) {
            throw header.corrupt("this is no ELF file");
        }
        require(header, header.u8(), Elf.CLASS_64, "the file is not for 64-bit machines: class=");
        require(header, header.u8(), Elf.LITTLE_ENDIAN, "the most significant byte comes first: data=");
        require(header, header.u8(), Elf.VERSION, "unknown version: version=");
        header.skip(9);
        require(header, header.u16(), Elf.TYPE_EXECUTABLE, "the file is not a linked executable: type=");
        require(header, header.u16(), Elf.MACHINE_X86_64, "the file is not for x86-64: machine=");
        require(header, (int) header.u32(), Elf.VERSION, "unknown version: version=");
        entry = header.u64();
        return header;
    }

    private static void require(final ByteReader in, final int value, final int wanted, final String otherwise) {
        if (value != wanted) {
            throw in.corrupt(otherwise + value);
        }
    }

    private void readProgramHeaders(final long offset, final int size, final int count) {
        if (count > 0 && size != Elf.PROGRAM_HEADER_SIZE) {
            throw new CorruptException(PROGRAM_HEADERS, "have an unknown size: bytes=" + size);
        }
        final ByteReader table = new ByteReader(bytes, PROGRAM_HEADERS, offset, (long) size * count);
        for (int i = 0; i < count; i++) {
            final String place = "program header " + i;
            final ByteReader header = table.part(place, Elf.PROGRAM_HEADER_SIZE);
            final int type = (int) header.u32();
            final int flags = (int) header.u32();
            final long start = header.u64();
            final long virtual = header.u64();
            final long physical = header.u64();
            final long fileSize = header.u64();
            final long memorySize = header.u64();
            final long align = header.u64();
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

    private static boolean wraps(final long start, final long size) {
        return Long.compareUnsigned(start + size - 1, start) < 0;
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

    private void readSectionHeaders(final long offset, final int size, final int count, final int names) {
        if (size != Elf.SECTION_HEADER_SIZE) {
            throw new CorruptException(SECTION_HEADERS, "have an unknown size: bytes=" + size);
        }
        final ByteReader table = new ByteReader(bytes, SECTION_HEADERS, offset, (long) size * count);
        final long[] nameOffsets = new long[count];
        final List<Section> unnamed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nameOffsets[i] = table.u32();
            final int type = (int) table.u32();
            final long flags = table.u64();
            table.skip(8);
            final long start = table.u64();
            final long bytesInFile = table.u64();
            final int link = (int) table.u32();
            table.skip(20);
            unnamed.add(new Section("", type, flags, start, bytesInFile, link));
        }
        if (names >= count) {
            throw new CorruptException(SECTION_HEADERS, "their names are in no section: index=" + names);
        }
        final Section pool = unnamed.get(names);
        final ByteReader text = new ByteReader(bytes, "section names", pool.offset, names == 0 ? 0 : pool.size);
        long budget = 64L * count + bytes.length;
        for (int i = 0; i < count; i++) {
            final String name = names == 0 ? "" : text.textAt(nameOffsets[i]);
            budget -= name.length();
            if (budget < 0) {
                throw new CorruptException(SECTION_HEADERS, "their names are too long");
            }
            final Section s = unnamed.get(i);
            sections.add(new Section(name, s.type, s.flags, s.offset, s.size, s.link));
        }
    }

    private void readSymbols() {
        for (final Section section : sections) {
            if (section.type == Elf.SHT_SYMTAB) {
                readSymbols(section);
                return;
            }
        }
    }

    private void readSymbols(final Section section) {
        final String place = "symbol table";
        final ByteReader table = new ByteReader(bytes, place, section.offset, section.size);
        final int count = table.remaining() / Elf.SYMBOL_SIZE;
        if (count * Elf.SYMBOL_SIZE != table.remaining() || count > MAX_SYMBOLS) {
            throw table.corrupt("holds no whole number of symbols up to " + MAX_SYMBOLS + ": bytes="
                    + table.remaining());
        }
        if (section.link < 0 || section.link >= sections.size()
                || sections.get(section.link).type != Elf.SHT_STRTAB) {
            throw table.corrupt("its names are in no section of names: index=" + section.link);
        }
        final Section pool = sections.get(section.link);
        final ByteReader names = new ByteReader(bytes, "symbol names", pool.offset, pool.size);
        long budget = (1 << 20) + 16L * bytes.length;
        for (int i = 0; i < count; i++) {
            final long nameOffset = table.u32();
            final int info = table.u8();
            table.skip(1);
            final int index = table.u16();
            final long value = table.u64();
            final long size = table.u64();
            if (nameOffset == 0 || index == Elf.SHN_UNDEF) {
                continue;
            }
            final ObjectSymbol.Kind kind = kind(info & 0xf, index);
            if (kind != null) {
                final String name = names.textAt(nameOffset);
                budget -= name.length();
                if (budget < 0) {
                    throw table.corrupt("its names are too long");
                }
                (info >> 4 == Elf.STB_LOCAL ? locals : globals).add(new ImageSymbol(
                        name, value, size, kind == ObjectSymbol.Kind.LABEL && ProbeNames.isProbe(name)
                        ? ObjectSymbol.Kind.PROBE : kind));
            }
        }
    }

    /** {@code null} for what is no name of a place or a number: sections, files, thread-local data. */
    private static ObjectSymbol.Kind kind(final int type, final int section) {
        if (section == Elf.SHN_ABS) {
            return type == Elf.STT_NOTYPE ? ObjectSymbol.Kind.CONSTANT : null;
        }
        return switch (type) {
            case Elf.STT_FUNC -> ObjectSymbol.Kind.FUNCTION;
            case Elf.STT_OBJECT -> ObjectSymbol.Kind.OBJECT;
            case Elf.STT_NOTYPE -> ObjectSymbol.Kind.LABEL;
            default -> null;
        };
    }

    private static String hex(final long value) {
        return "0x" + Long.toHexString(value);
    }
}

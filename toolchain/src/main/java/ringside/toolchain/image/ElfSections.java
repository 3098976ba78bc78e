package ringside.toolchain.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The sections of an ELF file, and the symbols that one of them holds; checked like the rest of it. */
final class ElfSections {
    private static final int MAX_SYMBOLS = 1 << 20;
    /** Of all symbols together: names may lie over each other in the file, but not in memory. */
    private static final long MOST_NAME_BYTES = 128L << 20;
    private static final String PLACE = "section headers";

    private final byte[] bytes;
    private final boolean wide;
    private final List<Section> sections = new ArrayList<>();
    private final List<ImageSymbol> globals = new ArrayList<>();
    private final List<ImageSymbol> locals = new ArrayList<>();
    private final byte[] headers;
    private final int names;

    private ElfSections(final byte[] bytes) {
        this.bytes = bytes;
        wide = true;
        headers = new byte[0];
        names = 0;
    }

    ElfSections(
            final byte[] bytes, final boolean wide, final long offset, final int size, final int count,
            final int names) {
        this.bytes = bytes;
        this.wide = wide;
        this.names = names;
        readHeaders(offset, size, count);
        headers = Arrays.copyOfRange(bytes, (int) offset, (int) offset + size * count);
        readSymbols();
    }

    /** A file without sections. */
    static ElfSections none(final byte[] bytes) {
        return new ElfSections(bytes);
    }

    /** A section header, as far as it is of use here. */
    record Section(
            String name, int type, long flags, long address, long offset, long size, int link, long align) {
    }

    /** Finds a section with content by its name; {@code null} if there is none. */
    Section named(final String name) {
        for (final Section section : sections) {
            if (section.name.equals(name) && section.type != Elf.SHT_NOBITS) {
                return section;
            }
        }
        return null;
    }

    SymbolTable symbols(final List<ImageSegment> segments) {
        return new SymbolTable(globals, locals, segments);
    }

    /** The table as a loader hands it over; empty if the file has none. */
    Optional<SectionTable> table() {
        return sections.isEmpty() ? Optional.empty()
                : Optional.of(new SectionTable(bytes, wide, sections, headers, names));
    }

    private void readHeaders(final long offset, final int size, final int count) {
        if (size != (wide ? Elf.SECTION_HEADER_SIZE : Elf.SECTION_HEADER_SIZE_32)) {
            throw new CorruptException(PLACE, "have an unknown size: bytes=" + size);
        }
        final ByteReader table = new ByteReader(bytes, PLACE, offset, (long) size * count);
        final long[] nameOffsets = new long[count];
        final List<Section> unnamed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nameOffsets[i] = table.u32();
            final int type = (int) table.u32();
            final long flags = table.word(wide);
            final long address = table.word(wide);
            final long start = table.word(wide);
            final long bytesInFile = table.word(wide);
            final int link = (int) table.u32();
            table.u32();
            final long align = table.word(wide);
            table.word(wide);
            unnamed.add(new Section("", type, flags, address, start, bytesInFile, link, align));
        }
        if (names >= count) {
            throw new CorruptException(PLACE, "their names are in no section: index=" + names);
        }
        final Section pool = unnamed.get(names);
        final ByteReader text = new ByteReader(bytes, "section names", pool.offset, names == 0 ? 0 : pool.size);
        long budget = 64L * count + bytes.length;
        for (int i = 0; i < count; i++) {
            final String name = names == 0 ? "" : text.textAt(nameOffsets[i]);
            budget -= name.length();
            if (budget < 0) {
                throw new CorruptException(PLACE, "their names are too long");
            }
            final Section s = unnamed.get(i);
            sections.add(new Section(name, s.type, s.flags, s.address, s.offset, s.size, s.link, s.align));
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
        final int symbolSize = wide ? Elf.SYMBOL_SIZE : Elf.SYMBOL_SIZE_32;
        final ByteReader table = new ByteReader(bytes, place, section.offset, section.size);
        final int count = table.remaining() / symbolSize;
        if (count * symbolSize != table.remaining() || count > MAX_SYMBOLS) {
            throw table.corrupt("holds no whole number of symbols up to " + MAX_SYMBOLS + ": bytes="
                    + table.remaining());
        }
        if (section.link < 0 || section.link >= sections.size()
                || sections.get(section.link).type != Elf.SHT_STRTAB) {
            throw table.corrupt("its names are in no section of names: index=" + section.link);
        }
        final Section pool = sections.get(section.link);
        final ByteReader text = new ByteReader(bytes, "symbol names", pool.offset, pool.size);
        long budget = Math.min((1 << 20) + 16L * bytes.length, MOST_NAME_BYTES);
        for (int i = 0; i < count; i++) {
            final Symbol symbol = wide ? symbol64(table) : symbol32(table);
            final ObjectSymbol.Kind kind = kind(symbol.info & 0xf, symbol.section);
            if (symbol.name == 0 || symbol.section == Elf.SHN_UNDEF || kind == null) {
                continue;
            }
            final String name = text.textAt(symbol.name);
            budget -= name.length();
            if (budget < 0) {
                throw table.corrupt("its names are too long");
            }
            (symbol.info >> 4 == Elf.STB_LOCAL ? locals : globals).add(new ImageSymbol(
                    name, symbol.value, symbol.size, kind == ObjectSymbol.Kind.LABEL && ProbeNames.isProbe(name)
                    ? ObjectSymbol.Kind.PROBE : kind));
        }
    }

    private record Symbol(long name, int info, int section, long value, long size) {
    }

    private static Symbol symbol64(final ByteReader in) {
        final long name = in.u32();
        final int info = in.u8();
        in.skip(1);
        final int section = in.u16();
        return new Symbol(name, info, section, in.u64(), in.u64());
    }

    private static Symbol symbol32(final ByteReader in) {
        final long name = in.u32();
        final long value = in.u32();
        final long size = in.u32();
        final int info = in.u8();
        in.skip(1);
        return new Symbol(name, info, in.u16(), value, size);
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
}

package ringside.toolchain.image;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the file of a finished link.
 *
 * <pre>
 *   ELF header | program headers | PVH note | segments, each at its page offset | DWARF | .symtab | .strtab
 *   | .shstrtab | section headers
 * </pre>
 *
 * <p>The first segment starts in the file's second page, so that a multiboot2 header at its start lies within the
 * 32 KiB that a boot loader searches (multiboot2 3.1.1).
 */
final class ElfWriter {
    private static final int TRAP = 0xcc;

    private final Placement placement;
    private final LinkSymbols symbols;
    private final Relocator relocator;
    private final DwarfWriter dwarf;
    private final ByteWriter file = new ByteWriter();
    private final List<Header> headers = new ArrayList<>();
    private final ByteWriter headerNames = new ByteWriter();
    private final Map<Placement.Group, Integer> groupIndexes = new IdentityHashMap<>();

    ElfWriter(
            final Placement placement, final LinkSymbols symbols, final Relocator relocator, final DwarfWriter dwarf) {
        this.placement = placement;
        this.symbols = symbols;
        this.relocator = relocator;
        this.dwarf = dwarf;
        header("", 0, 0, 0, 0, 0, 0);
    }

    /** A section header, as in gABI figure 4-8 without {@code sh_entsize}, which follows from the type. */
    private record Header(
            int name, int type, long flags, long address, long offset, long size, int link, int info, long align) {
    }

    byte[] write(final long entry, final Long pvhEntry) {
        final List<Placement.Segment> loads = new ArrayList<>();
        for (final Placement.Segment segment : placement.segments()) {
            if (segment.memorySize() > 0) {
                loads.add(segment);
            }
        }
        final int programHeaders = loads.size() + (pvhEntry == null ? 0 : 1);
        final int noteOffset = Elf.HEADER_SIZE + programHeaders * Elf.PROGRAM_HEADER_SIZE;
        file.fillTo(noteOffset, 0);
        if (pvhEntry != null) {
            writeNote(pvhEntry);
        }
        final int noteEnd = file.size();
        final List<Integer> offsets = new ArrayList<>();
        for (final Placement.Segment segment : loads) {
            offsets.add(writeSegment(segment));
        }
        for (final Map.Entry<String, byte[]> section : dwarf.sections().entrySet()) {
            header(section.getKey(), Elf.SHT_PROGBITS, 0, 0, file.size(), section.getValue().length, 1);
            file.bytes(section.getValue());
        }
        writeSymbols();
        final int namesOffset = file.size();
        final int namesIndex = headers.size();
        final int namesName = headerName(".shstrtab");
        headers.add(new Header(
                namesName, Elf.SHT_STRTAB, 0, 0, namesOffset, headerNames.size(), 0, 0, 1));
        file.bytes(headerNames.toArray());
        file.fillTo(roundUp(file.size(), 8), 0);
        final int headersOffset = file.size();
        headers.forEach(this::writeHeader);
        final ByteWriter head = new ByteWriter();
        writeElfHeader(head, entry, programHeaders, headersOffset, namesIndex);
        if (pvhEntry != null) {
            final int size = noteEnd - noteOffset;
            head.u32(Elf.PT_NOTE).u32(Elf.PF_READ).u64(noteOffset).u64(0).u64(0).u64(size).u64(size).u64(4);
        }
        for (int i = 0; i < loads.size(); i++) {
            final Placement.Segment load = loads.get(i);
            head.u32(Elf.PT_LOAD).u32(access(load)).u64(offsets.get(i)).u64(load.virtual()).u64(load.physical());
            head.u64(load.fileSize()).u64(load.memorySize()).u64(Elf.PAGE);
        }
        final byte[] bytes = file.toArray();
        System.arraycopy(head.toArray(), 0, bytes, 0, head.size());
        return bytes;
    }

    private void writeElfHeader(
            final ByteWriter head, final long entry, final int programHeaders, final int headersOffset,
            final int namesIndex) {
        head.u32(Elf.MAGIC).u8(Elf.CLASS_64).u8(Elf.LITTLE_ENDIAN).u8(Elf.VERSION).u8(0).u64(0);
        head.u16(Elf.TYPE_EXECUTABLE).u16(Elf.MACHINE_X86_64).u32(Elf.VERSION).u64(entry);
        head.u64(programHeaders == 0 ? 0 : Elf.HEADER_SIZE).u64(headersOffset).u32(0).u16(Elf.HEADER_SIZE);
        head.u16(Elf.PROGRAM_HEADER_SIZE).u16(programHeaders);
        head.u16(Elf.SECTION_HEADER_SIZE).u16(headers.size()).u16(namesIndex);
    }

    private void writeNote(final long pvhEntry) {
        header(".note.Xen", Elf.SHT_NOTE, 0, 0, file.size(), 20, 4);
        file.u32(Elf.XEN_NOTE_OWNER.length() + 1).u32(4).u32(Elf.XEN_ELFNOTE_PHYS32_ENTRY);
        file.text(Elf.XEN_NOTE_OWNER).u32(pvhEntry);
    }

    private static int access(final Placement.Segment segment) {
        return switch (segment.plan().access()) {
            case READ -> Elf.PF_READ;
            case READ_WRITE -> Elf.PF_READ | Elf.PF_WRITE;
            case READ_EXECUTE -> Elf.PF_READ | Elf.PF_EXECUTE;
        };
    }

    private int writeSegment(final Placement.Segment segment) {
        final int inPage = (int) (segment.virtual() & Elf.PAGE - 1);
        final int start = roundUp(file.size() - inPage, Elf.PAGE) + inPage;
        final boolean code = segment.plan().access() == LinkPlan.Access.READ_EXECUTE;
        if (segment.fileSize() > 0) {
            file.fillTo(start, 0);
        }
        for (final Placement.Group group : segment.groups()) {
            final long offset = start + group.address() - segment.virtual();
            final boolean zeroFill = segment.isZeroFill(group);
            groupIndexes.put(group, headers.size());
            final int type = zeroFill ? Elf.SHT_NOBITS : Elf.SHT_PROGBITS;
            header(group.name(), type, flags(segment), group.address(), zeroFill ? file.size() : offset, group.size(),
                    group.align());
            if (!zeroFill) {
                for (final Placement.Placed member : group.members()) {
                    file.fillTo(start + (int) (member.address() - segment.virtual()), code ? TRAP : 0);
                    file.bytes(relocator.bytes(member));
                    file.fillTo(file.size() + (int) member.section().zeroBytes(), 0);
                }
            }
        }
        return segment.fileSize() > 0 ? start : inPage;
    }

    private static long flags(final Placement.Segment segment) {
        return Elf.SHF_ALLOC | switch (segment.plan().access()) {
            case READ -> 0;
            case READ_WRITE -> Elf.SHF_WRITE;
            case READ_EXECUTE -> Elf.SHF_EXECINSTR;
        };
    }

    private void writeSymbols() {
        file.fillTo(roundUp(file.size(), 8), 0);
        final int offset = file.size();
        final ByteWriter names = new ByteWriter();
        final Map<String, Integer> known = new HashMap<>();
        names.u8(0);
        file.fillTo(offset + Elf.SYMBOL_SIZE, 0);
        for (final LinkSymbols.Defined symbol : symbols.locals()) {
            writeSymbol(symbol, Elf.STB_LOCAL, names, known);
        }
        for (final LinkSymbols.Defined symbol : symbols.globals()) {
            writeSymbol(symbol, Elf.STB_GLOBAL, names, known);
        }
        final int size = file.size() - offset;
        final int firstGlobal = symbols.locals().size() + 1;
        headers.add(new Header(
                headerName(".symtab"), Elf.SHT_SYMTAB, 0, 0, offset, size, headers.size() + 1, firstGlobal, 8));
        header(".strtab", Elf.SHT_STRTAB, 0, 0, file.size(), names.size(), 1);
        file.bytes(names.toArray());
    }

    private void writeSymbol(
            final LinkSymbols.Defined symbol, final int binding, final ByteWriter names,
            final Map<String, Integer> known) {
        final String name = symbol.symbol().name();
        Integer nameOffset = known.get(name);
        if (nameOffset == null) {
            nameOffset = names.size();
            known.put(name, nameOffset);
            names.text(name);
        }
        final int type = switch (symbol.symbol().kind()) {
            case FUNCTION -> Elf.STT_FUNC;
            case OBJECT -> Elf.STT_OBJECT;
            case LABEL, PROBE, CONSTANT -> Elf.STT_NOTYPE;
        };
        // A label in a segment without bytes has an address and no section.
        final int section = symbol.place() == null
                ? Elf.SHN_ABS : groupIndexes.getOrDefault(symbol.place().group(), Elf.SHN_ABS);
        file.u32(nameOffset).u8(binding << 4 | type).u8(0).u16(section).u64(symbol.value()).u64(symbol.size());
    }

    private void header(
            final String name, final int type, final long flags, final long address, final long offset,
            final long size, final long align) {
        headers.add(new Header(headerName(name), type, flags, address, offset, size, 0, 0, align));
    }

    private int headerName(final String name) {
        final int offset = headerNames.size();
        headerNames.text(name);
        return offset;
    }

    private void writeHeader(final Header header) {
        file.u32(header.name).u32(header.type).u64(header.flags).u64(header.address).u64(header.offset);
        file.u64(header.size).u32(header.link).u32(header.info).u64(header.align);
        file.u64(header.type == Elf.SHT_SYMTAB ? Elf.SYMBOL_SIZE : 0);
    }

    private static int roundUp(final int value, final int align) {
        return Math.addExact(value, align - 1) & -align;
    }
}

package ringside.toolchain.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * DWARF 4 for debuggers: a compilation unit an object, its lines and its routines (DWARF 4, chapters 2, 3, 6 and 7).
 *
 * <p>Only executable segments have lines: a breakpoint on a line of data would change the data. A unit whose code is
 * in one piece has DW_AT_low_pc and DW_AT_high_pc, one in several has DW_AT_ranges; an object without such lines has
 * no unit.
 */
final class DwarfWriter {
    private static final int VERSION = 4;
    private static final int ARANGES_VERSION = 2;
    private static final int ADDRESS_SIZE = 8;
    private static final int LANGUAGE_ASSEMBLER = 0x8001;
    private static final int UNIT_IN_ONE_PIECE = 1;
    private static final int UNIT_WITH_RANGES = 2;
    private static final int ROUTINE = 3;

    private static final int LINE_BASE = -5;
    private static final int LINE_RANGE = 14;
    /** Operands of the standard opcodes, so that readers can skip those they do not know. */
    private static final int[] OPCODE_LENGTHS = {0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1};
    private static final int OPCODE_BASE = OPCODE_LENGTHS.length + 1;
    private static final int DW_LNS_COPY = 1;
    private static final int DW_LNS_ADVANCE_PC = 2;
    private static final int DW_LNS_ADVANCE_LINE = 3;
    private static final int DW_LNS_SET_FILE = 4;
    private static final int DW_LNE_END_SEQUENCE = 1;
    private static final int DW_LNE_SET_ADDRESS = 2;

    private final ByteWriter info = new ByteWriter();
    private final ByteWriter line = new ByteWriter();
    private final ByteWriter ranges = new ByteWriter();
    private final ByteWriter aranges = new ByteWriter();
    private final FrameWriter frames = new FrameWriter();

    boolean isEmpty() {
        return info.size() == 0;
    }

    /** The sections by name, in their order in the file; those that nothing needs are left out. */
    Map<String, byte[]> sections() {
        final Map<String, byte[]> sections = new LinkedHashMap<>();
        if (!isEmpty()) {
            sections.put(".debug_info", info.toArray());
            sections.put(".debug_abbrev", abbreviations());
            sections.put(".debug_line", line.toArray());
            sections.put(".debug_aranges", aranges.toArray());
            if (ranges.size() > 0) {
                sections.put(".debug_ranges", ranges.toArray());
            }
            if (frames.section().length > 0) {
                sections.put(".debug_frame", frames.section());
            }
        }
        return sections;
    }

    void add(final ObjectCode object, final List<Placement.Placed> sections, final LinkSymbols symbols) {
        final List<Placement.Placed> pieces = new ArrayList<>();
        final Map<String, Integer> files = new LinkedHashMap<>();
        for (final Placement.Placed place : sections) {
            if (!place.group().executable()) {
                continue;
            }
            frames.add(place.address(), place.section().size(), place.section().frames());
            for (final LineRow row : place.section().lines()) {
                if (row.offset() > place.section().size()) {
                    throw new LinkException(place + ": line " + row.source() + " lies outside of the section: offset="
                            + row.offset());
                }
                files.putIfAbsent(row.source().file(), files.size() + 1);
            }
            if (!rows(place).isEmpty()) {
                pieces.add(place);
            }
        }
        if (pieces.isEmpty()) {
            return;
        }
        final int infoOffset = info.size();
        final int lineOffset = line.size();
        writeLines(pieces, files);
        final String name = files.containsKey(object.name()) ? object.name() : files.keySet().iterator().next();
        writeInfo(name, lineOffset, pieces, object, symbols);
        writeAranges(infoOffset, pieces);
    }

    private void writeInfo(
            final String name, final int lineOffset, final List<Placement.Placed> pieces, final ObjectCode object,
            final LinkSymbols symbols) {
        final int start = info.size();
        final boolean onePiece = pieces.size() == 1;
        info.u32(0).u16(VERSION).u32(0).u8(ADDRESS_SIZE);
        info.unsignedLeb(onePiece ? UNIT_IN_ONE_PIECE : UNIT_WITH_RANGES);
        info.u32(lineOffset).text(name).text(".").text("Ringside").u16(LANGUAGE_ASSEMBLER);
        if (onePiece) {
            info.u64(pieces.getFirst().address()).u64(pieces.getFirst().section().size());
        } else {
            info.u64(0).u32(ranges.size());
            for (final Placement.Placed piece : pieces) {
                ranges.u64(piece.address()).u64(piece.address() + piece.section().size());
            }
            ranges.u64(0).u64(0);
        }
        writeRoutines(pieces, object, symbols.globals(), true);
        writeRoutines(pieces, object, symbols.locals(), false);
        info.u8(0);
        info.patch32(start, info.size() - start - Integer.BYTES);
    }

    private void writeRoutines(
            final List<Placement.Placed> pieces, final ObjectCode object, final List<LinkSymbols.Defined> symbols,
            final boolean external) {
        for (final LinkSymbols.Defined symbol : symbols) {
            if (symbol.object() == object && symbol.symbol().kind() == ObjectSymbol.Kind.FUNCTION
                    && pieces.contains(symbol.place())) {
                info.unsignedLeb(ROUTINE).text(symbol.symbol().name()).u64(symbol.value()).u64(symbol.size());
                info.u8(external ? 1 : 0);
            }
        }
    }

    private void writeAranges(final int infoOffset, final List<Placement.Placed> pieces) {
        final int start = aranges.size();
        aranges.u32(0).u16(ARANGES_VERSION).u32(infoOffset).u8(ADDRESS_SIZE).u8(0).u32(0);
        for (final Placement.Placed piece : pieces) {
            aranges.u64(piece.address()).u64(piece.section().size());
        }
        aranges.u64(0).u64(0);
        aranges.patch32(start, aranges.size() - start - Integer.BYTES);
    }

    private void writeLines(final List<Placement.Placed> pieces, final Map<String, Integer> files) {
        final int start = line.size();
        line.u32(0).u16(VERSION);
        final int headerLength = line.size();
        line.u32(0).u8(1).u8(1).u8(1).u8(LINE_BASE).u8(LINE_RANGE).u8(OPCODE_BASE);
        for (final int length : OPCODE_LENGTHS) {
            line.u8(length);
        }
        line.u8(0);
        for (final String file : files.keySet()) {
            line.text(file).unsignedLeb(0).unsignedLeb(0).unsignedLeb(0);
        }
        line.u8(0);
        line.patch32(headerLength, line.size() - headerLength - Integer.BYTES);
        for (final Placement.Placed piece : pieces) {
            writeSequence(piece, files);
        }
        line.patch32(start, line.size() - start - Integer.BYTES);
    }

    private void writeSequence(final Placement.Placed piece, final Map<String, Integer> files) {
        final List<LineRow> rows = rows(piece);
        int offset = rows.getFirst().offset();
        int file = 1;
        int number = 1;
        line.u8(0).unsignedLeb(1 + ADDRESS_SIZE).u8(DW_LNE_SET_ADDRESS).u64(piece.address() + offset);
        for (final LineRow row : rows) {
            final int rowFile = files.get(row.source().file());
            if (rowFile != file) {
                file = rowFile;
                line.u8(DW_LNS_SET_FILE).unsignedLeb(file);
            }
            advance(row.offset() - offset, row.source().line() - number);
            offset = row.offset();
            number = row.source().line();
        }
        line.u8(DW_LNS_ADVANCE_PC).unsignedLeb(piece.section().size() - offset);
        line.u8(0).unsignedLeb(1).u8(DW_LNE_END_SEQUENCE);
    }

    /** The rows of a section that stand for bytes: an empty macro at the very end stands for none. */
    private static List<LineRow> rows(final Placement.Placed place) {
        final List<LineRow> rows = place.section().lines();
        int end = rows.size();
        while (end > 0 && rows.get(end - 1).offset() == place.section().size()) {
            end--;
        }
        return rows.subList(0, end);
    }

    /** Appends a row: one special opcode where both steps are small. */
    private void advance(final int bytes, final int lines) {
        final int lineStep = lines - LINE_BASE;
        if (lineStep >= 0 && lineStep < LINE_RANGE && bytes <= (0xff - OPCODE_BASE - lineStep) / LINE_RANGE) {
            line.u8(OPCODE_BASE + lineStep + LINE_RANGE * bytes);
            return;
        }
        line.u8(DW_LNS_ADVANCE_PC).unsignedLeb(bytes);
        line.u8(DW_LNS_ADVANCE_LINE).signedLeb(lines);
        line.u8(DW_LNS_COPY);
    }

    /** The shapes of the entries in {@code .debug_info}: attribute and form in pairs (DWARF 4, 7.5.3 and 7.5.4). */
    private static byte[] abbreviations() {
        final int tagUnit = 0x11;
        final int tagRoutine = 0x2e;
        final int[] unit = {0x10, 0x17, 0x03, 0x08, 0x1b, 0x08, 0x25, 0x08, 0x13, 0x05};
        final int[] lowHigh = {0x11, 0x01, 0x12, 0x07};
        final int[] lowRanges = {0x11, 0x01, 0x55, 0x17};
        final int[] name = {0x03, 0x08};
        final int[] external = {0x3f, 0x0c};
        final ByteWriter out = new ByteWriter();
        abbreviation(out, UNIT_IN_ONE_PIECE, tagUnit, true, unit, lowHigh);
        abbreviation(out, UNIT_WITH_RANGES, tagUnit, true, unit, lowRanges);
        abbreviation(out, ROUTINE, tagRoutine, false, name, lowHigh, external);
        return out.u8(0).toArray();
    }

    private static void abbreviation(
            final ByteWriter out, final int code, final int tag, final boolean children, final int[]... attributes) {
        out.unsignedLeb(code).unsignedLeb(tag).u8(children ? 1 : 0);
        for (final int[] pairs : attributes) {
            for (final int part : pairs) {
                out.unsignedLeb(part);
            }
        }
        out.u8(0).u8(0);
    }
}

package ringside.toolchain.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code .debug_line}, versions 2 to 5, as far as assemblers and this linker write it (DWARF 4 and 5, 6.2).
 *
 * <p><b>Not modelled:</b> 64-bit DWARF, VLIW operation indexes, columns and the other per-row flags.
 */
final class LineReader {
    /** A bound for hostile input. */
    private static final int MAX_ROWS = 4 << 20;
    private static final String PLACE = ".debug_line";
    private static final int MIN_VERSION = 2;
    private static final int MAX_VERSION = 5;

    private final ByteReader section;
    private final LineFiles files;
    private final List<LineTable.Row> rows = new ArrayList<>();

    private int minInstructionLength;
    private int lineBase;
    private int lineRange;
    private int opcodeBase;
    private int[] opcodeLengths;

    private long address;
    private long line;
    private long file;
    private long rowStart;
    private SourceLine rowSource;
    private boolean inSequence;

    /**
     * Takes the sections.
     *
     * @param section     {@code .debug_line}
     * @param lineStrings {@code .debug_line_str} or {@code null}
     * @param strings     {@code .debug_str} or {@code null}
     */
    LineReader(final ByteReader section, final ByteReader lineStrings, final ByteReader strings) {
        this.section = section;
        files = new LineFiles(section.remaining(), lineStrings, strings);
    }

    List<LineTable.Row> read() {
        while (section.remaining() > 0) {
            final long length = section.u32();
            final ByteReader unit = section.part(PLACE, length);
            final int version = unit.u16();
            if (version < MIN_VERSION || version > MAX_VERSION) {
                throw unit.corrupt("unknown version: version=" + version);
            }
            readUnit(unit, version);
        }
        return rows;
    }

    private void readUnit(final ByteReader unit, final int version) {
        if (version >= MAX_VERSION) {
            final int addressSize = unit.u8();
            if (addressSize != Long.BYTES && addressSize != Integer.BYTES || unit.u8() != 0) {
                throw unit.corrupt("addresses are not flat ones of 32 or 64 bits: size=" + addressSize);
            }
        }
        final ByteReader header = unit.part(PLACE, unit.u32());
        minInstructionLength = header.u8();
        if (version >= 4 && header.u8() != 1) {
            throw header.corrupt("instructions have several operations");
        }
        header.u8();
        lineBase = (byte) header.u8();
        lineRange = header.u8();
        opcodeBase = header.u8();
        if (lineRange == 0 || opcodeBase == 0) {
            throw header.corrupt("line_range=" + lineRange + ", opcode_base=" + opcodeBase);
        }
        opcodeLengths = new int[opcodeBase];
        for (int i = 1; i < opcodeBase; i++) {
            opcodeLengths[i] = header.u8();
        }
        files.read(header, version);
        startSequence();
        while (unit.remaining() > 0) {
            step(unit);
        }
    }

    private void startSequence() {
        address = 0;
        line = 1;
        file = 1;
        inSequence = false;
        rowSource = null;
    }

    private void step(final ByteReader program) {
        final int opcode = program.u8();
        if (opcode >= opcodeBase) {
            final int adjusted = opcode - opcodeBase;
            address += (long) (adjusted / lineRange) * minInstructionLength;
            line += lineBase + adjusted % lineRange;
            row();
            return;
        }
        switch (opcode) {
            case 0 -> extended(program);
            case 1 -> row();
            case 2 -> address += program.unsignedLeb() * minInstructionLength;
            case 3 -> line += program.signedLeb();
            case 4 -> file = program.unsignedLeb();
            case 8 -> address += (long) ((0xff - opcodeBase) / lineRange) * minInstructionLength;
            case 9 -> address += program.u16();
            default -> {
                for (int i = 0; i < opcodeLengths[opcode]; i++) {
                    program.unsignedLeb();
                }
            }
        }
    }

    private void extended(final ByteReader program) {
        final ByteReader operands = program.part(PLACE, program.unsignedLeb());
        if (operands.remaining() == 0) {
            throw operands.corrupt("an extended opcode is empty");
        }
        switch (operands.u8()) {
            case 1 -> {
                closeRow();
                startSequence();
            }
            case 2 -> address = operands.word(operands.remaining() != Integer.BYTES);
            case 3 -> files.add(operands);
            default -> {
                // Discriminators and vendors' extensions say nothing about lines.
            }
        }
    }

    private void row() {
        closeRow();
        rowStart = address;
        rowSource = files.source(file, line);
        inSequence = true;
    }

    private void closeRow() {
        if (!inSequence || rowSource == null || address == rowStart) {
            return;
        }
        if (Long.compareUnsigned(address, rowStart) < 0) {
            throw section.corrupt("addresses fall inside a sequence: address=0x" + Long.toHexString(address));
        }
        if (rows.size() == MAX_ROWS) {
            throw section.corrupt("more than " + MAX_ROWS + " rows");
        }
        rows.add(new LineTable.Row(rowStart, address, rowSource));
    }
}

package ringside.emulator.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** Writes the least ELF file that boots: a header, one PT_LOAD a piece, and with a PVH entry the note. */
public final class TinyElf {
    private static final int HEADER = 64;
    private static final int HEADER_32 = 52;
    private static final int PROGRAM_HEADER = 56;
    private static final int PROGRAM_HEADER_32 = 32;
    private static final int SECTION_HEADER = 64;
    private static final int SECTION_HEADER_32 = 40;
    private static final int SECTIONS_64 = 40;
    private static final int SECTIONS_32 = 32;
    private static final byte[] NAMES = {0, '.', 'x', 0};
    private static final int NOTE_BYTES = 20;
    private static final int ALIGN = 16;

    private final TreeMap<Long, byte[]> pieces = new TreeMap<>();
    private long entry;
    private Integer pvhEntry;
    private boolean narrow;
    private long virtual;
    private byte[] extra;

    /** Puts bytes at an address, virtual and physical. */
    public TinyElf put(final long address, final byte[] bytes) {
        pieces.put(address, bytes);
        return this;
    }

    /** Sets the 64-bit entry. */
    public TinyElf entry(final long address) {
        entry = address;
        return this;
    }

    /** Sets the 32-bit entry and adds the note that names it. */
    public TinyElf pvhEntry(final int address) {
        pvhEntry = address;
        return this;
    }

    /** Makes it an ELF32 file for i386. */
    public TinyElf narrow() {
        narrow = true;
        return this;
    }

    /** Has virtual addresses so much above the physical ones, the entry included. */
    public TinyElf virtual(final long offset) {
        virtual = offset;
        return this;
    }

    /** Adds section headers: of the first piece, of these bytes, which no segment brings, and of the names. */
    public TinyElf sections(final byte[] unloaded) {
        extra = unloaded;
        return this;
    }

    /** {@return the file; the bytes of each piece are aligned to 16} */
    public byte[] bytes() {
        final int headerSize = narrow ? HEADER_32 : HEADER;
        final int programHeaderSize = narrow ? PROGRAM_HEADER_32 : PROGRAM_HEADER;
        final int headers = pieces.size() + (pvhEntry == null ? 0 : 1);
        int offset = align(headerSize + headers * programHeaderSize);
        final int loaded = align(offset + NOTE_BYTES) + pieces.values().stream().mapToInt(b -> align(b.length)).sum();
        final int total = loaded + (extra == null ? 0 : align(extra.length) + align(NAMES.length) + 4 * SECTION_HEADER);
        final ByteBuffer file = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (narrow ? 1 : 2), 1, 1}).position(16);
        file.putShort((short) 2).putShort((short) (narrow ? 3 : 62)).putInt(1);
        word(file, entry + virtual);
        word(file, headerSize);
        word(file, 0);
        file.putInt(0).putShort((short) headerSize).putShort((short) programHeaderSize).putShort((short) headers);
        int header = headerSize;
        if (pvhEntry != null) {
            programHeader(file, header, 4, offset, 0, NOTE_BYTES);
            header += programHeaderSize;
            file.position(offset);
            file.putInt(4).putInt(4).putInt(18).put(new byte[] {'X', 'e', 'n', 0}).putInt(pvhEntry);
        }
        offset = align(offset + NOTE_BYTES);
        for (final Map.Entry<Long, byte[]> piece : pieces.entrySet()) {
            programHeader(file, header, 1, offset, piece.getKey(), piece.getValue().length);
            file.position(offset);
            file.put(piece.getValue());
            header += programHeaderSize;
            offset += align(piece.getValue().length);
        }
        if (extra != null) {
            addSections(file, loaded);
        }
        return file.array();
    }

    private void addSections(final ByteBuffer file, final int loaded) {
        final int first = loaded - pieces.values().stream().mapToInt(b -> align(b.length)).sum();
        final int names = loaded + align(extra.length);
        final int headers = names + align(NAMES.length);
        final int headerSize = narrow ? SECTION_HEADER_32 : SECTION_HEADER;
        file.put(loaded, extra).put(names, NAMES);
        final int tableAt = narrow ? SECTIONS_32 : SECTIONS_64;
        file.position(tableAt);
        word(file, headers);
        file.position(tableAt + (narrow ? 4 : 8) + 10);
        file.putShort((short) headerSize).putShort((short) 4).putShort((short) 3);
        section(file, headers + headerSize, 1, pieces.firstKey() + virtual, first,
                pieces.firstEntry().getValue().length);
        section(file, headers + 2 * headerSize, 1, 0, loaded, extra.length);
        section(file, headers + 3 * headerSize, 3, 0, names, NAMES.length);
    }

    private void section(
            final ByteBuffer file, final int at, final int type, final long address, final int offset,
            final int size) {
        file.position(at);
        file.putInt(1).putInt(type);
        word(file, address == 0 ? 0 : 6);
        word(file, address);
        word(file, offset);
        word(file, size);
        file.putInt(0).putInt(0);
        word(file, 1);
        word(file, 0);
    }

    private static int align(final int offset) {
        return offset + ALIGN - 1 & -ALIGN;
    }

    private void word(final ByteBuffer file, final long value) {
        if (narrow) {
            file.putInt((int) value);
        } else {
            file.putLong(value);
        }
    }

    private void programHeader(final ByteBuffer file, final int at, final int type, final int offset,
            final long address, final int size) {
        file.position(at);
        file.putInt(type);
        if (!narrow) {
            file.putInt(7);
        }
        word(file, offset);
        word(file, address + virtual);
        word(file, address);
        word(file, size);
        word(file, size);
        if (narrow) {
            file.putInt(7);
        }
        word(file, 1);
    }
}

package ringside.emulator.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** Writes the least ELF64 that boots: a header, one PT_LOAD a piece, and with a PVH entry the note. */
public final class TinyElf {
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int NOTE_BYTES = 20;

    private final TreeMap<Long, byte[]> pieces = new TreeMap<>();
    private long entry;
    private Integer pvhEntry;

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

    /** {@return the file} */
    public byte[] bytes() {
        final int headers = pieces.size() + (pvhEntry == null ? 0 : 1);
        int offset = HEADER + headers * PROGRAM_HEADER;
        final int total = offset + NOTE_BYTES + pieces.values().stream().mapToInt(b -> b.length).sum();
        final ByteBuffer file = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort((short) 2).putShort((short) 62).putInt(1).putLong(entry).putLong(HEADER).putLong(0).putInt(0);
        file.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) headers);
        int header = HEADER;
        if (pvhEntry != null) {
            programHeader(file, header, 4, offset, 0, NOTE_BYTES);
            header += PROGRAM_HEADER;
            file.position(offset);
            file.putInt(4).putInt(4).putInt(18).put(new byte[] {'X', 'e', 'n', 0}).putInt(pvhEntry);
        }
        offset += NOTE_BYTES;
        for (final Map.Entry<Long, byte[]> piece : pieces.entrySet()) {
            programHeader(file, header, 1, offset, piece.getKey(), piece.getValue().length);
            file.position(offset);
            file.put(piece.getValue());
            header += PROGRAM_HEADER;
            offset += piece.getValue().length;
        }
        return file.array();
    }

    private static void programHeader(final ByteBuffer file, final int at, final int type, final int offset,
            final long address, final int size) {
        file.position(at);
        file.putInt(type).putInt(7).putLong(offset).putLong(address).putLong(address).putLong(size).putLong(size)
                .putLong(1);
    }
}

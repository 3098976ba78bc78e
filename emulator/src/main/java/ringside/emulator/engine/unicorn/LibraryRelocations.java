package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ringside.emulator.engine.EngineException;

/**
 * Where a shared library keeps the addresses of symbols: the places that its dynamic relocations fill (System V ABI,
 * AMD64 supplement, 4.4.1: {@code R_X86_64_64}, {@code GLOB_DAT} and {@code JUMP_SLOT}).
 *
 * <p>Every read is inside the file or the file is refused.
 */
final class LibraryRelocations {
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int RELRO = 0x6474_E552;

    private static final int JUMP_RELOCATIONS_BYTES = 2;
    private static final int STRINGS = 5;
    private static final int SYMBOLS = 6;
    private static final int RELOCATIONS = 7;
    private static final int RELOCATIONS_BYTES = 8;
    private static final int JUMP_RELOCATIONS = 23;

    private static final int ABSOLUTE = 1;
    private static final int GLOBAL_DATA = 6;
    private static final int JUMP_SLOT = 7;

    private static final int PROGRAM_HEADER_BYTES = 56;
    private static final int SYMBOL_BYTES = 24;
    private static final int RELOCATION_BYTES = 24;
    private static final int LONGEST_NAME = 256;

    /** A loaded piece of the file. */
    private record Piece(long address, long offset, long bytes) {
    }

    private final MemorySegment file;
    private final List<Piece> pieces = new ArrayList<>();
    private final Map<Long, Long> dynamic = new HashMap<>();
    private long protectedFrom;
    private long protectedTo;

    private LibraryRelocations(final MemorySegment file) {
        this.file = file;
    }

    /**
     * What the relocations of some symbols say.
     *
     * @param slots         by symbol, the addresses that hold its address, relative to the load base
     * @param anchor        the anchor's own address, relative to the load base
     * @param protectedFrom first address that the dynamic linker makes read-only after relocating (RELRO)
     * @param protectedTo   the address behind the last
     */
    record Found(Map<String, List<Long>> slots, long anchor, long protectedFrom, long protectedTo) {
    }

    /**
     * {@return the places of some symbols}
     *
     * @param library the file
     * @param wanted  symbols
     * @param anchor  an exported symbol that is used inside the library too
     * @throws EngineException when it is not a library as expected
     */
    static Found read(final Path library, final Set<String> wanted, final String anchor) {
        try (FileChannel channel = FileChannel.open(library, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            final MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new LibraryRelocations(file).find(wanted, anchor);
        } catch (final IOException | IndexOutOfBoundsException e) {
            throw new EngineException("read the relocations of " + library, e.toString(), 0);
        }
    }

    private Found find(final Set<String> wanted, final String anchor) {
        readProgramHeaders();
        final Map<String, List<Long>> slots = new HashMap<>();
        scan(entry(RELOCATIONS), entry(RELOCATIONS_BYTES), wanted, slots);
        scan(entry(JUMP_RELOCATIONS), entry(JUMP_RELOCATIONS_BYTES), wanted, slots);
        return new Found(slots, valueOf(anchor), protectedFrom, protectedTo);
    }

    // The dynamic symbols lie before the dynamic strings, as every linker puts them; the count stands nowhere else.
    private long valueOf(final String symbol) {
        final long strings = offsetOf(entry(STRINGS));
        final int valueAt = 8;
        for (long at = offsetOf(entry(SYMBOLS)); at < strings; at += SYMBOL_BYTES) {
            if (name(strings + Integer.toUnsignedLong(file.get(JAVA_INT_UNALIGNED, at))).equals(symbol)) {
                return file.get(JAVA_LONG_UNALIGNED, at + valueAt);
            }
        }
        throw new IndexOutOfBoundsException("no symbol " + symbol);
    }

    private void readProgramHeaders() {
        final int tableAt = 0x20;
        final int countAt = 0x38;
        final int offsetAt = 8;
        final int addressAt = 16;
        final int fileBytesAt = 32;
        final int memoryBytesAt = 40;
        final long table = file.get(JAVA_LONG_UNALIGNED, tableAt);
        final int count = Short.toUnsignedInt(file.get(JAVA_SHORT_UNALIGNED, countAt));
        for (int i = 0; i < count; i++) {
            final long header = table + (long) i * PROGRAM_HEADER_BYTES;
            final int type = file.get(JAVA_INT_UNALIGNED, header);
            final long offset = file.get(JAVA_LONG_UNALIGNED, header + offsetAt);
            final long address = file.get(JAVA_LONG_UNALIGNED, header + addressAt);
            final long bytes = file.get(JAVA_LONG_UNALIGNED, header + fileBytesAt);
            if (type == LOAD) {
                pieces.add(new Piece(address, offset, bytes));
            } else if (type == DYNAMIC) {
                readDynamic(offset, bytes);
            } else if (type == RELRO) {
                protectedFrom = address;
                protectedTo = address + file.get(JAVA_LONG_UNALIGNED, header + memoryBytesAt);
            }
        }
    }

    private void readDynamic(final long offset, final long bytes) {
        for (long at = 0; at < bytes; at += 2 * Long.BYTES) {
            dynamic.putIfAbsent(file.get(JAVA_LONG_UNALIGNED, offset + at),
                    file.get(JAVA_LONG_UNALIGNED, offset + at + Long.BYTES));
        }
    }

    private long entry(final long tag) {
        final Long value = dynamic.get(tag);
        if (value == null) {
            throw new IndexOutOfBoundsException("no dynamic entry " + tag);
        }
        return value;
    }

    private long offsetOf(final long address) {
        for (final Piece piece : pieces) {
            if (address >= piece.address && address - piece.address < piece.bytes) {
                return address - piece.address + piece.offset;
            }
        }
        throw new IndexOutOfBoundsException("address 0x" + Long.toHexString(address) + " is in no segment");
    }

    private void scan(final long table, final long bytes, final Set<String> wanted,
            final Map<String, List<Long>> slots) {
        final long symbols = offsetOf(entry(SYMBOLS));
        final long strings = offsetOf(entry(STRINGS));
        final int infoAt = 8;
        final int addendAt = 16;
        final long end = offsetOf(table) + bytes;
        for (long at = end - bytes; at < end; at += RELOCATION_BYTES) {
            final long info = file.get(JAVA_LONG_UNALIGNED, at + infoAt);
            final int type = (int) info;
            final boolean address = type == GLOBAL_DATA || type == JUMP_SLOT
                    || type == ABSOLUTE && file.get(JAVA_LONG_UNALIGNED, at + addendAt) == 0;
            if (address) {
                final long symbol = symbols + (info >>> Integer.SIZE) * SYMBOL_BYTES;
                final String name = name(strings + Integer.toUnsignedLong(file.get(JAVA_INT_UNALIGNED, symbol)));
                if (wanted.contains(name)) {
                    slots.computeIfAbsent(name, n -> new ArrayList<>()).add(file.get(JAVA_LONG_UNALIGNED, at));
                }
            }
        }
    }

    private String name(final long at) {
        int length = 0;
        while (length < LONGEST_NAME && file.get(JAVA_BYTE, at + length) != 0) {
            length++;
        }
        return length == LONGEST_NAME ? "" : file.getString(at);
    }
}

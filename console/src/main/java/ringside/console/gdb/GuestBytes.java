package ringside.console.gdb;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import ringside.emulator.engine.GuestPaging;
import ringside.emulator.machine.CpuView;
import ringside.emulator.machine.Machine;

/** RAM as a vCPU's page tables show it, or by physical addresses. Devices are not read: that would change them. */
final class GuestBytes {
    private static final int PAGE = 4096;
    /** As far as a search or a checksum goes. */
    private static final long MOST_SEARCHED = 1L << 30;
    private static final int POLYNOMIAL = 0x04C1_1DB7;

    private final CpuView view;
    private final MemorySegment ram;
    private final boolean physical;

    /**
     * Makes a view.
     *
     * @param view     whose page tables count
     * @param physical whether addresses are physical
     */
    GuestBytes(final CpuView view, final boolean physical) {
        this.view = view;
        this.physical = physical;
        ram = view.memory();
    }

    /** {@return where an address is in RAM, or {@link GuestPaging#UNMAPPED}} */
    long locate(final long address) {
        if (!physical) {
            return view.translate(address);
        }
        return address >= 0 && address < ram.byteSize() ? address : GuestPaging.UNMAPPED;
    }

    /** {@return the bytes from an address on, fewer where memory ends, none where there is none} */
    byte[] read(final long address, final int length) {
        final ByteArrayOutputStream found = new ByteArrayOutputStream();
        while (found.size() < length) {
            final byte[] piece = piece(address + found.size(), length - found.size());
            if (piece.length == 0) {
                break;
            }
            found.writeBytes(piece);
        }
        return found.toByteArray();
    }

    /** {@return bytes up to the end of a page, none where there is no memory} */
    private byte[] piece(final long address, final int most) {
        final long place = locate(address);
        if (place == GuestPaging.UNMAPPED) {
            return new byte[0];
        }
        final long length = Math.min(Math.min(most, PAGE - (int) (address & PAGE - 1)), ram.byteSize() - place);
        return ram.asSlice(place, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /** {@return what writes bytes; empty if they are there already} */
    List<Consumer<Machine>> write(final long address, final byte[] bytes) {
        if (Arrays.equals(bytes, read(address, bytes.length))) {
            return List.of();
        }
        final List<Consumer<Machine>> writes = new ArrayList<>();
        int done = 0;
        while (done < bytes.length) {
            final long place = locate(address + done);
            if (place == GuestPaging.UNMAPPED) {
                throw PacketException.noMemory(address + done);
            }
            final int length = Math.min(bytes.length - done, PAGE - (int) (address + done & PAGE - 1));
            if (place + length > ram.byteSize()) {
                throw PacketException.noMemory(address + done);
            }
            final byte[] part = Arrays.copyOfRange(bytes, done, done + length);
            writes.add(machine -> machine.write(place, part));
            done += length;
        }
        return writes;
    }

    /** {@return where a pattern is first, or -1} */
    long find(final long address, final long length, final byte[] pattern) {
        requireSearchable(length);
        if (pattern.length == 0 || pattern.length > length) {
            return -1;
        }
        final int[] borders = borders(pattern);
        int matched = 0;
        long done = 0;
        while (done < length) {
            final byte[] piece = piece(address + done, (int) Math.min(length - done, PAGE));
            if (piece.length == 0) {
                throw PacketException.noMemory(address + done);
            }
            for (final byte each : piece) {
                done++;
                while (matched > 0 && pattern[matched] != each) {
                    matched = borders[matched - 1];
                }
                matched += pattern[matched] == each ? 1 : 0;
                if (matched == pattern.length) {
                    return address + done - pattern.length;
                }
            }
        }
        return -1;
    }

    /** {@return for each beginning of a pattern how much of its end is a beginning too} So no byte is read twice. */
    private static int[] borders(final byte[] pattern) {
        final int[] borders = new int[pattern.length];
        int matched = 0;
        for (int i = 1; i < pattern.length; i++) {
            while (matched > 0 && pattern[matched] != pattern[i]) {
                matched = borders[matched - 1];
            }
            matched += pattern[matched] == pattern[i] ? 1 : 0;
            borders[i] = matched;
        }
        return borders;
    }

    /** {@return the checksum that gdb compares sections by} */
    int checksum(final long address, final long length) {
        requireSearchable(length);
        int crc = -1;
        long done = 0;
        while (done < length) {
            final byte[] piece = piece(address + done, (int) Math.min(length - done, PAGE));
            if (piece.length == 0) {
                throw PacketException.noMemory(address + done);
            }
            for (final byte each : piece) {
                crc ^= each << Integer.SIZE - Byte.SIZE;
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    crc = crc < 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
                }
            }
            done += piece.length;
        }
        return crc;
    }

    private static void requireSearchable(final long length) {
        if (length < 0 || length > MOST_SEARCHED) {
            throw PacketException.notPossible("a search goes through 1 GiB at most: length=0x"
                    + Long.toHexString(length));
        }
    }
}

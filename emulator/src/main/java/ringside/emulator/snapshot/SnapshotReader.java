package ringside.emulator.snapshot;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.pages.Hashes;
import ringside.emulator.pages.Page;
import ringside.emulator.pages.PageMap;

/**
 * Reads a file in the form of {@link SnapshotFormat}, from anywhere: every size is held against its bound before memory
 * is taken for it, every section against its checksum before it is believed.
 */
final class SnapshotReader {
    private final String file;
    private final long ramMost;
    private final int pagedMost;
    private final MessageDigest all = Hashes.sha256();
    private final DataInputStream in;
    private final List<Part> parts = new ArrayList<>();
    private final List<Page> pages = new ArrayList<>();
    private String place = "header";

    private String image;
    private String make;
    private long steps;
    private long cycles;
    private long ramBytes;
    private int stored;
    private int mapped;
    private int partCount;
    private int paged;
    private int partsMapped;
    private int used;

    /** A part whose pages are yet to come. */
    private record Part(String name, byte[] bytes, boolean hashed, long pageBytes, int mapped) {
    }

    /** Refuses RAM of more than {@code ramMost} bytes, and more than {@code pagedMost} parts with pages. */
    SnapshotReader(final String file, final InputStream from, final long ramMost, final int pagedMost) {
        this.file = file;
        this.pagedMost = Math.min(pagedMost, StatePart.MOST_PAGED);
        this.ramMost = Math.min(ramMost, SnapshotFormat.RAM_MOST);
        in = new DataInputStream(new DigestInputStream(from, all));
    }

    Snapshot read() throws IOException {
        try {
            if (in.readLong() != SnapshotFormat.MAGIC) {
                throw refused("this is no snapshot");
            }
            final int version = in.readInt();
            if (version != SnapshotFormat.VERSION) {
                throw refused("version " + Integer.toUnsignedString(version) + " of the format, and this program knows "
                        + SnapshotFormat.VERSION);
            }
            head(section(SnapshotFormat.HEAD, SnapshotFormat.HEAD_MOST));
            for (int i = 0; i < partCount; i++) {
                part(section(SnapshotFormat.PART, SnapshotFormat.PART_MOST));
            }
            if (stored > mapped + partsMapped) {
                throw refused("more pages are stored than mapped: stored=" + stored + " mapped="
                        + (mapped + partsMapped));
            }
            while (pages.size() < stored) {
                pages(section(SnapshotFormat.PAGE, SnapshotFormat.PAGE_MOST));
            }
            final PageMap ram = map(SnapshotFormat.RMAP, ramBytes, mapped);
            final List<StatePart> whole = new ArrayList<>();
            for (final Part part : parts) {
                whole.add(new StatePart(part.name, part.bytes, part.hashed,
                        map(SnapshotFormat.PMAP, part.pageBytes, part.mapped)));
            }
            if (used < stored) {
                throw refused("a stored page is used nowhere: page=" + used);
            }
            final byte[] digest = all.digest();
            final ByteBuffer last = section(SnapshotFormat.LAST, Hashes.BYTES);
            if (last.remaining() != Hashes.BYTES || !last.equals(ByteBuffer.wrap(digest))) {
                throw refused("the checksum over the file is wrong");
            }
            place = "end";
            if (in.read() >= 0) {
                throw refused("something follows the last section");
            }
            place = "contents";
            return new Snapshot(image, make, steps, cycles, ram, whole);
        } catch (final EOFException cut) {
            throw refused("the file ends here");
        } catch (final IllegalArgumentException nonsense) {
            throw refused(nonsense.getMessage());
        }
    }

    private SnapshotException refused(final String reason) {
        return new SnapshotException(file, place, reason);
    }

    private ByteBuffer section(final int tag, final int most) throws IOException {
        final String name = SnapshotFormat.name(tag);
        place = tag == SnapshotFormat.PART ? name + " " + parts.size()
                : tag == SnapshotFormat.PAGE ? name + " at page " + pages.size() : name;
        final byte[] head = new byte[SnapshotFormat.SECTION_HEAD];
        in.readFully(head);
        final ByteBuffer fields = ByteBuffer.wrap(head);
        final int found = fields.getInt();
        final int length = fields.getInt();
        if (found != tag) {
            throw refused("another section is here: " + SnapshotFormat.name(found));
        }
        if (length < 0 || length > most) {
            throw refused("a section of this kind has at most " + most + " bytes: length="
                    + Integer.toUnsignedString(length));
        }
        final byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException();
        }
        final CRC32C check = new CRC32C();
        check.update(head);
        check.update(payload);
        if (in.readInt() != (int) check.getValue()) {
            throw refused("the checksum is wrong");
        }
        return ByteBuffer.wrap(payload);
    }

    private void need(final ByteBuffer payload, final int bytes) {
        if (payload.remaining() < bytes) {
            throw refused("the section is too short: " + payload.remaining() + " bytes are left and " + bytes
                    + " are needed");
        }
    }

    private String text(final ByteBuffer payload) {
        need(payload, Short.BYTES);
        final byte[] text = new byte[Short.toUnsignedInt(payload.getShort())];
        need(payload, text.length);
        payload.get(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private void head(final ByteBuffer payload) {
        image = text(payload);
        make = text(payload);
        need(payload, 3 * Long.BYTES + 3 * Integer.BYTES);
        steps = payload.getLong();
        cycles = payload.getLong();
        ramBytes = payload.getLong();
        stored = payload.getInt();
        mapped = payload.getInt();
        partCount = payload.getInt();
        if (payload.hasRemaining()) {
            throw refused("bytes are left over: " + payload.remaining());
        }
        if (ramBytes <= 0 || ramBytes % GuestRam.PAGE != 0 || ramBytes > ramMost) {
            throw refused("RAM is whole pages, at most " + ramMost + " bytes: bytes="
                    + Long.toUnsignedString(ramBytes));
        }
        if (mapped < 0 || mapped > ramBytes / GuestRam.PAGE || stored < 0) {
            throw refused("so many pages do not fit: stored=" + Integer.toUnsignedString(stored) + " mapped="
                    + Integer.toUnsignedString(mapped) + " RAM=" + ramBytes / GuestRam.PAGE);
        }
        if (partCount < 0 || partCount > Snapshot.MOST_PARTS) {
            throw refused("too many parts: parts=" + Integer.toUnsignedString(partCount));
        }
    }

    private void part(final ByteBuffer payload) {
        final String name = text(payload);
        need(payload, Byte.BYTES);
        final int hashed = payload.get();
        if (hashed != 0 && hashed != 1) {
            throw refused("a truth is 0 or 1: hashed=" + hashed);
        }
        need(payload, Long.BYTES + Integer.BYTES);
        final long pageBytes = payload.getLong();
        final int count = payload.getInt();
        if (pageBytes < 0 || pageBytes % GuestRam.PAGE != 0 || pageBytes > PageMap.MOST_BYTES || count < 0
                || count > Math.min(pageBytes, StatePart.MOST_BYTES) / GuestRam.PAGE) {
            throw refused("so many pages do not fit: bytes=" + Long.toUnsignedString(pageBytes) + " mapped="
                    + Integer.toUnsignedString(count));
        }
        paged += pageBytes > 0 ? 1 : 0;
        if (paged > pagedMost) {
            throw refused("more parts with pages than disks: disks=" + pagedMost);
        }
        partsMapped += count;
        final byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        parts.add(new Part(name, bytes, hashed == 1, pageBytes, count));
    }

    private void pages(final ByteBuffer payload) {
        need(payload, SnapshotFormat.SECTION_HEAD);
        final int first = payload.getInt();
        final int count = payload.getInt();
        if (first != pages.size() || count != Math.min(SnapshotFormat.PAGES_IN_SECTION, stored - first)) {
            throw refused("other pages are expected here: first=" + first + " count=" + count);
        }
        final byte[] bytes = inflate(payload, count * GuestRam.PAGE);
        for (int i = 0; i < count; i++) {
            pages.add(Page.of(Arrays.copyOfRange(bytes, i * GuestRam.PAGE, (i + 1) * GuestRam.PAGE)));
        }
    }

    private PageMap map(final int tag, final long bytes, final int entries) throws IOException {
        final PageMap.Editor map = new PageMap.Editor(PageMap.zeros(bytes));
        int previous = -1;
        int done = 0;
        while (done < entries) {
            final ByteBuffer payload = section(tag, SnapshotFormat.MAP_MOST);
            need(payload, Integer.BYTES);
            final int count = payload.getInt();
            if (count != Math.min(SnapshotFormat.ENTRIES_IN_SECTION, entries - done)) {
                throw refused("another number of entries is expected here: count=" + count);
            }
            final ByteBuffer list = ByteBuffer.wrap(inflate(payload, count * SnapshotFormat.ENTRY_BYTES));
            for (int i = 0; i < count; i++) {
                final int number = list.getInt();
                final int page = list.getInt();
                if (number <= previous || number >= bytes / GuestRam.PAGE || page < 0 || page > used
                        || page >= stored) {
                    throw refused("an entry is out of order: page=" + number + " page stored=" + page);
                }
                if (tag == SnapshotFormat.RMAP && pages.get(page).isZeros()) {
                    throw refused("RAM holds no page of zeros: page=" + number);
                }
                used = Math.max(used, page + 1);
                previous = number;
                map.set(number, pages.get(page));
            }
            done += count;
        }
        return map.done();
    }

    private byte[] inflate(final ByteBuffer payload, final int expected) {
        final byte[] bytes = new byte[expected];
        final Inflater inflater = new Inflater();
        try {
            inflater.setInput(payload);
            int done = 0;
            while (done < expected) {
                final int more = inflater.inflate(bytes, done, expected - done);
                if (more == 0) {
                    throw refused("the compressed bytes end too early: bytes=" + done + " expected=" + expected);
                }
                done += more;
            }
            // The end mark and the checksum may be left; a byte more than expected is not.
            if (!inflater.finished() && inflater.inflate(new byte[1]) != 0 || !inflater.finished()
                    || inflater.getRemaining() != 0) {
                throw refused("the compressed bytes do not end where they should: expected=" + expected);
            }
            return bytes;
        } catch (final DataFormatException damaged) {
            throw refused("the compressed bytes are damaged: " + damaged.getMessage());
        } finally {
            inflater.end();
        }
    }
}

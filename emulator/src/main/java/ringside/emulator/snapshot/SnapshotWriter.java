package ringside.emulator.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import ringside.emulator.memory.GuestRam;

/** Writes one snapshot in the form of {@link SnapshotFormat}: each distinct page once, zeros not at all. */
final class SnapshotWriter {
    private final Snapshot snapshot;
    private final MessageDigest all = Hashes.sha256();
    private final DataOutputStream out;
    private final List<Page> stored = new ArrayList<>();
    private final ByteBuffer entries;
    private final int mapped;

    SnapshotWriter(final Snapshot snapshot, final OutputStream to) {
        this.snapshot = snapshot;
        out = new DataOutputStream(new DigestOutputStream(to, all));
        final PageMap ram = snapshot.ram();
        mapped = ram.used();
        entries = ByteBuffer.allocate(mapped * SnapshotFormat.ENTRY_BYTES);
        final MessageDigest sha256 = Hashes.sha256();
        final Map<ByteBuffer, Integer> numbers = new HashMap<>();
        for (int number = 0; number < ram.pages(); number++) {
            final Page page = ram.page(number);
            if (page != null) {
                final ByteBuffer content = ByteBuffer.wrap(page.digest(sha256));
                final Integer known = numbers.putIfAbsent(content, stored.size());
                entries.putInt(number).putInt(known == null ? stored.size() : known);
                if (known == null) {
                    stored.add(page);
                }
            }
        }
        entries.flip();
    }

    void write() throws IOException {
        out.writeLong(SnapshotFormat.MAGIC);
        out.writeInt(SnapshotFormat.VERSION);
        head();
        for (final StatePart part : snapshot.parts()) {
            part(part);
        }
        for (int first = 0; first < stored.size(); first += SnapshotFormat.PAGES_IN_SECTION) {
            pages(first, Math.min(SnapshotFormat.PAGES_IN_SECTION, stored.size() - first));
        }
        while (entries.hasRemaining()) {
            map(Math.min(SnapshotFormat.ENTRIES_IN_SECTION, entries.remaining() / SnapshotFormat.ENTRY_BYTES));
        }
        out.flush();
        final byte[] digest = all.digest();
        section(SnapshotFormat.LAST, payload -> payload.write(digest));
        out.flush();
    }

    private interface Content {
        void to(DataOutputStream payload) throws IOException;
    }

    private void section(final int tag, final Content content) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.to(new DataOutputStream(bytes));
        final byte[] payload = bytes.toByteArray();
        final byte[] head = ByteBuffer.allocate(SnapshotFormat.SECTION_HEAD).putInt(tag).putInt(payload.length)
                .array();
        final CRC32C check = new CRC32C();
        check.update(head);
        check.update(payload);
        out.write(head);
        out.write(payload);
        out.writeInt((int) check.getValue());
    }

    private static void text(final DataOutputStream payload, final String text) throws IOException {
        payload.writeShort(text.length());
        payload.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void head() throws IOException {
        section(SnapshotFormat.HEAD, payload -> {
            text(payload, snapshot.image());
            text(payload, snapshot.make());
            payload.writeLong(snapshot.steps());
            payload.writeLong(snapshot.cycles());
            payload.writeLong(snapshot.ram().bytes());
            payload.writeInt(stored.size());
            payload.writeInt(mapped);
            payload.writeInt(snapshot.parts().size());
        });
    }

    private void part(final StatePart part) throws IOException {
        section(SnapshotFormat.PART, payload -> {
            text(payload, part.name());
            payload.writeBoolean(part.hashed());
            payload.write(part.bytes());
        });
    }

    private void pages(final int first, final int count) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(count * GuestRam.PAGE);
        for (final Page page : stored.subList(first, first + count)) {
            bytes.put(page.bytes());
        }
        section(SnapshotFormat.PAGE, payload -> {
            payload.writeInt(first);
            payload.writeInt(count);
            deflate(payload, bytes.array());
        });
    }

    private void map(final int count) throws IOException {
        final byte[] bytes = new byte[count * SnapshotFormat.ENTRY_BYTES];
        entries.get(bytes);
        section(SnapshotFormat.RMAP, payload -> {
            payload.writeInt(count);
            deflate(payload, bytes);
        });
    }

    private static void deflate(final OutputStream to, final byte[] bytes) throws IOException {
        final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream compressed = new DeflaterOutputStream(to, deflater)) {
            compressed.write(bytes);
        } finally {
            deflater.end();
        }
    }
}

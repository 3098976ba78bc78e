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
import ringside.emulator.pages.Hashes;
import ringside.emulator.pages.Page;
import ringside.emulator.pages.PageMap;

/** Writes one snapshot in the form of {@link SnapshotFormat}: each distinct page once, RAM's zeros not at all. */
final class SnapshotWriter {
    private final Snapshot snapshot;
    private final MessageDigest all = Hashes.sha256();
    private final DataOutputStream out;
    private final List<Page> stored = new ArrayList<>();
    private final Map<ByteBuffer, Integer> numbers = new HashMap<>();
    private final ByteBuffer ram;
    private final List<ByteBuffer> contents;

    SnapshotWriter(final Snapshot snapshot, final OutputStream to) {
        this.snapshot = snapshot;
        out = new DataOutputStream(new DigestOutputStream(to, all));
        ram = entries(snapshot.ram());
        contents = snapshot.parts().stream().map(part -> entries(part.pages())).toList();
    }

    private ByteBuffer entries(final PageMap map) {
        final MessageDigest sha256 = Hashes.sha256();
        final ByteBuffer entries = ByteBuffer.allocate(map.used() * SnapshotFormat.ENTRY_BYTES);
        for (int number = map.nextUsed(0); number != PageMap.NONE; number = map.nextUsed(number + 1)) {
            final Page page = map.page(number);
            final Integer known = numbers.putIfAbsent(ByteBuffer.wrap(page.digest(sha256)), stored.size());
            entries.putInt(number).putInt(known == null ? stored.size() : known);
            if (known == null) {
                stored.add(page);
            }
        }
        return entries.flip();
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
        map(SnapshotFormat.RMAP, ram);
        for (final ByteBuffer content : contents) {
            map(SnapshotFormat.PMAP, content);
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
            payload.writeInt(snapshot.ram().used());
            payload.writeInt(snapshot.parts().size());
        });
    }

    private void part(final StatePart part) throws IOException {
        section(SnapshotFormat.PART, payload -> {
            text(payload, part.name());
            payload.writeBoolean(part.hashed());
            payload.writeLong(part.pages().bytes());
            payload.writeInt(part.pages().used());
            payload.write(part.bytes());
        });
    }

    private void pages(final int first, final int count) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(count * GuestRam.PAGE);
        for (final Page page : stored.subList(first, first + count)) {
            bytes.put(page.content().asByteBuffer());
        }
        section(SnapshotFormat.PAGE, payload -> {
            payload.writeInt(first);
            payload.writeInt(count);
            deflate(payload, bytes.array());
        });
    }

    private void map(final int tag, final ByteBuffer entries) throws IOException {
        while (entries.hasRemaining()) {
            final int most = SnapshotFormat.ENTRIES_IN_SECTION * SnapshotFormat.ENTRY_BYTES;
            final byte[] bytes = new byte[Math.min(most, entries.remaining())];
            entries.get(bytes);
            section(tag, payload -> {
                payload.writeInt(bytes.length / SnapshotFormat.ENTRY_BYTES);
                deflate(payload, bytes);
            });
        }
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

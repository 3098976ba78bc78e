package ringside.emulator.device.virtio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import ringside.emulator.bus.DirectMemory;

/**
 * What a virtio disk does with one request (Virtual I/O Device 1.1, 5.2.6).
 *
 * <p>A request that asks for what there is not is answered with an error; only one without a header or without room
 * for an answer breaks the queue.
 */
final class BlockRequests {
    /** The most bytes of data in a request; one with more is an error. */
    static final long MOST_BYTES = 16L << 20;

    private static final int HEADER = 16;
    private static final int SECTOR_FIELD = 8;
    private static final int CHUNK = 1 << 16;

    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int FLUSH = 4;
    private static final int IDENTIFY = 8;
    private static final int IDENTITY_BYTES = 20;

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int UNSUPPORTED = 2;

    private final BlockBackend disk;
    private final DirectMemory memory;
    private final byte[] identity;
    private final byte[] header = new byte[HEADER];
    private final byte[] chunk = new byte[CHUNK];
    private final byte[] status = new byte[1];

    BlockRequests(final BlockBackend disk, final DirectMemory memory, final String identity) {
        this.disk = disk;
        this.memory = memory;
        this.identity = Arrays.copyOf(identity.getBytes(StandardCharsets.US_ASCII), IDENTITY_BYTES);
    }

    /** Does a request and writes its status, the last byte that can be written; {@return bytes of data moved} */
    long handle(final Segments readable, final Segments writable) throws QueueException {
        if (readable.total() < HEADER || writable.isEmpty()) {
            throw new QueueException("a request has a header and room for its status");
        }
        final long in = writable.total() - 1;
        final long out = readable.total() - HEADER;
        status[0] = FAILED;
        long moved = 0;
        if (readable.read(memory, 0, header, HEADER) && in + out <= MOST_BYTES) {
            try {
                moved = in + out;
                status[0] = (byte) answer(readable, out, writable, in);
            } catch (final IOException e) {
                status[0] = FAILED;
            }
        }
        if (!writable.write(memory, in, status, 1)) {
            throw new QueueException("a status lies in memory");
        }
        return moved;
    }

    private int answer(final Segments readable, final long out, final Segments writable, final long in)
            throws IOException {
        final long sector = field(SECTOR_FIELD, Long.BYTES);
        return switch ((int) field(0, Integer.BYTES)) {
            case READ -> read(sector, writable, in);
            case WRITE -> write(sector, readable, out);
            case FLUSH -> {
                disk.flush();
                yield DONE;
            }
            case IDENTIFY -> writable.write(memory, 0, identity, (int) Math.min(in, IDENTITY_BYTES)) ? DONE : FAILED;
            default -> UNSUPPORTED;
        };
    }

    private long field(final int offset, final int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (long) Byte.toUnsignedInt(header[offset + i]) << i * Byte.SIZE;
        }
        return value;
    }

    private boolean within(final long sector, final long bytes) {
        final long count = bytes / BlockBackend.SECTOR;
        return bytes % BlockBackend.SECTOR == 0 && sector >= 0 && sector <= disk.sectors() - count;
    }

    private int read(final long sector, final Segments writable, final long bytes) throws IOException {
        if (!within(sector, bytes)) {
            return FAILED;
        }
        for (long done = 0; done < bytes; done += CHUNK) {
            final int part = (int) Math.min(CHUNK, bytes - done);
            disk.read(sector + done / BlockBackend.SECTOR, chunk, part);
            if (!writable.write(memory, done, chunk, part)) {
                return FAILED;
            }
        }
        return DONE;
    }

    private int write(final long sector, final Segments readable, final long bytes) throws IOException {
        if (disk.readOnly() || !within(sector, bytes)) {
            return FAILED;
        }
        for (long done = 0; done < bytes; done += CHUNK) {
            final int part = (int) Math.min(CHUNK, bytes - done);
            if (!readable.read(memory, HEADER + done, chunk, part)) {
                return FAILED;
            }
            disk.write(sector + done / BlockBackend.SECTOR, chunk, part);
        }
        return DONE;
    }
}

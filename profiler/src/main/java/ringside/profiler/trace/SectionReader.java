package ringside.profiler.trace;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import ringside.emulator.pages.Hashes;

/**
 * Reads the frame of {@link TraceFormat}, from anywhere: every size is held against its bound before memory is taken
 * for it, every section against its checksum before it is believed.
 */
final class SectionReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final String file;
    private final DataInputStream in;
    private final MessageDigest all = Hashes.sha256();
    private final Inflater inflater = new Inflater();
    private byte[] digestBefore = new byte[0];
    private int tag;
    private long begin;
    private long offset;

    private SectionReader(final String file, final InputStream in) {
        this.file = file;
        this.in = new DataInputStream(new BufferedInputStream(in, BUFFER_BYTES));
    }

    /** Opens a file; its owner closes the reader. */
    static SectionReader open(final Path path) {
        final String name = path.toString();
        if (!Files.exists(path)) {
            throw new TraceException(name, "file", "there is no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw new TraceException(name, "file", "this is not a regular file");
        }
        try {
            return new SectionReader(name, Files.newInputStream(path));
        } catch (final IOException failure) {
            throw new TraceException(name, "file", "cannot be read: " + failure);
        }
    }

    /** Reads bytes. */
    static SectionReader of(final String name, final InputStream bytes) {
        return new SectionReader(name, bytes);
    }

    private interface Reading<T> {
        T done() throws IOException;
    }

    private <T> T reading(final Reading<T> reading) {
        try {
            return reading.done();
        } catch (final EOFException cut) {
            throw new CutException(file, place());
        } catch (final IOException failure) {
            throw new TraceException(file, place(), "cannot be read: " + failure);
        }
    }

    /** The file ends within a section, or where one is missing. */
    static final class CutException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient TraceException refusal;

        CutException(final String file, final String place) {
            refusal = new TraceException(file, place, "the file ends here");
        }

        TraceException refusal() {
            return refusal;
        }
    }

    /** Reads magic and version. */
    void begin() {
        reading(() -> {
            final byte[] head = exactly(Long.BYTES + Integer.BYTES);
            all.update(head);
            final TraceCursor fields = new TraceCursor(file, "header", head);
            if (fields.i64() != TraceFormat.MAGIC) {
                throw new TraceException(file, "header", "this is no trace");
            }
            final int version = fields.i32();
            if (version != TraceFormat.VERSION) {
                throw new TraceException(file, "header", "version " + Integer.toUnsignedString(version)
                        + " of the format, and this program knows " + TraceFormat.VERSION);
            }
            return null;
        });
    }

    /** Goes to a section that was read before, by where it begins. */
    void skipTo(final long place) {
        reading(() -> {
            in.skipNBytes(place - offset);
            offset = place;
            return null;
        });
    }

    /** {@return what a section holds, or {@code null} at the end of the file} */
    TraceCursor next() {
        return reading(() -> {
            begin = offset;
            tag = 0;
            final int first = in.read();
            if (first < 0) {
                return null;
            }
            final byte[] rest = in.readNBytes(TraceFormat.SECTION_HEAD - 1);
            if (rest.length < TraceFormat.SECTION_HEAD - 1) {
                throw new EOFException();
            }
            final byte[] head = new TraceBytes().u8(first).raw(rest).copy();
            final TraceCursor fields = new TraceCursor(file, place(), head);
            tag = fields.i32();
            final int length = fields.i32();
            if (length < Integer.BYTES || length > TraceFormat.PAYLOAD_MOST) {
                throw refused("a section has " + Integer.BYTES + " to " + TraceFormat.PAYLOAD_MOST + " bytes: "
                        + Integer.toUnsignedString(length));
            }
            final byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                throw new EOFException();
            }
            final CRC32C check = new CRC32C();
            check.update(head);
            check.update(payload);
            final int said = in.readInt();
            if (said != (int) check.getValue()) {
                throw refused("the checksum is wrong");
            }
            if (tag == TraceFormat.LAST) {
                digestBefore = all.digest();
            }
            all.update(head);
            all.update(payload);
            all.update(new TraceBytes().i32(said).copy());
            offset += head.length + length + Integer.BYTES;
            return new TraceCursor(file, place(), inflate(payload));
        });
    }

    private byte[] exactly(final int count) throws IOException {
        final byte[] bytes = in.readNBytes(count);
        offset += bytes.length;
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    private byte[] inflate(final byte[] payload) {
        final int size = new TraceCursor(file, place(), payload).i32();
        if (size < 0 || size > TraceFormat.SECTION_MOST) {
            throw refused("a section holds at most " + TraceFormat.SECTION_MOST + " bytes: "
                    + Integer.toUnsignedString(size));
        }
        final byte[] bytes = new byte[size];
        inflater.reset();
        inflater.setInput(payload, Integer.BYTES, payload.length - Integer.BYTES);
        try {
            int done = 0;
            while (done < size) {
                final int more = inflater.inflate(bytes, done, size - done);
                if (more == 0) {
                    throw refused("the compressed bytes end too early: bytes=" + done + " expected=" + size);
                }
                done += more;
            }
            // The end mark and the checksum may be left; a byte more than expected is not.
            if (!inflater.finished() && inflater.inflate(new byte[1]) != 0 || !inflater.finished()
                    || inflater.getRemaining() != 0) {
                throw refused("the compressed bytes do not end where they should: expected=" + size);
            }
            return bytes;
        } catch (final DataFormatException damaged) {
            throw refused("the compressed bytes are damaged: " + damaged.getMessage());
        }
    }

    /** {@return the tag of the section that was read} */
    int tag() {
        return tag;
    }

    /** {@return where what is read next begins, bytes from the beginning of the file} */
    long offset() {
        return offset;
    }

    /** {@return SHA-256 of all bytes before the last section} */
    byte[] digestBefore() {
        return digestBefore;
    }

    String place() {
        return begin == 0 ? "header" : "byte " + begin + (tag == 0 ? "" : ", section " + TraceFormat.name(tag));
    }

    TraceException refused(final String reason) {
        return new TraceException(file, place(), reason);
    }

    @Override
    public void close() {
        inflater.end();
        try {
            in.close();
        } catch (IOException _) {
            // What was read was read.
        }
    }
}

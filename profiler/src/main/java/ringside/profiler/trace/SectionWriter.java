package ringside.profiler.trace;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import ringside.emulator.pages.Hashes;

/** Writes the frame of {@link TraceFormat}: magic, version, sections with their checksums. */
final class SectionWriter {
    private final MessageDigest all = Hashes.sha256();
    private final Deflater deflater = new Deflater();
    private byte[] packed = new byte[1 << 16];
    private long written;

    /** Begins a file. */
    void begin(final OutputStream to) throws IOException {
        final DataOutputStream out = out(to);
        out.writeLong(TraceFormat.MAGIC);
        out.writeInt(TraceFormat.VERSION);
        written += out.size();
    }

    /** Writes a section. */
    void section(final OutputStream to, final int tag, final byte[] content, final int size) throws IOException {
        if (size > TraceFormat.SECTION_MOST) {
            throw new IOException("a section is larger than a trace has them");
        }
        deflater.reset();
        deflater.setInput(content, 0, size);
        deflater.finish();
        int length = 0;
        while (!deflater.finished()) {
            if (length == packed.length) {
                packed = Arrays.copyOf(packed, 2 * length);
            }
            length += deflater.deflate(packed, length, packed.length - length);
        }
        final byte[] head = new TraceBytes().i32(tag).i32(Integer.BYTES + length).i32(size).copy();
        final CRC32C check = new CRC32C();
        check.update(head);
        check.update(packed, 0, length);
        final DataOutputStream out = out(to);
        out.write(head);
        out.write(packed, 0, length);
        out.writeInt((int) check.getValue());
        written += out.size();
    }

    /** {@return SHA-256 of all that was written} */
    byte[] digest() {
        return all.digest();
    }

    /** {@return bytes that were written} */
    long written() {
        return written;
    }

    /** Gives back what the host keeps for compressing. */
    void close() {
        deflater.end();
    }

    private DataOutputStream out(final OutputStream to) {
        return new DataOutputStream(new DigestOutputStream(to, all));
    }
}

package ringside.console.gdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Frames replies. */
final class PacketWriter {
    private static final int ESCAPED = 0x20;
    private static final int MODULUS = 0xFF;

    private final OutputStream out;
    private byte[] last = new byte[0];

    PacketWriter(final OutputStream out) {
        this.out = out;
    }

    /** Sends a reply of text; a character is a byte. */
    void send(final String payload) throws IOException {
        last = frame(payload.getBytes(StandardCharsets.ISO_8859_1));
        again();
    }

    /** Sends the last reply once more. */
    void again() throws IOException {
        out.write(last);
        out.flush();
    }

    /** Sends an acknowledgement. */
    void acknowledge(final boolean taken) throws IOException {
        out.write(taken ? '+' : '-');
        out.flush();
    }

    /** {@return a packet with that payload} */
    static byte[] frame(final byte[] payload) {
        final ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write('$');
        int sum = 0;
        for (final byte each : payload) {
            final int value = Byte.toUnsignedInt(each);
            if (value == '#' || value == '$' || value == '}' || value == '*') {
                frame.write('}');
                frame.write(value ^ ESCAPED);
                sum += '}' + (value ^ ESCAPED);
            } else {
                frame.write(value);
                sum += value;
            }
        }
        frame.write('#');
        frame.writeBytes(String.format("%02x", sum & MODULUS).getBytes(StandardCharsets.ISO_8859_1));
        return frame.toByteArray();
    }
}

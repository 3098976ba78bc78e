package ringside.console.gdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/**
 * Cuts a client's bytes into packets, acknowledgements and interrupts. Whatever comes, it holds no more than
 * {@value #MOST} bytes.
 */
final class PacketReader {
    /** Bytes that a packet has at most. */
    static final int MOST = 0x8000;

    private static final int INTERRUPT = 3;
    private static final int ESCAPE = '}';
    private static final int ESCAPED = 0x20;
    private static final int MODULUS = 0xFF;

    private final InputStream in;
    private Runnable idle = () -> { };

    /** What a client sent. */
    enum Kind {
        /** A packet, as its checksum says. */
        PACKET,
        /** A packet that is damaged or too long. */
        DAMAGED,
        /** The last reply came. */
        TAKEN,
        /** The last reply came damaged. */
        REFUSED,
        /** The run is to stop. */
        INTERRUPT,
        /** Nothing will come any more. */
        END
    }

    /**
     * One of them.
     *
     * @param kind    which
     * @param payload of a packet, unescaped; otherwise empty
     */
    record Incoming(Kind kind, byte[] payload) {
        private static Incoming of(final Kind kind) {
            return new Incoming(kind, new byte[0]);
        }
    }

    PacketReader(final InputStream in) {
        this.in = in;
    }

    /**
     * {@return what comes next} Bytes between packets that mean nothing are passed over.
     *
     * @param whileNothing is done now and then while nothing comes
     * @throws IOException when the connection is lost
     */
    Incoming next(final Runnable whileNothing) throws IOException {
        idle = whileNothing;
        while (true) {
            final int value = read();
            switch (value) {
                case -1 -> {
                    return Incoming.of(Kind.END);
                }
                case '+' -> {
                    return Incoming.of(Kind.TAKEN);
                }
                case '-' -> {
                    return Incoming.of(Kind.REFUSED);
                }
                case INTERRUPT -> {
                    return Incoming.of(Kind.INTERRUPT);
                }
                case '$' -> {
                    return packet();
                }
                default -> { }
            }
        }
    }

    private Incoming packet() throws IOException {
        final ByteArrayOutputStream payload = new ByteArrayOutputStream();
        int sum = 0;
        int length = 0;
        boolean escaped = false;
        while (true) {
            final int value = read();
            if (value < 0) {
                return Incoming.of(Kind.END);
            }
            if (value == '$') {
                // The packet before has no end: this is another one.
                payload.reset();
                sum = 0;
                length = 0;
                escaped = false;
                continue;
            }
            if (value == '#') {
                break;
            }
            sum += value;
            length++;
            if (length <= MOST && !escaped && value == ESCAPE) {
                escaped = true;
            } else if (length <= MOST) {
                payload.write(escaped ? value ^ ESCAPED : value);
                escaped = false;
            }
        }
        final int high = Character.digit(read(), 16);
        final int low = Character.digit(read(), 16);
        final boolean intact = high >= 0 && low >= 0 && (high << 4 | low) == (sum & MODULUS);
        return intact && length <= MOST && !escaped ? new Incoming(Kind.PACKET, payload.toByteArray())
                : Incoming.of(Kind.DAMAGED);
    }

    private int read() throws IOException {
        while (true) {
            try {
                return in.read();
            } catch (final SocketTimeoutException nothing) {
                idle.run();
            }
        }
    }
}

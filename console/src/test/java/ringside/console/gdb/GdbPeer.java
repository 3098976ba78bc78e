package ringside.console.gdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A client that says what a test has it say. */
final class GdbPeer implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final List<String> told = new ArrayList<>();
    private boolean acknowledges = true;

    GdbPeer(final int port) {
        try {
            socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
            socket.setTcpNoDelay(true);
            in = socket.getInputStream();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits so long for each byte and no longer: then the server counts as gone. */
    void patience(final int millis) {
        try {
            socket.setSoTimeout(millis);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the reply to a packet; what comes before it for a person is {@link #told}} */
    String ask(final String payload) {
        told.clear();
        send(payload);
        if (acknowledges) {
            expect('+');
        }
        return reply();
    }

    /** Sends a packet and waits for nothing. */
    void send(final String payload) {
        raw(PacketWriter.frame(payload.getBytes(StandardCharsets.ISO_8859_1)));
    }

    void raw(final byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void raw(final String bytes) {
        raw(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    void expect(final int value) {
        final int found = read();
        if (found != value) {
            throw new AssertionError("expected " + (char) value + ", found " + found);
        }
    }

    /** {@return the next reply, or {@code gone} where the server closed} */
    String reply() {
        while (true) {
            int value = read();
            if (value < 0) {
                return "gone";
            }
            if (value != '$') {
                throw new AssertionError("expected a packet, found " + value);
            }
            final ByteArrayOutputStream payload = new ByteArrayOutputStream();
            for (value = read(); value != '#'; value = read()) {
                payload.write(value == '}' ? read() ^ 0x20 : value);
            }
            read();
            read();
            if (acknowledges) {
                raw("+");
            }
            final String text = payload.toString(StandardCharsets.ISO_8859_1);
            if (!text.startsWith("O") || text.equals("OK")) {
                return text;
            }
            told.add(new String(HexFormat.of().parseHex(text.substring(1)), StandardCharsets.UTF_8));
        }
    }

    int read() {
        try {
            return in.read();
        } catch (final IOException e) {
            return -1;
        }
    }

    void stopAcknowledging() {
        if (!ask("QStartNoAckMode").equals("OK")) {
            throw new AssertionError("acknowledgements are needed");
        }
        acknowledges = false;
    }

    /** {@return what a monitor command says} */
    String monitor(final String line) {
        final String reply = ask("qRcmd," + Hex.of(line));
        if (!reply.equals("OK")) {
            throw new AssertionError(reply);
        }
        return told();
    }

    /** {@return what came for a person before the last reply} */
    String told() {
        return String.join("", told);
    }

    /** {@return a register's value} */
    long register(final int number) {
        return Hex.little(Arrays.copyOf(Hex.bytes(ask("p" + Integer.toHexString(number))), Long.BYTES));
    }

    long rip() {
        return register(RegisterLayout.RIP);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

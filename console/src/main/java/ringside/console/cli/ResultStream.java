package ringside.console.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Where results go; knows whether who read them wants no more of them, as {@code | head} does. */
final class ResultStream extends PrintStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Door door;

    /** What is written to, and whether its other end is closed. */
    private static final class Door extends OutputStream {
        private final OutputStream to;
        private volatile boolean closed;

        Door(final OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(final int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(final byte[] bytes, final int from, final int length) throws IOException {
            try {
                to.write(bytes, from, length);
            } catch (final IOException failure) {
                closed |= String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
                throw failure;
            }
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }
    }

    private ResultStream(final Door door) {
        super(new BufferedOutputStream(door, BUFFER_BYTES), false, StandardCharsets.UTF_8);
        this.door = door;
    }

    /** {@return a stream in UTF-8 that is flushed by whoever ends the command} */
    static ResultStream to(final OutputStream out) {
        return new ResultStream(new Door(out));
    }

    /** {@return whether the other end of the pipe was closed: what was wanted has been read} */
    boolean isClosedByReader() {
        return door.closed;
    }
}

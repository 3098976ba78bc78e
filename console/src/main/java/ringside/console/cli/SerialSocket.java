package ringside.console.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import ringside.emulator.device.uart.SerialSink;
import ringside.emulator.machine.InputSource;

/**
 * A serial port's other end at a socket of this host: whoever connects is at the line, one after the other.
 *
 * <p>The guest receives a break when somebody connects and when somebody is gone; when the guest breaks the line, the
 * connection is closed. While somebody does not take what the guest sent, nothing more is heard from there, and who
 * leaves more than {@value #MOST_PENDING} bytes is cut off. TCP is on the loopback interface alone.
 */
final class SerialSocket implements InputSource, SerialSink, AutoCloseable {
    private static final int CHUNK = 4096;
    private static final int MOST_PENDING = 1 << 20;

    private final Selector selector;
    private final ServerSocketChannel door;
    private final Path socketFile;
    private final long connections;
    private final ByteBuffer in = ByteBuffer.allocate(CHUNK).flip();
    private ByteBuffer out = ByteBuffer.allocate(CHUNK);
    private SocketChannel peer;
    private long closed;
    private boolean breakDue;

    private SerialSocket(final ServerSocketChannel door, final Path socketFile, final long connections)
            throws IOException {
        this.door = door;
        this.socketFile = socketFile;
        this.connections = connections;
        selector = Selector.open();
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * {@return a port on the loopback interface}
     *
     * @param port        0 for any that is free
     * @param connections how many are heard; then there is no more input
     * @throws WrongUseException when the host does not give the port
     */
    static SerialSocket tcp(final int port, final long connections) {
        try {
            final ServerSocketChannel door = ServerSocketChannel.open();
            bind(door, new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), "tcp:" + port);
            return listening(door, null, connections);
        } catch (final IOException e) {
            throw new UncheckedIOException("tcp:" + port + ": " + e.getMessage(), e);
        }
    }

    /**
     * {@return a Unix socket}
     *
     * @param file        must not be there yet; gone at the end
     * @param connections how many are heard; then there is no more input
     * @throws WrongUseException when there can be no socket
     */
    static SerialSocket unix(final Path file, final long connections) {
        try {
            final ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            bind(door, UnixDomainSocketAddress.of(file), "unix:" + file);
            return listening(door, file, connections);
        } catch (final IOException e) {
            throw new UncheckedIOException("unix:" + file + ": " + e.getMessage(), e);
        }
    }

    private static void bind(final ServerSocketChannel door, final SocketAddress address, final String end)
            throws IOException {
        try {
            door.bind(address);
        } catch (final IOException refused) {
            door.close();
            throw new WrongUseException("--serial2=" + end + ": " + refused.getMessage());
        }
    }

    private static SerialSocket listening(final ServerSocketChannel door, final Path file, final long connections)
            throws IOException {
        try {
            return new SerialSocket(door, file, connections);
        } catch (final IOException e) {
            door.close();
            throw e;
        }
    }

    /** {@return where it listens, for people} */
    String address() {
        try {
            return door.getLocalAddress() instanceof InetSocketAddress tcp ? "tcp:" + tcp.getPort()
                : "unix:" + socketFile;
        } catch (final IOException e) {
            throw new UncheckedIOException("a listening socket has no address", e);
        }
    }

    /** {@return whether nobody is heard any more} */
    boolean isEnded() {
        return peer == null && closed >= connections;
    }

    @Override
    public int poll(final long cycle, final boolean idle) {
        try {
            while (true) {
                flush();
                if (breakDue) {
                    breakDue = false;
                    return BREAK;
                }
                if (peer != null && out.position() == 0 && in.hasRemaining()) {
                    return Byte.toUnsignedInt(in.get());
                }
                if (isEnded()) {
                    return END;
                }
                if (!advance()) {
                    if (!idle) {
                        return NOTHING;
                    }
                    await();
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("the second serial port's socket: " + e.getMessage(), e);
        }
    }

    /** Goes as far as it can without waiting: {@return whether that was anywhere}. */
    private boolean advance() throws IOException {
        if (peer == null) {
            peer = door.accept();
            if (peer == null) {
                return false;
            }
            peer.configureBlocking(false);
            breakDue = true;
            return true;
        }
        if (in.hasRemaining() || out.position() > 0) {
            return false;
        }
        in.clear();
        int count;
        try {
            count = peer.read(in);
        } catch (final IOException gone) {
            count = -1;
        }
        in.flip();
        if (count < 0) {
            hangUp();
            breakDue = true;
        }
        return count != 0;
    }

    private void await() throws IOException {
        final SelectionKey key = peer == null ? null
            : peer.register(selector, out.position() > 0 ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        door.keyFor(selector).interestOps(peer == null ? SelectionKey.OP_ACCEPT : 0);
        selector.select();
        selector.selectedKeys().clear();
        if (key != null) {
            key.interestOps(0);
        }
    }

    @Override
    public void send(final int value) {
        if (peer == null) {
            return;
        }
        if (!out.hasRemaining()) {
            flush();
        }
        if (!out.hasRemaining()) {
            if (out.capacity() >= MOST_PENDING) {
                lose();
                return;
            }
            out = ByteBuffer.allocate(2 * out.capacity()).put(out.flip());
        }
        out.put((byte) value);
    }

    @Override
    public void sendBreak() {
        if (peer != null) {
            flush();
            try {
                hangUp();
            } catch (final IOException e) {
                throw new UncheckedIOException("the second serial port's socket: " + e.getMessage(), e);
            }
        }
    }

    private void flush() {
        if (peer == null || out.position() == 0) {
            return;
        }
        out.flip();
        try {
            peer.write(out);
            out.compact();
        } catch (final IOException gone) {
            lose();
        }
    }

    private void lose() {
        try {
            hangUp();
        } catch (final IOException e) {
            throw new UncheckedIOException("the second serial port's socket: " + e.getMessage(), e);
        }
        breakDue = true;
    }

    private void hangUp() throws IOException {
        peer.close();
        peer = null;
        closed++;
        in.clear().flip();
        out.clear();
    }

    @Override
    public void close() {
        try {
            if (peer != null) {
                flush();
                hangUp();
            }
            door.close();
            selector.close();
            if (socketFile != null) {
                Files.deleteIfExists(socketFile);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("the second serial port's socket: " + e.getMessage(), e);
        }
    }
}

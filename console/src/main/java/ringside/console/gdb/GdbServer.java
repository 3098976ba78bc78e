package ringside.console.gdb;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import ringside.emulator.travel.Timeline;

/**
 * A door for gdb on the loopback interface: one client at a time, each finds the machine where the one before left it.
 */
public final class GdbServer implements AutoCloseable {
    private static final int BACKLOG = 4;
    private static final int PATIENCE_MILLIS = 200;
    private static final int SEAT_SECONDS = 2;
    /** Stands for no client: the door is closed. */
    private static final Socket CLOSED = new Socket();

    private final ServerSocket door;
    private final Target target;
    private final Semaphore seat = new Semaphore(1);
    private final BlockingQueue<Socket> guests = new LinkedBlockingQueue<>();
    private volatile Socket present;

    private GdbServer(final ServerSocket door, final Target target) {
        this.door = door;
        this.target = target;
    }

    /**
     * Opens the door.
     *
     * @param port     on 127.0.0.1; 0 for any that is free
     * @param timeline the machine; {@link #serve} is for the thread that owns it
     * @param monitor  commands beside the server's own; a line that it does not know is its to refuse
     * @param console  takes what COM1 says, once, whole pieces
     * @return the server; its owner closes it
     * @throws IOException when the host does not give the port
     */
    public static GdbServer open(final int port, final Timeline timeline, final Monitor monitor,
            final Consumer<byte[]> console) throws IOException {
        return new GdbServer(new ServerSocket(port, BACKLOG, InetAddress.getByName("127.0.0.1")),
                new Target(timeline, monitor, console));
    }

    /** {@return the port at which it listens} */
    public int port() {
        return door.getLocalPort();
    }

    /**
     * Serves clients, one after the other, until one kills the machine or the server is closed.
     *
     * @param once whether the first client is the last one
     */
    public void serve(final boolean once) {
        Thread.ofPlatform().daemon().name("gdb-door").start(this::receive);
        try {
            boolean more = true;
            while (more) {
                final Socket guest = guests.take();
                if (guest == CLOSED) {
                    return;
                }
                more = converse(guest) == Conversation.End.LEFT && !once;
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Conversation.End converse(final Socket guest) {
        present = guest;
        try (guest) {
            guest.setSoTimeout(PATIENCE_MILLIS);
            guest.setTcpNoDelay(true);
            return new Conversation(target, new BufferedInputStream(guest.getInputStream()),
                    new BufferedOutputStream(guest.getOutputStream())).hold();
        } catch (final IOException lost) {
            return Conversation.End.LEFT;
        } finally {
            present = null;
            seat.release();
        }
    }

    /** Lets clients in. While one is there others are turned away; one that is just leaving is waited for. */
    private void receive() {
        try {
            while (true) {
                final Socket guest;
                try {
                    guest = door.accept();
                } catch (final IOException closed) {
                    guests.put(CLOSED);
                    return;
                }
                if (seat.tryAcquire(SEAT_SECONDS, TimeUnit.SECONDS)) {
                    guests.put(guest);
                } else {
                    turnAway(guest);
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void turnAway(final Socket guest) {
        try {
            guest.close();
        } catch (IOException _) {
            // It is gone by itself.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            final Socket guest = present;
            if (guest != null) {
                guest.close();
            }
            guests.forEach(GdbServer::turnAway);
        } catch (final IOException e) {
            throw new UncheckedIOException("the gdb server's socket: " + e.getMessage(), e);
        }
    }
}

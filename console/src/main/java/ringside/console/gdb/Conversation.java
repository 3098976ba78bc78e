package ringside.console.gdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What is said with one client. A thread of its own reads, so that ^C is heard while the machine runs; all else is done
 * by the thread that owns the machine.
 */
final class Conversation {
    private static final int WAITING = 64;

    private final Target target;
    private final PacketReader in;
    private final PacketWriter out;
    private final Requests requests;
    private final BlockingQueue<PacketReader.Incoming> heard = new ArrayBlockingQueue<>(WAITING);
    private final Interrupts interrupts = new Interrupts();
    private volatile boolean gone;
    private volatile boolean running;
    private boolean acknowledges = true;

    /** How a conversation ends. */
    enum End {
        /** The client left, or is gone; the machine stays. */
        LEFT,
        /** The client wants the machine no more. */
        KILLED
    }

    /**
     * Makes it; nothing is said yet.
     *
     * @param target what it is about
     * @param in     what the client sends
     * @param out    what it is sent
     */
    Conversation(final Target target, final InputStream in, final OutputStream out) {
        this.target = target;
        this.in = new PacketReader(in);
        this.out = new PacketWriter(out);
        requests = new Requests(target, this::say, () -> gone || interrupts.isAsked(), interrupts::take);
    }

    /** {@return how it ended} Comes back when the client is gone. */
    End hold() {
        final Thread reader = Thread.ofPlatform().daemon().name("gdb-reader").start(this::read);
        try {
            while (true) {
                final PacketReader.Incoming next = heard.take();
                switch (next.kind()) {
                    case PACKET -> {
                        final Requests.After after = answer(next.payload());
                        if (after != Requests.After.GO_ON) {
                            return after == Requests.After.KILLED ? End.KILLED : End.LEFT;
                        }
                    }
                    case DAMAGED -> damaged();
                    case REFUSED -> out.again();
                    case END -> {
                        return End.LEFT;
                    }
                    default -> { }
                }
            }
        } catch (final IOException | UncheckedIOException lost) {
            return End.LEFT;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return End.LEFT;
        } finally {
            target.left();
            reader.interrupt();
        }
    }

    private Requests.After answer(final byte[] payload) throws IOException {
        if (acknowledges) {
            out.acknowledge(true);
        }
        running = true;
        final Requests.Reply reply;
        try {
            reply = requests.answer(payload);
        } finally {
            running = false;
        }
        if (reply.payload() != null) {
            out.send(reply.payload());
        }
        if (reply.after() == Requests.After.NO_ACKNOWLEDGEMENTS) {
            acknowledges = false;
            return Requests.After.GO_ON;
        }
        return reply.after();
    }

    private void damaged() throws IOException {
        if (acknowledges) {
            out.acknowledge(false);
        } else {
            out.send(PacketException.malformed("damaged").reply());
        }
    }

    private void say(final String payload) {
        try {
            out.send(payload);
        } catch (final IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    private void read() {
        try {
            PacketReader.Incoming next;
            do {
                next = nextOrPatience();
                if (next.kind() == PacketReader.Kind.INTERRUPT) {
                    interrupts.hear();
                    target.interrupt();
                } else if (next.kind() != PacketReader.Kind.TAKEN) {
                    put(next);
                }
            } while (next.kind() != PacketReader.Kind.END);
        } catch (final InterruptedException e) {
            gone = true;
        }
    }

    /** Who sends more packets than are waited for while the machine runs does not keep to the protocol. */
    private void put(final PacketReader.Incoming next) throws InterruptedException {
        if (next.kind() == PacketReader.Kind.END) {
            gone = true;
            target.interrupt();
        }
        if (!heard.offer(next)) {
            target.interrupt();
            heard.put(next);
        }
    }

    private PacketReader.Incoming nextOrPatience() {
        try {
            return in.next(this::remind);
        } catch (final IOException lost) {
            return new PacketReader.Incoming(PacketReader.Kind.END, new byte[0]);
        }
    }

    /** An interrupt that came just before the run began would be lost: it is said again. */
    private void remind() {
        if (running && interrupts.isAsked()) {
            target.interrupt();
        }
    }
}

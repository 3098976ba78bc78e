package ringside.console.gdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ringside.console.repl.Session;
import ringside.emulator.travel.Condition;
import ringside.emulator.travel.Stop;
import ringside.emulator.travel.Timeline;
import ringside.toolchain.image.GuestImage;

/** A machine with a server before it, on a thread of its own. */
final class GdbStand implements AutoCloseable {
    private final Timeline timeline;
    private final GdbServer server;
    private final Thread owner;
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final List<Throwable> failures = new ArrayList<>();

    GdbStand(final GuestImage image) {
        this(GdbGuest.timeline(image));
    }

    GdbStand(final Timeline timeline) {
        this(timeline, line -> "?" + line + "\n");
    }

    GdbStand(final Timeline timeline, final Monitor monitor) {
        this.timeline = timeline;
        try {
            server = GdbServer.open(0, timeline, monitor, console::writeBytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        owner = Thread.ofPlatform().start(() -> {
            try {
                server.serve(false);
            } catch (final Throwable failure) {
                failures.add(failure);
            }
        });
    }

    /** {@return a monitor that is the console, as the command has it} */
    static Monitor monitor(final Session session) {
        return new Monitor() {
            @Override
            public String run(final String line) {
                return session.execute(line).whole();
            }

            @Override
            public void interrupt() {
                session.interrupt();
            }

            @Override
            public List<Condition> conditions() {
                return session.desk().runner().conditions();
            }

            @Override
            public Optional<Met> met(final Stop stop, final boolean forward) {
                return session.desk().runner().met(stop, forward)
                    .map(halt -> new Met(session.desk().guest().cpu(), halt.text()));
            }
        };
    }

    int port() {
        return server.port();
    }

    GdbPeer connect() {
        return new GdbPeer(server.port());
    }

    /** {@return what the guest said so far} */
    String console() {
        return console.toString(StandardCharsets.US_ASCII);
    }

    /** Waits until the server has ended by itself. */
    void await() {
        try {
            owner.join();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.close();
        await();
        timeline.close();
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.getFirst());
        }
    }
}

package ringside.console.verify;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A run in another process, which answers as {@link RunnerServer} does. */
final class ChildRunner implements Runner {
    private static final long PATIENCE_SECONDS = 10;

    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;

    /** Starts a process that serves the scenario on its standard streams; its standard error is ours. */
    ChildRunner(final List<String> command) {
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (final IOException e) {
            throw new UncheckedIOException("the second run cannot be started", e);
        }
        in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        ask(() -> {
            if (in.readInt() != RunnerProtocol.MAGIC) {
                throw new IOException("it does not speak the protocol");
            }
            return null;
        });
    }

    private interface Exchange<T> {
        T run() throws IOException;
    }

    private <T> T ask(final Exchange<T> exchange) {
        try {
            return exchange.run();
        } catch (final IOException e) {
            throw new IllegalStateException("the second run's process ended: " + ending(), e);
        }
    }

    private void send(final int request) {
        ask(() -> {
            out.write(request);
            out.flush();
            return null;
        });
    }

    private String ending() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return "exit status " + process.waitFor();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @Override
    public void start(final long steps) {
        ask(() -> {
            out.write(RunnerProtocol.START);
            out.writeLong(steps);
            out.flush();
            return null;
        });
    }

    @Override
    public Stand stand() {
        return ask(() -> RunnerProtocol.readStand(in));
    }

    @Override
    public void mark() {
        send(RunnerProtocol.MARK);
    }

    @Override
    public void back() {
        send(RunnerProtocol.BACK);
    }

    @Override
    public Map<Integer, Long> pages() {
        send(RunnerProtocol.PAGES);
        return ask(() -> RunnerProtocol.readPages(in));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

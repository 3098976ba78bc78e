package ringside.console.verify;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The other process's side of a {@link ChildRunner}: does what it is told until nobody tells it any more. */
public final class RunnerServer {
    private RunnerServer() {
    }

    /**
     * Runs a scenario as it is told.
     *
     * @param scenario what to run
     * @param from     requests
     * @param to       answers
     * @throws IOException when a stream fails
     */
    public static void serve(final Scenario scenario, final InputStream from, final OutputStream to)
            throws IOException {
        final DataInputStream in = new DataInputStream(new BufferedInputStream(from));
        final DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to));
        try (Runner runner = new LocalRunner(scenario)) {
            out.writeInt(RunnerProtocol.MAGIC);
            out.flush();
            for (int request = in.read(); request >= 0; request = in.read()) {
                switch (request) {
                    case RunnerProtocol.START -> {
                        runner.start(in.readLong());
                        RunnerProtocol.write(out, runner.stand());
                    }
                    case RunnerProtocol.MARK -> runner.mark();
                    case RunnerProtocol.BACK -> runner.back();
                    case RunnerProtocol.PAGES -> RunnerProtocol.write(out, runner.pages());
                    default -> throw new IOException("no such request: " + request);
                }
            }
        }
    }
}

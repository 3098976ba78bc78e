package ringside.console.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import ringside.console.verify.InputFile;
import ringside.emulator.input.InputRecorder;
import ringside.emulator.machine.InputSource;
import ringside.emulator.machine.MachineConfig;

/** The second serial port's options: who is at its other end, and whether what comes from there is written down. */
final class SecondSerial {
    private static final int MOST_PORT = 0xffff;
    private static final String FILE = "file:";

    @Option(names = "--serial2", paramLabel = "END",
        description = "What is at COM2: tcp:PORT of this host's loopback (0 for any), unix:PATH, or file:FILE, which "
            + "holds what came while it was recorded.")
    private Optional<String> end = Optional.empty();

    @Option(names = "--connections", paramLabel = "N",
        description = "After so many connections to --serial2 nothing comes any more; a guest that waits for it then "
            + "has done its work.")
    private Optional<Long> connections = Optional.empty();

    @Option(names = "--record-serial2", paramLabel = "FILE", description = "Write to FILE what came to COM2 when.")
    private Optional<Path> recorded = Optional.empty();

    private Optional<SerialSocket> socket = Optional.empty();
    private Optional<InputRecorder> recorder = Optional.empty();
    private boolean replayed;

    /** {@return whether a run with this is not the same the next time} */
    boolean isLive() {
        return end.isPresent() && !end.get().startsWith(FILE);
    }

    /** {@return the file that is read, if it is one} */
    Optional<Path> file() {
        return end.filter(text -> text.startsWith(FILE)).map(text -> Path.of(text.substring(FILE.length())));
    }

    /**
     * Refuses what does not go together, before anything is opened.
     *
     * @param inputs  what the run reads
     * @param outputs looks at what is written
     */
    void require(final Stream<Path> inputs, final OutputFile outputs) {
        recorded.ifPresent(file -> outputs.require("--record-serial2", file, inputs, InputFile::obstacle));
        if (end.isEmpty() && (connections.isPresent() || recorded.isPresent())) {
            throw new WrongUseException("--connections and --record-serial2 need --serial2");
        }
        if (!isLive() && (connections.isPresent() || recorded.isPresent())) {
            throw new WrongUseException("--connections and --record-serial2 go with tcp: or unix:");
        }
        if (connections.orElse(1L) < 1) {
            throw new WrongUseException("--connections=" + connections.get() + ": at least 1");
        }
    }

    /**
     * {@return the configuration with this end; opens it}
     *
     * @param config without
     */
    MachineConfig open(final MachineConfig config) {
        if (end.isEmpty()) {
            return config;
        }
        final String[] parts = end.get().split(":", 2);
        if (parts.length < 2 || parts[1].isEmpty()) {
            throw wrong();
        }
        final long most = connections.orElse(Long.MAX_VALUE);
        switch (parts[0]) {
            case "tcp" -> socket = Optional.of(SerialSocket.tcp(port(parts[1]), most));
            case "unix" -> socket = Optional.of(SerialSocket.unix(Path.of(parts[1]), most));
            case "file" -> {
                replayed = true;
                return config.withSecondSerial(value -> { }, InputFile.read(Path.of(parts[1])).replay());
            }
            default -> throw wrong();
        }
        recorder = recorded.map(_ -> new InputRecorder(socket.get()));
        return config.withSecondSerial(socket.get(), recorder.map(InputSource.class::cast).orElse(socket.get()));
    }

    private WrongUseException wrong() {
        return new WrongUseException("--serial2=" + end.get() + ": tcp:PORT, unix:PATH or file:FILE is expected");
    }

    private int port(final String text) {
        try {
            final int port = Integer.parseInt(text);
            if (port >= 0 && port <= MOST_PORT) {
                return port;
            }
        } catch (final NumberFormatException notOne) {
            // Said below.
        }
        throw wrong();
    }

    /** {@return where it listens, if it does} */
    Optional<String> address() {
        return socket.map(SerialSocket::address);
    }

    /** {@return whether all that was to come has come} */
    boolean isEnded() {
        return replayed || socket.map(SerialSocket::isEnded).orElse(false);
    }

    /** Closes what was opened, and writes down what came if a machine ran. */
    void close(final boolean started) {
        socket.ifPresent(SerialSocket::close);
        if (started) {
            recorder.ifPresent(log -> InputFile.write(log.log(), recorded.get()));
        }
    }
}

package ringside.toolchain.asm;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ringside.toolchain.natives.NativeLibraries;
import ringside.toolchain.natives.NativeLibrary;

/**
 * The child process that holds Keystone, seen from the assembler: started ahead, started again after a line that it
 * did not survive, killed when it stays silent.
 */
final class EncoderProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;
    /** A start may take this many times as long: a busy machine is no fault of a line. */
    private static final int START_PATIENCE = 6;
    private static final String FLAG_ACCESS = "--enable-native-access=";

    private final long patience;
    private Child child;

    /** A line for Keystone. */
    record Request(int bits, String text) {
    }

    /**
     * Keystone's answer.
     *
     * @param code    the encoding, or {@code null}
     * @param refusal why there is none, or {@code null}
     */
    record Reply(byte[] code, String refusal) {
    }

    EncoderProcess() {
        this(PATIENCE_SECONDS);
    }

    /** Without an answer for {@code patience} seconds, and at most twice as long, the child is taken to hang. */
    EncoderProcess(final long patience) {
        NativeLibraries.locate().path(NativeLibrary.KEYSTONE);
        this.patience = patience;
        child = new Child(patience);
    }

    /** {@return an answer to each request, in order; a line that ends Keystone gets a refusal} */
    List<Reply> encode(final List<Request> requests) {
        final List<Reply> replies = new ArrayList<>();
        while (replies.size() < requests.size()) {
            final int end = Math.min(requests.size(), replies.size() + EncoderProtocol.BATCH);
            batch(requests.subList(replies.size(), end), replies);
        }
        return replies;
    }

    private void batch(final List<Request> requests, final List<Reply> replies) {
        if (child == null) {
            child = new Child(patience);
        }
        child.requireReady();
        if (!child.send(requests)) {
            // It died between two batches: no line of ours is to blame.
            child.end();
            child = new Child(patience);
            child.requireReady();
            if (!child.send(requests)) {
                throw new IllegalStateException("the encoder process takes no lines (" + child.end() + ")");
            }
        }
        try {
            child.receive(requests.size(), replies);
        } catch (final IOException e) {
            replies.add(new Reply(null, "Keystone does not survive this line (" + child.end() + ")"));
            child = null;
        }
    }

    @Override
    public void close() {
        if (child != null) {
            child.stop();
            child = null;
        }
    }

    /** One process, from start to end. */
    private static final class Child {
        private final long patience;
        private final Process process;
        private final DataInputStream in;
        private final DataOutputStream out;
        private volatile boolean ready;
        private volatile boolean waiting;
        private volatile long progress;
        private volatile boolean silent;

        Child(final long patience) {
            this.patience = patience;
            try {
                process = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            } catch (final IOException e) {
                throw new UncheckedIOException("cannot start the encoder process", e);
            }
            in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
            out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
            Thread.ofPlatform().daemon().name("encoder-watch").start(this::watch);
        }

        private static List<String> command() {
            final List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx64m", "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=/dev/null", "-XX:+DisplayVMOutputToStderr"));
            final Module module = EncoderChild.class.getModule();
            final URI code = location();
            if (code.getScheme().equals("file")) {
                command.addAll(List.of(FLAG_ACCESS + "ALL-UNNAMED", "-cp", Path.of(code).toString(),
                        EncoderChild.class.getName()));
            } else {
                command.addAll(List.of(FLAG_ACCESS + module.getName(), "-m",
                        module.getName() + "/" + EncoderChild.class.getName()));
            }
            return command;
        }

        private static URI location() {
            try {
                return EncoderChild.class.getProtectionDomain().getCodeSource().getLocation().toURI();
            } catch (final URISyntaxException e) {
                throw new IllegalStateException("the toolchain's own place is no URI", e);
            }
        }

        void requireReady() {
            if (ready) {
                return;
            }
            begin();
            final String complaint;
            try {
                if (in.readInt() != EncoderProtocol.MAGIC) {
                    throw new IllegalStateException("the encoder process does not speak its protocol");
                }
                complaint = in.readUTF();
            } catch (final IOException e) {
                throw new IllegalStateException("the encoder process ended before it was ready (" + end() + ")", e);
            }
            if (!complaint.isEmpty()) {
                throw new IllegalStateException("the encoder process cannot start: " + complaint);
            }
            waiting = false;
            ready = true;
        }

        boolean send(final List<Request> requests) {
            begin();
            try {
                out.writeInt(requests.size());
                for (final Request request : requests) {
                    final byte[] text = request.text().getBytes(StandardCharsets.US_ASCII);
                    out.writeByte(request.bits());
                    out.writeShort(text.length);
                    out.write(text);
                }
                out.flush();
                return true;
            } catch (final IOException e) {
                return false;
            }
        }

        void receive(final int count, final List<Reply> replies) throws IOException {
            for (int i = 0; i < count; i++) {
                final int length = in.readUnsignedByte();
                if (length > EncoderProtocol.CODE_BYTES) {
                    throw new IOException("an answer out of bounds");
                }
                if (length == 0) {
                    replies.add(new Reply(null, refusal(in.readInt())));
                } else {
                    final byte[] code = new byte[length];
                    in.readFully(code);
                    replies.add(new Reply(code, null));
                }
                begin();
            }
            waiting = false;
        }

        private void begin() {
            progress = progress + 1;
            waiting = true;
        }

        private void watch() {
            try {
                int idle = 0;
                while (true) {
                    final long seen = progress;
                    if (process.waitFor(patience, TimeUnit.SECONDS)) {
                        return;
                    }
                    idle = waiting && progress == seen ? idle + 1 : 0;
                    if (idle >= (ready ? 1 : START_PATIENCE)) {
                        silent = true;
                        process.destroyForcibly();
                    }
                }
            } catch (final InterruptedException e) {
                process.destroyForcibly();
            }
        }

        /** Ends the process if it still runs. {@return how it ended} */
        String end() {
            stop();
            try {
                final int status = process.waitFor();
                return silent ? "no answer for " + patience + " s" : "exit status " + status;
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return "interrupted";
            }
        }

        void stop() {
            process.destroyForcibly();
        }

        // checkstyle: MagicNumber off
        private static String refusal(final int error) {
            return switch (error) {
                case 512 -> "no such combination of instruction and operands";
                case 513 -> "the instruction does not exist in this mode";
                case 514 -> "no such instruction, directive or macro";
                default -> "Keystone refuses the line (error " + error + ")";
            };
        }
        // checkstyle: MagicNumber on
    }
}

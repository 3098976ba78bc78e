package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file server in a running machine, seen from this host. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NinePServerTest {
    private static final String CLIENT = "/ringside/console/ninep/goclient/";
    private static final byte[] VERSION = HexFormat.of().parseHex("1300000064ffff002000000600395032303030");
    private static final int GARBAGE = 40;

    @TempDir
    private Path directory;

    /** What serves. */
    private enum Server {
        /** A program without a kernel. */
        BARE(List.of("--ninep"), ""),
        /** A process of Bantam. */
        BANTAM(List.of("--append=ninep"), "bantam: first light, fast path in assembly\n");

        private final List<String> options;
        private final String banner;

        Server(final List<String> options, final String banner) {
            this.options = options;
            this.banner = banner;
        }

        String lists(final String expected) {
            return this == BARE ? expected : expected.replace(
                "/: []", "/: [dev d-r-xr-xr-x 0 ram, proc d-r-xr-xr-x 0 ram]");
        }

        CommandRun run(final String... more) {
            return CommandRun.of(Stream.of(Stream.of("run"), options.stream(), Stream.of(more))
                .flatMap(Function.identity()).toArray(String[]::new));
        }
    }

    private CompletableFuture<CommandRun> serve(
            final Server server, final Path socket, final int connections, final Path log, final String... more)
            throws IOException {
        // A thread of its own: one that a failed test left behind must not stand in the way of the next.
        final CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(
            () -> server.run(with(more, "--serial2", "unix:" + socket, "--connections",
                Integer.toString(connections), "--record-serial2", log.toString(), "--count")),
            Thread.ofPlatform().daemon()::start);
        while (!listens(socket) && !run.isDone()) {
            Thread.onSpinWait();
        }
        return run;
    }

    /** A socket's file is there a moment before it listens; the kernel's table tells (flag 0x10000). */
    private static boolean listens(final Path socket) throws IOException {
        return Files.readString(Path.of("/proc/net/unix")).lines()
            .anyMatch(line -> line.endsWith(" " + socket) && line.contains(" 00010000 "));
    }

    private static SocketChannel connect(final Path socket) throws IOException {
        final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
    }

    private static String[] with(final String[] more, final String... options) {
        return Stream.of(more, options).flatMap(Stream::of).toArray(String[]::new);
    }

    private void assertReplaysAlike(
            final Server server, final CommandRun run, final Path log, final String... more) {
        final CommandRun again = server.run(with(more, "--serial2", "file:" + log, "--count"));
        assertEquals(0, again.code(), again.err());
        assertEquals(run.out(), again.out());
        assertEquals(counts(run), counts(again));
    }

    private static List<String> counts(final CommandRun run) {
        return run.err().lines().filter(line -> line.contains(" instructions, ")).toList();
    }

    /** The client is 9fans.net/go/plan9/client; Go fetches it, and what was fetched is in no checkout of ours. */
    @ParameterizedTest
    @EnumSource
    void aPublishedClientListsReadsWritesCreatesRenamesAndRemovesFiles(final Server server)
            throws IOException, InterruptedException {
        final Path client = client();
        final Path socket = directory.resolve("line");
        final Path log = directory.resolve("log.jsonl");
        final CompletableFuture<CommandRun> run = serve(server, socket, 1, log);

        final Process process = new ProcessBuilder(client.toString(), "unix", socket.toString())
            .redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(server.lists(resource("expected.txt")), said);
        assertEquals(0, process.waitFor());
        assertEquals(0, run.join().code(), run.join().err());
        assertEquals(server.banner + "ninep: a file tree in RAM, 9P2000 on COM2\n", run.join().out());
        assertReplaysAlike(server, run.join(), log);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aProcessOfBantamServesDevicesAsFiles(final int cpus) throws IOException, InterruptedException {
        final String[] machine = {"--smp", Integer.toString(cpus)};
        final Path client = client();
        final Path socket = directory.resolve("line");
        final Path log = directory.resolve("log.jsonl");
        final CompletableFuture<CommandRun> run = serve(Server.BANTAM, socket, 1, log, machine);

        final Process process = new ProcessBuilder(client.toString(), "unix", socket.toString(), "devices")
            .redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(resource("devices.txt").formatted(cpus), said);
        assertEquals(0, run.join().code(), run.join().err());
        assertTrue(run.join().out().endsWith("a line that is longer than one message to the console\n???\n"),
            run.join().out());
        assertReplaysAlike(Server.BANTAM, run.join(), log, machine);
    }

    private Path client() throws IOException, InterruptedException {
        for (final String file : List.of("go.mod", "go.sum", "main.go")) {
            Files.writeString(directory.resolve(file), resource(file));
        }
        final Path client = directory.resolve("client");
        final Process process;
        try {
            process = new ProcessBuilder("go", "build", "-o", client.toString(), ".").directory(directory.toFile())
                .redirectErrorStream(true).start();
        } catch (final IOException absent) {
            assumeTrue(false, "go is not on PATH: the client of 9fans.net/go cannot be built (Debian: golang-go)");
            throw absent;
        }
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() == 0, "go cannot build the client of 9fans.net/go: " + said.lines()
            .reduce((before, last) -> last).orElse("no word"));
        return client;
    }

    private static String resource(final String name) throws IOException {
        try (InputStream in = NinePServerTest.class.getResourceAsStream(CLIENT + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverHangsUpInTheMiddleOrSendsNonsenseLeavesTheLineUsable(final Server server) throws IOException {
        final Path socket = directory.resolve("line");
        final Path log = directory.resolve("log.jsonl");
        final Random random = new Random(9);
        final CompletableFuture<CommandRun> run = serve(server, socket, GARBAGE + 2, log);
        try (SocketChannel peer = connect(socket)) {
            peer.write(ByteBuffer.wrap(VERSION, 0, VERSION.length - 3));
        }
        for (int i = 0; i < GARBAGE; i++) {
            try (SocketChannel peer = connect(socket)) {
                assertTalks(peer, VERSION, VERSION.length);
                final byte[] nonsense = new byte[7 + random.nextInt(60)];
                random.nextBytes(nonsense);
                ByteBuffer.wrap(nonsense).order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(0, random.nextInt(3) == 0 ? random.nextInt() : nonsense.length);
                peer.write(ByteBuffer.wrap(nonsense));
                peer.shutdownOutput();
                assertRepliesOrEnd(allOf(peer));
            }
        }
        try (SocketChannel peer = connect(socket)) {
            assertTalks(peer, VERSION, VERSION.length);
            peer.write(ByteBuffer.wrap(new byte[] {3, 0, 0, 0}));
            assertEquals(0, allOf(peer).length, "a frame of 3 bytes closes the connection");
        }
        assertEquals(0, run.join().code(), run.join().err());
        assertReplaysAlike(server, run.join(), log);
    }

    private static void assertTalks(final SocketChannel peer, final byte[] request, final int bytes)
            throws IOException {
        peer.write(ByteBuffer.wrap(request));
        final byte[] reply = Channels.newInputStream(peer).readNBytes(bytes);
        final byte[] wanted = request.clone();
        wanted[4]++;
        assertArrayEquals(wanted, reply);
    }

    /** All that comes; a connection that is closed over bytes that nobody read ends with an error. */
    private static byte[] allOf(final SocketChannel peer) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream in = Channels.newInputStream(peer)) {
            for (int value = in.read(); value >= 0; value = in.read()) {
                all.write(value);
            }
        } catch (final IOException reset) {
            return all.toByteArray();
        }
        return all.toByteArray();
    }

    private static void assertRepliesOrEnd(final byte[] all) {
        final ByteBuffer left = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        while (left.hasRemaining()) {
            final int size = left.getInt(left.position());
            assertTrue(size >= 7 && size <= left.remaining(), "a reply of " + size + " bytes");
            assertEquals(1, left.get(left.position() + 4) & 1, "a reply's type is odd");
            left.position(left.position() + size);
        }
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() {
        assertRefused("--connections and --record-serial2 need --serial2", "--connections", "1");
        assertRefused("tcp:PORT, unix:PATH or file:FILE", "--serial2", "udp:7");
        assertRefused("tcp:PORT, unix:PATH or file:FILE", "--serial2", "tcp:65536");
        assertRefused("go with tcp: or unix:", "--serial2", "file:x", "--connections", "1");
        assertRefused("at least 1", "--serial2", "tcp:0", "--connections", "0");
        assertRefused("one of them in a run", "--serial2", "tcp:0", "--record-input",
            directory.resolve("keys").toString());
    }

    private static void assertRefused(final String reason, final String... options) {
        final String[] all = new String[options.length + 2];
        all[0] = "run";
        all[1] = "--ninep";
        System.arraycopy(options, 0, all, 2, options.length);
        final CommandRun run = CommandRun.of(all);
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(reason), run.err());
    }

    @Test
    void anEndThatTheHostDoesNotGiveIsRefusedInOneLine() throws IOException {
        final Path taken = Files.writeString(directory.resolve("taken"), "x");
        assertNoEnd("unix:" + taken, "Address already in use");
        assertEquals("x", Files.readString(taken));
        assertNoEnd("unix:" + directory + "/no/where", "No such file or directory");
        assertNoEnd("unix:" + directory.resolve("x".repeat(200)), "Unix domain path too long");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertNoEnd("tcp:" + other.getLocalPort(), "Address already in use");
        }
    }

    private static void assertNoEnd(final String end, final String reason) {
        assertEquals(new CommandRun(2, "", "ringside: --serial2=" + end + ": " + reason + System.lineSeparator()),
            CommandRun.of("run", "--ninep", "--serial2", end));
    }
}

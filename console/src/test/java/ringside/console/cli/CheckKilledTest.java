package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.console.history.History;
import ringside.console.history.PastRun;
import ringside.toolchain.codegen.Reg32;

/** A run that is killed leaves whole files, however far it came; kills are aimed at its writing. */
class CheckKilledTest {
    /** Kills; the promise is about a hundred. */
    private static final int KILLS = Integer.getInteger("ringside.kills", 10);
    private static final int MOST = 5;
    private static final int GATES = 6;
    private static final int NUMBERS = 8;
    /** A baseline of some 100 kB takes a while to be written. */
    private static final int INSTRUCTIONS = 4_000;
    /** Turns of an empty loop, up to some milliseconds. */
    private static final int LONGEST_WAIT = 20_000;
    private static final String WRITER = """
        import java.nio.ByteBuffer;
        import java.nio.channels.FileChannel;
        import java.nio.file.*;

        class Writer {
            public static void main(final String... names) throws Exception {
                final byte[] text = Files.readAllBytes(Path.of(names[0]));
                for (int i = 1; i < names.length; i++) {
                    try (FileChannel out = FileChannel.open(Path.of(names[i]), StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                        for (int at = 0; at < text.length; at += 8192) {
                            out.write(ByteBuffer.wrap(text, at, Math.min(8192, text.length - at)));
                        }
                        out.force(true);
                    }
                }
            }
        }
        """;

    @TempDir
    private Path directory;
    private final Random random = new Random(20_261_128);
    private String before;
    private String now;

    @BeforeEach
    void gatesOfOneKernel() throws IOException {
        Files.createDirectories(directory.resolve("baseline"));
        TinyGuests.write(directory.resolve("kernel.elf"), code -> {
            code.global("path_start");
            for (int i = 0; i < INSTRUCTIONS; i++) {
                code.inc(Reg32.EAX);
            }
            code.global("path_end");
            TinyGuests.count(code, 10);
        });
        for (int i = 0; i < GATES; i++) {
            Files.writeString(directory.resolve("gate" + i + ".toml"), """
                title = "Gate %d"
                [[image]]
                name = "tiny"
                file = "kernel.elf"
                [[image.path]]
                name = "path"
                from = "path_start"
                to = "path_end"
                """.formatted(i));
        }
        assertEquals(0, CommandRun.of(update()).code());
        now = Files.readString(baseline(0));
        before = now.replace("\"reads\": 0", "\"reads\": 111");
        assertNotEquals(before, now);
    }

    private Path runs() {
        return directory.resolve("runs.db");
    }

    private Path baseline(final int gate) {
        return directory.resolve("baseline/gate" + gate + ".json");
    }

    private String[] update() {
        final List<String> words = new ArrayList<>(List.of("check", "--update", "--history=" + runs()));
        IntStream.range(0, GATES).forEach(i -> words.add(directory.resolve("gate" + i + ".toml").toString()));
        return words.toArray(String[]::new);
    }

    private void begin() throws IOException {
        for (int gate = 0; gate < GATES; gate++) {
            Files.writeString(baseline(gate), before);
        }
    }

    /** Kills a process soon after it does something: at once, or a little later. */
    private void kill(final Process child, final BooleanSupplier sign) throws InterruptedException {
        while (child.isAlive() && !sign.getAsBoolean()) {
            Thread.onSpinWait();
        }
        for (int i = random.nextInt(3) == 0 ? 0 : random.nextInt(LONGEST_WAIT); i > 0; i--) {
            Thread.onSpinWait();
        }
        child.destroyForcibly().waitFor();
    }

    /** {@return whether a file is no longer what it was, or a new one is on its way beside it} */
    private boolean isWritten(final Path file, final Process child) {
        return Files.exists(part(file, child)) || file.toFile().length() != before.length();
    }

    private static Path part(final Path file, final Process child) {
        return file.resolveSibling("." + file.getFileName() + "." + child.pid() + ".part");
    }

    private static Process start(final List<String> command) throws IOException {
        final Process child = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectErrorStream(true).start();
        child.getOutputStream().close();
        return child;
    }

    @Test
    void aKilledRunLeavesBaselinesAndHistoryWhole() throws Exception {
        final Path journal = directory.resolve("runs.db-journal");
        long whole = GATES;
        int baselines = 0;
        int appends = 0;
        // On a host that is busy with something else it may take more of them to hit what they aim at.
        for (int i = 0; i < KILLS || Math.min(baselines, appends) == 0 && i < MOST * KILLS; i++) {
            begin();
            final Process child = start(SecondJava.command(List.of(update())));
            final Path aim = baseline(random.nextInt(GATES));
            switch (i % 5) {
                case 0, 1, 2 -> kill(child, () -> isWritten(aim, child));
                case 3 -> kill(child, () -> Files.exists(journal));
                default -> {
                    child.waitFor(random.nextInt(3_000), TimeUnit.MILLISECONDS);
                    child.destroyForcibly().waitFor();
                }
            }
            appends += Files.exists(journal) ? 1 : 0;
            int updated = 0;
            for (int gate = 0; gate < GATES; gate++) {
                final String text = Files.readString(baseline(gate));
                assertTrue(text.equals(before) || text.equals(now), text);
                updated += text.equals(now) ? 1 : 0;
                baselines += Files.deleteIfExists(part(baseline(gate), child)) ? 1 : 0;
            }
            final List<PastRun> read = History.read(runs());
            final long appended = read.size() - whole;
            assertTrue(appended == updated || appended == updated - 1, appended + " runs, " + updated + " baselines");
            for (int run = 0; run < read.size(); run++) {
                assertEquals(run + 1, read.get(run).number());
                assertEquals(NUMBERS, read.get(run).numbers().size());
                assertEquals(1, read.get(run).subjects().size());
            }
            whole = read.size();
        }
        System.out.printf("killed %d times, %d of them while it wrote a baseline, %d while it appended a run%n", KILLS,
            baselines, appends);
        assertTrue(baselines > 0 && appends > 0, baselines + " in baselines, " + appends + " in appends");
    }

    @Test
    void theSameKillsFindAWriterThatWritesInPlace() throws Exception {
        final Path source = Files.writeString(directory.resolve("Writer.java"), WRITER);
        final Path tools = Path.of(System.getProperty("java.home"), "bin");
        assertEquals(0, start(List.of(tools.resolve("javac").toString(), source.toString())).waitFor());
        final List<String> command = new ArrayList<>(List.of(tools.resolve("java").toString(), "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", "-cp", directory.toString(), "Writer",
            Files.writeString(directory.resolve("now"), now).toString()));
        IntStream.range(0, GATES).forEach(i -> command.add(baseline(i).toString()));
        int torn = 0;
        for (int i = 0; i < KILLS || torn == 0 && i < MOST * KILLS; i++) {
            begin();
            final Process child = start(command);
            final Path aim = baseline(random.nextInt(GATES));
            kill(child, () -> isWritten(aim, child));
            for (int gate = 0; gate < GATES; gate++) {
                final String text = Files.readString(baseline(gate));
                torn += text.equals(before) || text.equals(now) ? 0 : 1;
            }
        }
        System.out.printf("killed %d times, %d files torn%n", KILLS, torn);
        assertTrue(torn > 0, "torn: " + torn);
    }
}

package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers are the guest's and the model's: no Java and no load changes a byte of them. */
class CheckSameEverywhereTest {
    private static final int SPINNING = 4;

    @TempDir
    private Path directory;

    /** Each Java 25 that is here, with each of two compilers and collectors. */
    private static List<List<String>> javas(final List<String> arguments) throws IOException {
        final List<List<String>> all = new ArrayList<>();
        final String own = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        final List<String> programs = new ArrayList<>(List.of(own));
        try (Stream<Path> places = Stream.of(Path.of("/usr/lib/jvm"), Path.of("/opt")).filter(Files::isDirectory)
                .flatMap(CheckSameEverywhereTest::list)) {
            places.filter(place -> place.getFileName().toString().contains("25"))
                .map(place -> place.resolve("bin/java")).filter(Files::isExecutable)
                .filter(java -> !isSame(java, own) && runs(java))
                .forEach(java -> programs.add(java.toString()));
        }
        for (final String program : programs) {
            for (final List<String> kind : List.of(
                    List.<String>of(), List.of("-XX:TieredStopAtLevel=1", "-XX:+UseParallelGC"))) {
                final List<String> command = new ArrayList<>(SecondJava.command(arguments));
                command.set(0, program);
                if (!kind.isEmpty()) {
                    command.remove("-XX:+UseSerialGC");
                }
                command.addAll(1, kind);
                all.add(command);
            }
        }
        return all;
    }

    private static Stream<Path> list(final Path place) {
        try {
            return Files.list(place);
        } catch (final IOException hidden) {
            return Stream.empty();
        }
    }

    private static boolean isSame(final Path java, final String own) {
        try {
            return Files.isSameFile(java, Path.of(own));
        } catch (final IOException gone) {
            return true;
        }
    }

    private static boolean runs(final Path java) {
        try {
            return new ProcessBuilder(java.toString(), "-version").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (final IOException broken) {
            return false;
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void everyJavaAndEveryLoadGivesTheSameBytes() throws IOException, InterruptedException {
        TinyGuests.write(directory.resolve("k.elf"), code -> TinyGuests.count(code, 3_000));
        final Path gate = Files.writeString(directory.resolve("gate.toml"), """
            models = ["zen4", "skylake"]
            experiments = ["ring-indices"]
            [[image]]
            name = "k"
            file = "k.elf"
            [[image.path]]
            name = "loop"
            from = "start+0x5"
            to = "start+0x5"
            """);
        final AtomicBoolean done = new AtomicBoolean();
        final List<Thread> load = IntStream.range(0, SPINNING).mapToObj(_ -> Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                Thread.onSpinWait();
            }
        })).toList();
        String first = null;
        try {
            final List<List<String>> javas =
                javas(List.of("check", "--measure", directory.resolve("n.json").toString(), gate.toString()));
            for (final List<String> java : javas) {
                final Process process = new ProcessBuilder(java).inheritIO().start();
                assertEquals(true, process.waitFor(5, TimeUnit.MINUTES), java::toString);
                assertEquals(0, process.exitValue(), java::toString);
                final String measured = Files.readString(directory.resolve("n.json"));
                first = first == null ? measured : first;
                assertEquals(first, measured, java::toString);
            }
        } finally {
            done.set(true);
            for (final Thread thread : load) {
                thread.join();
            }
        }
    }
}

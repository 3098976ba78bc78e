package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The recipe for build services: what is in its files is there, and both do what they say. */
class RecipeTest {
    private static final Path ROOT = Path.of("..");
    private static final Path RECIPE = ROOT.resolve("examples/ci");
    private static final String BESIDE = "ringside/";
    private static final Pattern HASHED = Pattern.compile("'([^']*)'");

    /** The libraries are where they are in these tests; the real launcher would fetch them. */
    private static final String CACHE = Optional.ofNullable(System.getenv("RINGSIDE_CACHE"))
        .map(cache -> "export RINGSIDE_CACHE='" + cache + "'\n").orElse("unset RINGSIDE_CACHE\n");

    @TempDir
    private Path directory;

    /** A kernel's tree with the program beside it, as it runs here. */
    @BeforeEach
    void aTreeWithTheProgramBesideIt() throws IOException {
        final Path launcher = directory.resolve("ringside/scripts/ringside");
        Files.createDirectories(launcher.getParent());
        Files.writeString(launcher, "#!/bin/sh\n" + CACHE + "exec " + SecondJava.command(List.of()).stream()
            .map(word -> "'" + word + "'").collect(Collectors.joining(" ")) + " \"$@\"\n");
        assertTrue(launcher.toFile().setExecutable(true));
        TinyGuests.write(directory.resolve("source"), code -> TinyGuests.count(code, 3));
        Files.writeString(directory.resolve("gate.toml"), """
            [[image]]
            name = "k"
            file = "kernel.elf"
            [[image.path]]
            name = "p"
            from = "start+0x5"
            to = "start+0x5"
            """);
        Files.copy(directory.resolve("source"), directory.resolve("kernel.elf"));
        assertEquals(0, CommandRun.of("check", "--update", directory.resolve("gate.toml").toString()).code());
    }

    private static List<Map<?, ?>> steps() throws IOException {
        final Object file = new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
            .loadFromString(Files.readString(RECIPE.resolve("gate.yml")));
        final Map<?, ?> job = (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) file).get("jobs")).get("gate");
        return ((List<?>) job.get("steps")).stream().<Map<?, ?>>map(step -> (Map<?, ?>) step).toList();
    }

    private static boolean fits(final String pattern, final Path path) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(path);
    }

    @Test
    void theWorkflowIsYamlAndWhatItNamesOfOursIsThere() throws IOException {
        final List<Path> sources = sources();
        final List<Path> folders = sources.stream().map(Path::getParent).distinct().toList();
        int names = 0;
        for (final Map<?, ?> step : steps()) {
            assertTrue(step.containsKey("uses") != step.containsKey("run"), step::toString);
            if (step.get("with") instanceof final Map<?, ?> with && with.get("key") instanceof final String key) {
                final List<String> hashed =
                    HASHED.matcher(key).results().map((final MatchResult one) -> one.group(1)).toList();
                final List<String> kept = String.valueOf(with.get("path")).lines().toList();
                for (final String pattern : hashed.stream().filter(one -> one.startsWith(BESIDE)).toList()) {
                    assertTrue(sources.stream().anyMatch(source -> fits(pattern, source)), pattern);
                    names++;
                }
                for (final String pattern : kept.stream().filter(one -> one.startsWith(BESIDE)).toList()) {
                    final String module = pattern.replaceFirst("/target$", "");
                    assertTrue(!module.equals(pattern) && (folders.stream().anyMatch(folder -> fits(module, folder))
                        || Files.isDirectory(ROOT.resolve(Path.of(BESIDE).relativize(Path.of(module))))), pattern);
                    names++;
                }
                if (kept.contains("ringside/target")) {
                    assertEquals(List.of(), sources.stream().filter(source -> hashed.stream().noneMatch(pattern ->
                        fits(pattern, source))).toList(), "sources that the key does not know");
                }
            }
        }
        assertTrue(names > 4, "names: " + names);
    }

    /** What a build reads, seen from beside the program. */
    private static List<Path> sources() throws IOException {
        final List<Path> sources = new ArrayList<>(List.of(Path.of("ringside/pom.xml")));
        for (final String module : List.of("toolchain", "emulator", "profiler", "guest-kernel", "ipc-fastpath",
                "console")) {
            sources.add(Path.of(BESIDE, module, "pom.xml"));
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                files.filter(Files::isRegularFile).map(file -> Path.of(BESIDE).resolve(ROOT.relativize(file)))
                    .forEach(sources::add);
            }
        }
        try (Stream<Path> files = Files.walk(ROOT.resolve(".mvn"))) {
            files.filter(Files::isRegularFile).map(file -> Path.of(BESIDE).resolve(ROOT.relativize(file)))
                .forEach(sources::add);
        }
        return sources;
    }

    @Test
    void theWorkflowsCheckWritesItsReports() throws Exception {
        final List<String> checks = steps().stream().map(step -> String.valueOf(step.get("run")))
            .filter(line -> line.startsWith("ringside/scripts/ringside ")).toList();
        assertEquals(1, checks.size());
        assertEquals(0, bash(checks.getFirst()), this::said);
        for (final String report : List.of("summary.md", "gate.xml", "gate.sarif")) {
            assertTrue(Files.size(directory.resolve(report)) > 0, report);
        }
        assertEquals(0, bash(checks.getFirst()), "a second time over its own reports: " + said());
    }

    private int bash(final String line) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder("bash", "-ec", line).directory(directory.toFile())
            .redirectErrorStream(true).redirectOutput(directory.resolve("said").toFile()).start();
        process.getOutputStream().close();
        return process.waitFor();
    }

    private String said() {
        try {
            return Files.readString(directory.resolve("said"));
        } catch (final IOException nothing) {
            return nothing.toString();
        }
    }

    private int builds() throws IOException {
        return Files.readAllLines(directory.resolve("built")).size();
    }

    @Test
    void theShellsRecipeBuildsAnImageOnceForItsSourcesAndEndsAsTheCheckDoes() throws Exception {
        final String line = "IMAGE=kernel.elf SOURCES=source BUILD='cp source kernel.elf; echo once >>built' "
            + "TOOLCHAIN=%s " + RECIPE.toAbsolutePath().normalize().resolve("check.sh") + " gate.toml";
        assertEquals(0, bash(line.formatted("one")), this::said);
        Files.delete(directory.resolve("kernel.elf"));
        assertEquals(0, bash(line.formatted("one")), this::said);
        assertEquals(1, builds(), "the second time it is in the cache");
        assertEquals(0, bash(line.formatted("two")), this::said);
        assertEquals(2, builds(), "another compiler builds again");
        assertTrue(Files.size(directory.resolve("reports/gate.md")) > 0);
        assertTrue(Files.size(directory.resolve("reports/gate.bmf.json")) > 0);

        TinyGuests.write(directory.resolve("source"), code -> TinyGuests.count(code, 4));
        assertEquals(3, bash(line.formatted("two")), this::said);
        assertEquals(3, builds(), "another source builds again");
        assertTrue(said().contains("k/p: "), this::said);
        assertTrue(bash("IMAGE=kernel.elf " + RECIPE.toAbsolutePath().normalize().resolve("check.sh")) != 0);
        assertTrue(said().contains("says what kernel.elf is built of"), this::said);
    }
}

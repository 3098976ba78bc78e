package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every output of the gate says of what fails, whatever that is. */
class CheckFailuresTest {
    private static final String IMAGE = """
        models = ["zen4"]
        [[image]]
        name = "k"
        file = "k.elf"
        """;

    @TempDir
    private Path directory;

    private Path folder;
    private Path gate;
    private Path baseline;

    @BeforeEach
    void aKernelWithABaselineBelowTheTopOfARepository() throws IOException {
        Files.createDirectory(directory.resolve(".git"));
        folder = Files.createDirectories(directory.resolve("kernels/mine"));
        TinyGuests.write(folder.resolve("k.elf"), code -> TinyGuests.count(code, 20));
        gate = Files.writeString(folder.resolve("gate.toml"), IMAGE + path("loop", "start+0x5", "start+0x5"));
        baseline = folder.resolve("baseline/gate.json");
        assertEquals(0, CommandRun.of("check", "--update", gate.toString()).code());
    }

    private static String path(final String name, final String from, final String to) {
        return "[[image.path]]\nname = \"%s\"\nfrom = \"%s\"\nto = \"%s\"\n".formatted(name, from, to);
    }

    /** What all outputs of one run say. */
    private record Said(CommandRun run, String markdown, String junit, JsonTree sarif) {
        List<JsonTree> results() {
            return sarif.at("runs").all().getFirst().at("results").all();
        }

        List<String> annotations() {
            return run.out().lines().filter(line -> line.startsWith("::")).toList();
        }
    }

    private Said check(final int code, final Path... gates) throws IOException {
        final Path markdown = directory.resolve("m.md");
        final Path junit = directory.resolve("j.xml");
        final Path sarif = directory.resolve("s.sarif");
        final List<String> words = new ArrayList<>(List.of("check", "--annotations", "--markdown", markdown.toString(),
            "--junit", junit.toString(), "--sarif", sarif.toString()));
        Stream.of(gates.length == 0 ? new Path[] {gate} : gates).map(Path::toString).forEach(words::add);
        final CommandRun run = CommandRun.of(words.toArray(String[]::new));
        assertEquals(code, run.code(), run.out() + run.err());
        final JsonTree tree = JsonTree.of(Files.readString(sarif));
        SarifRules.require(tree);
        return new Said(run, Files.readString(markdown), Files.readString(junit), tree);
    }

    private void change(final String from, final String to) throws IOException {
        final String text = Files.readString(baseline);
        final String changed = text.replaceFirst(from, to);
        assertFalse(changed.equals(text), from);
        Files.writeString(baseline, changed);
    }

    @Test
    void anotherVersionOfAModelIsSaidByEachThatShutsTheGate() throws IOException {
        change("\"zen4\": \"zen4-\\d+\"", "\"zen4\": \"zen4-1\"");
        final Said said = check(3);

        final String versions = "of another version of the model, zen4-1 -> zen4-";
        assertTrue(said.markdown().contains("0 failed, 0 better, 1 model of another version")
            && said.markdown().replace("\\", "").contains(versions), said.markdown());
        assertEquals(List.of("other-model"), said.results().stream().map(one -> one.at("ruleId").toString()).toList());
        assertEquals(1, said.annotations().size());
        assertTrue(said.annotations().getFirst().startsWith(
            "::error file=kernels/mine/baseline/gate.json,title=model zen4::The cycles are " + versions),
            said.annotations()::toString);
        assertEquals(said.markdown(), check(3).markdown(), "its own summary is replaced");
        assertTrue(said.junit().contains("model zen4") && said.run().out().contains(versions.substring(0, 20)));
    }

    @Test
    void aPathThatIsGoneOrNeverTakenFailsWithItsReasonAndTheOthersAreCompared() throws IOException {
        Files.writeString(gate, "gone = [\"k/gone\"]\n" + Files.readString(gate)
            + path("gone", "strat", "start") + path("never", "start+0x5", "0x1"));
        change("\"instructions\": 2", "\"instructions\": 1");
        final Said said = check(3);

        final String gone = "no symbol is called strat";
        final String never = "its start start+0x5 was reached 20 times, its end 0x1 never";
        for (final String text : List.of(said.markdown(), said.junit(), said.run().out(),
                said.annotations().toString(), said.results().toString().replace("\\", ""))) {
            final String flat = text.replaceAll("\n +", " ");
            assertTrue(flat.contains(gone) && flat.contains(never) && flat.contains("k/loop"), text);
        }
        assertTrue(said.run().out().contains("\nk/gone: not measured\n"), said.run().out());
        assertTrue(said.run().out().contains("SHUT: 3 of 3 paths failed, 0 better, 0 as before\n"), said.run().out());
        assertEquals(Set.of("unmeasured-path", "slower-path"),
            said.results().stream().map(one -> one.at("ruleId").toString()).collect(Collectors.toSet()));

        final CommandRun json = CommandRun.of("check", "--json", gate.toString());
        assertEquals(List.of("k/gone", "k/never"), JsonTree.of(json.out()).at("gates").all().getFirst().at("paths")
            .all().stream().filter(path -> path.has("problem")).map(path -> path.at("path").toString()).toList());

        final String kept = Files.readString(baseline);
        final CommandRun update = CommandRun.of("check", "--update", gate.toString());
        assertEquals(2, update.code(), update.out());
        assertTrue(update.err().contains(gone), update.err());
        assertEquals(kept, Files.readString(baseline), "no baseline forgets a path that could not be measured");
    }

    @Test
    void filesAreNamedAsSeenFromTheTopOfTheRepository() throws IOException {
        final Path source = folder.resolve("ringside/console/cli/TinyGuests.java");
        Files.createDirectories(source.getParent());
        change("\\| dec ecx \\|", "| inc ecx |");
        change("\"instructions\": 2", "\"instructions\": 1");
        final String unknown = "ringside/console/cli/TinyGuests.java";
        assertEquals(unknown, uri(check(3)), "as the image names it");

        Files.writeString(source, "");
        final Said said = check(3);
        assertEquals("kernels/mine/" + unknown, uri(said));
        assertTrue(said.annotations().getFirst().startsWith("::error file=kernels/mine/" + unknown + ",line="),
            said.annotations()::toString);

        Files.writeString(folder.resolve("s.ringside"), "expect 1 == 2\n");
        Files.writeString(gate, Files.readString(gate) + "[[script]]\nfile = \"s.ringside\"\nimage = \"k.elf\"\n");
        assertTrue(check(3).annotations().getLast().startsWith("::error file=kernels/mine/s.ringside,title=script"));
    }

    private static String uri(final Said said) {
        return said.results().getFirst().at("locations").all().getFirst().at("physicalLocation")
            .at("artifactLocation").at("uri").toString();
    }

    @Test
    void theWorstOfAllGatesIsFirst() throws IOException {
        final Path other = Files.writeString(folder.resolve("other.toml"),
            Files.readString(gate).replace("\"k\"", "\"other\""));
        assertEquals(0, CommandRun.of("check", "--update", other.toString()).code());
        change("\"rounds\": 19", "\"rounds\": 18");
        final Path there = folder.resolve("baseline/other.json");
        Files.writeString(there, Files.readString(there).replaceFirst("\"instructions\": 2", "\"instructions\": 1"));
        final Said said = check(3, gate, other);

        assertTrue(said.annotations().getFirst().contains("title=slower%3A other/loop"),
            said.annotations()::toString);
        assertTrue(said.annotations().getLast().contains("title=different%3A k/loop"), said.annotations()::toString);
        assertTrue(said.markdown().indexOf("| other/loop |") < said.markdown().indexOf("| k/loop |"), said.markdown());
        assertEquals(Set.of("slower-path", "other-number"),
            said.results().stream().map(one -> one.at("ruleId").toString()).collect(Collectors.toSet()));
    }

    @Test
    void aGainThatIsNotRecordedIsNotCalledSlower() throws IOException {
        Files.writeString(gate, "record_gains = true\n" + Files.readString(gate));
        change("\"instructions\": 2", "\"instructions\": 3");
        final Said said = check(3);

        assertEquals(List.of("unrecorded-gain"),
            said.results().stream().map(one -> one.at("ruleId").toString()).toList());
        assertTrue(said.annotations().getFirst().contains("title=better%2C not recorded%3A k/loop"),
            said.annotations()::toString);
    }

    @Test
    void whatGrewWithinItsLimitsIsNotCalledAsBefore() throws IOException {
        Files.writeString(gate, Files.readString(gate) + "[[limit]]\npaths = \"*\"\nlimit = \"+9\"\n");
        change("\"instructions\": 2", "\"instructions\": 1");
        final CommandRun run = CommandRun.of("check", gate.toString());

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().endsWith(
            "open: 0 of 1 path failed, 0 better, 1 within its limits, 0 as before\n"), run.out());
        assertTrue(check(0).markdown().contains("<summary>More, and within the limits</summary>"));
    }

    @Test
    void aSummaryLeavesOutWhatIsTooLargeAndNotWhatComesBehind() throws IOException {
        final String letters = "x".repeat(300);
        Files.writeString(gate, IMAGE + IntStream.range(0, 40).mapToObj(i ->
            path("p" + i, "start+0x5", "start+0x5")).collect(Collectors.joining()));
        final String many = IntStream.range(0, 900).mapToObj(i -> "\"m" + i + letters + "\": 1,\n")
            .collect(Collectors.joining());
        final String kept = Files.readString(baseline);
        final String one = kept.substring(kept.indexOf("\"k/loop\""), kept.lastIndexOf("}\n  }\n}") + 1);
        Files.writeString(baseline, kept.replace(one, IntStream.range(0, 40).mapToObj(i ->
            one.replace("k/loop", "k/p" + i).replace("\"metrics\": {", "\"metrics\": {\n"
                + (i == 7 ? "\"small\": 1,\n" : many))).collect(Collectors.joining(",\n"))));
        final Said said = check(3);

        assertTrue(said.markdown().length() <= 1 << 20, () -> "bytes: " + said.markdown().length());
        assertTrue(said.markdown().contains("| k/p7 | small |"), "it comes behind parts that are too large");
        assertTrue(said.markdown().matches("(?s).*\n\\.\\.\\. and \\d+ more parts, for which there is no room\\.\n"));
    }

    @Test
    void aFailureOfAnyLengthIsShort() throws IOException {
        Files.writeString(gate, "build = [\"sh\", \"-c\", \"head -c 2000000 /dev/zero | tr '\\\\0' x; exit 1\"]\n"
            + Files.readString(gate));
        final Said said = check(2);

        assertTrue(said.markdown().length() < 10_000, () -> "bytes: " + said.markdown().length());
        assertTrue(said.run().err().lines().allMatch(line -> line.length() <= 520), said.run().err());
        assertEquals("failed-run", said.results().getFirst().at("ruleId").toString());
    }

    @Test
    void optionsOfWhichOneWouldBeIgnoredAreRefused() {
        final String file = folder.resolve("measured.json").toString();
        for (final List<String> pair : List.of(List.of("--measure", file, "--junit", "x"),
                List.of("--measure", file, "--markdown", "x"), List.of("--measure", file, "--sarif", "x"),
                List.of("--measure", file, "--bmf", "x"), List.of("--measure", file, "--annotations"),
                List.of("--json", "--annotations"))) {
            final CommandRun run = CommandRun.of(Stream.concat(Stream.of("check", gate.toString()), pair.stream())
                .toArray(String[]::new));
            assertEquals(2, run.code(), pair.toString());
            assertTrue(run.err().contains(pair.get(pair.size() == 2 ? 1 : 2)), run.err());
            assertTrue(Files.notExists(Path.of(file)));
        }
    }

    /** Rules of SARIF 2.1.0, which the OASIS specification gives in section 3 and its schema. */
    private static final class SarifRules {
        private static final Set<String> LEVELS = Set.of("none", "note", "warning", "error");

        static void require(final JsonTree log) {
            assertEquals("2.1.0", log.at("version").toString(), "3.13.2");
            assertTrue(URI.create(log.at("$schema").toString()).isAbsolute(), "3.13.3");
            for (final JsonTree run : log.at("runs").all()) {
                final JsonTree driver = run.at("tool").at("driver");
                assertFalse(driver.at("name").toString().isEmpty(), "3.19.8");
                final List<String> rules = driver.at("rules").all().stream().map(rule -> {
                    assertFalse(rule.at("shortDescription").at("text").toString().isEmpty(), "3.49.9");
                    return rule.at("id").toString();
                }).toList();
                assertEquals(rules.size(), Set.copyOf(rules).size(), "3.49.3: each rule once");
                run.at("invocations").all().forEach(one -> assertTrue(Set.of("true", "false")
                    .contains(one.at("executionSuccessful").toString()), "3.20.14"));
                run.at("results").all().forEach(result -> require(result, rules));
            }
        }

        private static void require(final JsonTree result, final List<String> rules) {
            assertFalse(result.at("message").at("text").toString().isEmpty(), "3.27.11");
            assertTrue(LEVELS.contains(result.at("level").toString()), "3.27.10");
            assertEquals(result.at("ruleId").toString(), rules.get((int) result.at("ruleIndex").number()), "3.27.6");
            if (!result.has("locations")) {
                return;
            }
            for (final JsonTree location : result.at("locations").all()) {
                final JsonTree place = location.at("physicalLocation");
                final URI uri = URI.create(place.at("artifactLocation").at("uri").toString());
                assertTrue(uri.isAbsolute() ? uri.getScheme().equals("file") : !uri.getPath().startsWith("/"),
                    "3.10.1");
                assertFalse(List.of(uri.getPath().split("/")).contains(".."), "found from the top: " + uri);
                if (place.has("region")) {
                    assertTrue(place.at("region").at("startLine").number() >= 1, "3.30.5");
                }
            }
        }
    }
}

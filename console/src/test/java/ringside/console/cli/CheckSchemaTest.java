package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.profiler.gate.MetricChange;

/** What {@code check --json} prints is what its published schema says; an independent validator decides. */
class CheckSchemaTest {
    @TempDir
    private Path directory;

    private static int python(final String... arguments) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(Stream.concat(
            Stream.of("python3"), Stream.of(arguments)).toList())
            .redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        final int code = process.waitFor();
        if (code != 0) {
            System.err.println(said);
        }
        return code;
    }

    @Test
    void everyKindOfOutcomeFitsTheSchema() throws IOException, InterruptedException {
        assumeTrue(python("-c", "import jsonschema") == 0, "skipped: Python's jsonschema is not installed");
        TinyGuests.write(directory.resolve("k.elf"), code -> TinyGuests.count(code, 20));
        final String text = """
            models = ["zen4"]
            [[image]]
            name = "k"
            file = "k.elf"
            [[image.path]]
            name = "loop"
            from = "start+0x5"
            to = "start+0x5"
            """;
        final String script = "[[script]]\nfile = \"s.ringside\"\nimage = \"k.elf\"\n";
        Files.writeString(directory.resolve("s.ringside"), "expect 1 == 2\n");
        final Path gate = Files.writeString(directory.resolve("gate.toml"), text);
        assertEquals(0, CommandRun.of("check", "--update", gate.toString()).code());
        final Path baseline = directory.resolve("baseline/gate.json");
        final String kept = Files.readString(baseline);
        final String more = "\"instructions\": 1";
        final String less = "\"instructions\": 3";
        final String counted = "\"instructions\": 2";
        final Set<String> fates = new TreeSet<>();
        for (final List<String> one : List.of(List.of("", "x", "x"), List.of("", counted, more),
                List.of("", counted, less), List.of("", "\"lines\"", "\"liness\""), List.of("", "k/loop", "k/other"),
                List.of("", "zen4-", "zen4-9"), List.of("", "dec ecx", "inc ecx"),
                List.of("", "\"rounds\": 19", "\"rounds\": 18"), List.of("", "0x100005", "0x100004"),
                List.of("", "\"settled.zen4\": ", "\"settled.zen4\": 9"), List.of("record_gains = true", counted, less),
                List.of("[[limit]]\npaths = \"*\"\nlimit = \"1%|+9\"", counted, more),
                List.of("[[limit]]\npaths = \"*\"\nlimit = \"any\"", counted, more),
                List.of("new = [\"*\"]\ngone = [\"*\"]", "\"lines\"", "\"liness\""), List.of(script, "x", "x"),
                List.of(script, counted, more),
                List.of("[[image]]\nname = \"l\"\nfile = \"k.elf\"\n[[image.path]]\nname = \"p\"\nfrom = \"none\"\n"
                    + "to = \"start\"", "x", "x"))) {
            final boolean table = one.getFirst().startsWith("[[");
            Files.writeString(gate, table ? text + one.getFirst() + "\n" : one.getFirst() + "\n" + text);
            Files.writeString(baseline, kept.replace(one.get(1), one.get(2)));
            final CommandRun run = CommandRun.of("check", "--json", gate.toString());
            requireValid(run.out());
            JsonTree.of(run.out()).at("gates").all().getFirst().at("paths").all().forEach(path ->
                path.at("metrics").all().forEach(metric -> fates.add(metric.at("fate").toString())));
        }
        assertEquals(Stream.of(MetricChange.Fate.values()).map(fate -> fate.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new)), fates, "each is there");
    }

    private void requireValid(final String text) throws IOException, InterruptedException {
        final Path json = Files.writeString(directory.resolve("out.json"), text);
        assertEquals(0, python("-c", "import json,sys,jsonschema\n"
            + "jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))",
            json.toString(), Path.of("../docs/check.schema.json").toString()), text);
    }

    private JsonTree error(final int exit, final String... arguments) throws IOException, InterruptedException {
        final CommandRun run = CommandRun.of(Stream.concat(Stream.of("check", "--json"), Stream.of(arguments))
            .toArray(String[]::new));
        assertEquals(exit, run.code(), run.err());
        final JsonTree json = JsonTree.of(run.out());
        assertEquals("false", json.at("open").toString());
        if (run.out().contains("\"error\"")) {
            assertEquals(exit, json.at("error").at("exit").number());
            assertEquals("ringside: " + json.at("error").at("message").toString().replace("\n", "\n  ") + "\n",
                run.err(), "the same as for people");
        }
        if (python("-c", "import jsonschema") == 0) {
            requireValid(run.out());
        }
        return json;
    }

    @Test
    void everyExitHasOneObjectThatSaysWhy() throws IOException, InterruptedException {
        TinyGuests.write(directory.resolve("k.elf"), code -> TinyGuests.count(code, 20));
        final String text = """
            [[image]]
            name = "k"
            file = "k.elf"
            budget = 1000
            [[image.path]]
            name = "loop"
            from = "start+0x5"
            to = "start+0x5"
            """;
        final Path file = Files.writeString(directory.resolve("gate.toml"), text);
        final String gate = file.toString();

        assertTrue(message(error(2, gate)).contains("there is no baseline yet"));
        assertTrue(message(error(2, directory.resolve("none.toml").toString())).contains("none.toml"));
        assertTrue(message(error(2, gate, "--junit", gate)).contains("--junit"));
        assertTrue(message(error(2, gate, "--measure", directory.resolve("m").toString())).contains("--json"));
        assertTrue(message(error(2, gate, "--against", "HEAD")).contains("git rev-parse"));
        assertEquals(text, Files.readString(file), "what is read is not written");

        assertEquals(0, CommandRun.of("check", "--update", gate).code());
        Files.writeString(file, text.replace("1000", "10"));
        assertTrue(message(error(1, gate)).contains("its budget is 10 instructions"));
        Files.writeString(file, "build = [\"sh\", \"-c\", \"echo no rule; exit 1\"]\n" + text);
        assertTrue(message(error(2, gate)).endsWith(" ended with exit code 1:\nno rule"));

        final Path reports = Files.createDirectory(directory.resolve("reports"));
        Files.writeString(file, "build = [\"rmdir\", \"reports\"]\n" + text);
        assertTrue(message(error(5, gate, "--markdown", reports.resolve("m.md").toString())).contains("m.md"));

        Files.writeString(directory.resolve("s.ringside"), "expect 1 == 2\n");
        Files.writeString(file, text + "[[script]]\nfile = \"s.ringside\"\nimage = \"k.elf\"\n");
        assertEquals("false", error(1, gate).at("gates").all().getFirst().at("scripts").all().getFirst().at("ok")
            .toString());
    }

    private static String message(final JsonTree json) {
        assertEquals(List.of(), json.at("gates").all());
        return json.at("error").at("message").toString();
    }
}

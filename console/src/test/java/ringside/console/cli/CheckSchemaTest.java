package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        final Path gate = Files.writeString(directory.resolve("gate.toml"), text);
        assertEquals(0, CommandRun.of("check", "--update", gate.toString()).code());
        final Path baseline = directory.resolve("baseline/gate.json");
        final String kept = Files.readString(baseline);
        for (final List<String> change : List.of(List.of("x", "x"),
                List.of("\"instructions\": 2", "\"instructions\": 1"),
                List.of("\"instructions\": 2", "\"instructions\": 3"), List.of("\"lines\"", "\"liness\""),
                List.of("k/loop", "k/other"), List.of("zen4-", "zen4-9"), List.of("dec ecx", "inc ecx"))) {
            Files.writeString(baseline, kept.replace(change.getFirst(), change.getLast()));
            final CommandRun run = CommandRun.of("check", "--json", gate.toString());
            requireValid(run.out());
        }
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

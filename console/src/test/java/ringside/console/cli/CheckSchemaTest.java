package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
            final Path json = Files.writeString(directory.resolve("out.json"), run.out());
            assertEquals(0, python("-c", "import json,sys,jsonschema\n"
                + "jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))",
                json.toString(), Path.of("../docs/check.schema.json").toString()), change + ": " + run.out());
        }
    }
}

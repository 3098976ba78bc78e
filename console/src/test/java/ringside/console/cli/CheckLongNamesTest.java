package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names as compilers of C++ and Rust make them have hundreds of letters, and differ at their ends. */
class CheckLongNamesTest {
    private static final String NAME = "_ZN" + "4core3fmt".repeat(29) + "17h0123E";

    @TempDir
    private Path directory;

    private void kernel(final boolean slower) throws IOException {
        TinyGuests.write(directory.resolve("k.elf"), code -> {
            code.db(0xBC, 0, 0, 0x18, 0);                        // mov esp, 0x180000
            code.db(0xE8, slower ? 9 : 4, 0, 0, 0);              // call NAME
            if (slower) {
                code.db(0xE8, 4, 0, 0, 0);                       // once more
            }
            code.global("end");
            TinyGuests.exit(code);
            code.global(NAME);
            code.db(0xC3);
        });
    }

    @Test
    void areCutInTheMiddleForATerminalAndWholeInJson() throws IOException {
        final Path gate = Files.writeString(directory.resolve("gate.toml"), """
            [[image]]
            name = "k"
            file = "k.elf"
            [[image.path]]
            name = "call"
            from = "start+0x5"
            to = "end"
            """);
        kernel(false);
        assertEquals(0, CommandRun.of("check", "--update", gate.toString()).code());
        kernel(true);
        final CommandRun run = CommandRun.of("check", gate.toString());

        assertEquals(3, run.code(), run.err());
        assertTrue(run.out().lines().noneMatch(line -> line.length() > 80), run.out());
        assertTrue(run.out().lines().anyMatch(line ->
            line.matches(" {2}\\+ +\\+1 {2}call _ZN4core3fmt.+\\.\\.\\..+fmt17h0123E")), run.out());
        assertTrue(run.out().lines().anyMatch(line ->
            line.matches(" +_ZN4core3fmt.+\\.\\.\\..+fmt17h0123E.*")), run.out());

        final JsonTree path = JsonTree.of(CommandRun.of("check", "--json", gate.toString()).out()).at("gates").all()
            .getFirst().at("paths").all().getFirst();
        assertEquals(List.of("call " + NAME + " in start", "ret in " + NAME), path.at("instructions").all().stream()
            .map(one -> one.at("text") + " in " + one.at("routine")).sorted().toList());
    }
}

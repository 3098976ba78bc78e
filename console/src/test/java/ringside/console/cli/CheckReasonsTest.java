package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;

/** Why a path is slower none of whose instructions is another one: what was built beside it changed. */
class CheckReasonsTest {
    private static final int ROUNDS = 60;
    /** One more than a set of Skylake's cache of decoded code has ways; windows of one set are so far apart. */
    private static final int ROUTINES = 9;
    private static final int APART = 1024;

    @TempDir
    private Path directory;

    private Path gate;
    private Path baseline;

    @BeforeEach
    void aKernelWithABaseline() throws IOException {
        gate = Files.writeString(directory.resolve("gate.toml"), """
            models = ["zen4", "skylake"]
            [[image]]
            name = "k"
            file = "k.elf"
            [[image.path]]
            name = "path"
            from = "r0"
            to = "r0"
            """);
        baseline = directory.resolve("baseline/gate.json");
        kernel(40, 1);
        assertEquals(0, check("--update").code());
    }

    /** The last of the routines on the path comes behind another one, which is none of them. */
    private void kernel(final int elsewhere, final int nops) throws IOException {
        TinyGuests.write(directory.resolve("k.elf"), code -> {
            final List<Label> routines = new ArrayList<>();
            Stream.generate(code::newLabel).limit(ROUTINES).forEach(routines::add);
            code.mov(Reg32.ECX, ROUNDS);
            for (int i = 0; i < ROUTINES; i++) {
                code.align(APART);
                if (i == ROUTINES - 1) {
                    code.global("other");
                    Stream.generate(() -> code).limit(elsewhere).forEach(one -> one.nop());
                }
                code.global("r" + i);
                code.bind(routines.get(i));
                Stream.generate(() -> code).limit(10 + (i == 0 ? nops : 0)).forEach(one -> one.nop());
                if (i < ROUTINES - 1) {
                    code.jmp(routines.get(i + 1));
                }
            }
            code.dec(Reg32.ECX);
            code.jcc(Cond.NE, routines.getFirst());
            code.global("end");
            TinyGuests.exit(code);
        });
    }

    private CommandRun check(final String... options) {
        return CommandRun.of(Stream.concat(Stream.of("check", gate.toString()), Stream.of(options))
            .toArray(String[]::new));
    }

    @Test
    void whatWasBuiltBesideAPathIsNamedAsTheCauseWhereItMovesTheCode() throws IOException {
        kernel(3, 1);
        final Path markdown = directory.resolve("m.md");
        final Path junit = directory.resolve("j.xml");
        final Path sarif = directory.resolve("s.sarif");
        final CommandRun run = check("--annotations", "--markdown", markdown.toString(), "--junit", junit.toString(),
            "--sarif", sarif.toString());

        assertEquals(3, run.code(), run.out() + run.err());
        assertTrue(run.out().matches("(?s).* settled\\.skylake\n.*"), run.out());
        final String moved = "r8 moved 0x102428 -> 0x102403, byte 40 -> 3 of a cache line";
        final String cause = "settled.skylake by cause: front end \\+\\d+, width \\+\\d+";
        for (final String text : List.of(run.out(), Files.readString(markdown),
                Files.readString(junit).replace("&gt;", ">").replace("&#10;", "\n"))) {
            assertTrue(text.replaceAll("\n +", " ").matches("(?s).*" + cause + "\\b.*"), text);
            assertTrue(text.contains(moved), text);
            assertTrue(text.replaceAll("\n +", " ").contains(
                "the same instructions at the same cost, one by one (settled.zen4)"), text);
        }
        for (final String text : List.of(run.out(), Files.readString(sarif))) {
            assertTrue(text.matches("(?s).*settled\\.skylake \\d+ -> \\d+ \\(worse, allowed: \\+0\\).*; "
                + "the same instructions; by cause: front end \\+\\d+, width \\+\\d+; " + moved + ".*"), text);
        }
        assertTrue(run.out().lines().noneMatch(line -> !line.startsWith("::") && line.length() > 80), run.out());

        final JsonTree path = JsonTree.of(check("--json").out()).at("gates").all().getFirst().at("paths").all()
            .getFirst();
        final JsonTree causes = path.at("causes").all().stream()
            .filter(one -> one.at("metric").toString().equals("settled.skylake")).findFirst().orElseThrow();
        final long more = path.at("metrics").all().stream()
            .filter(one -> one.at("metric").toString().equals("settled.skylake"))
            .mapToLong(one -> one.at("after").number() - one.at("before").number()).sum();
        assertTrue(causes.at("kept").toString().equals("true") && causes.at("cycles").at("width").number() > 0);
        assertTrue(more > 0, "the path is slower");
        assertEquals(List.of("r8 0x102428 0x102403"), path.at("moved").all().stream().map(one ->
            one.at("routine") + " " + one.at("before") + " " + one.at("after")).toList());
    }

    @Test
    void aChangeElsewhereDoesNotFailWhereCodeStaysInItsWindow() throws IOException {
        kernel(43, 1);
        final CommandRun run = check();

        assertEquals(0, run.code(), run.out() + run.err());
        assertTrue(run.out().endsWith("open: 0 of 1 path failed, 0 better, 1 as before\n"), run.out());
    }

    @Test
    void theFirstRoundHasCausesOfItsOwn() throws IOException {
        final String kept = Files.readString(baseline);
        Files.writeString(baseline, kept.replaceAll("(\"first.zen4\": )\\d+", "$11")
            .replaceAll("(\"first.zen4.code miss\": )\\d+", "$11"));
        final CommandRun run = check();

        assertEquals(3, run.code(), run.out() + run.err());
        assertTrue(run.out().matches("(?s).*\n {2}first\\.zen4 by cause: code miss \\+\\d+\n.*"), run.out());
        assertTrue(run.out().contains("\n  its code is where it was\n"), run.out());
    }

    @Test
    void whatAnOlderBaselineDoesNotKeepIsSaid() throws IOException {
        Files.writeString(baseline, Files.readString(baseline).replace("baseline\": 2", "baseline\": 1")
            .replaceAll("\"first\\.\\w+\\.[a-zA-Z0-9 ]+\": \\d+,\\s*", "")
            .replaceAll("(\"first.zen4\": )\\d+", "$11").replaceFirst("(?s)\"places\": \\[.*?],\\s*", ""));
        final CommandRun run = check();

        assertEquals(3, run.code(), run.out() + run.err());
        assertTrue(run.out().contains("first.zen4 by cause: not known, for one side keeps none of its round\n"),
            run.out());
        assertTrue(run.out().replaceAll("\n +", " ").contains(
            "where its code was is not known: a baseline that is written anew says it"), run.out());
    }

    @Test
    void anUpdateSaysWhatElseIsNotAsItWas() throws IOException {
        kernel(41, 1);
        final CommandRun moved = check("--update");
        assertEquals(0, moved.code(), moved.err());
        assertTrue(moved.out().startsWith("gate: 1 path measured, 1 not as gate.json had it\n"), moved.out());
        assertTrue(moved.out().replaceAll("\n +", " ").contains(
            "1 path with the same numbers and instructions, elsewhere in memory: k/path"), moved.out());
        assertTrue(check("--update").out().startsWith("gate: 1 path measured, 0 not as gate.json had them\n"));

        Files.writeString(baseline, Files.readString(baseline).replaceFirst("\\| nop \\|", "| xchg ax, ax |"));
        final CommandRun code = check("--update");
        assertTrue(code.out().replaceAll("\n +", " ").contains(
            "1 path with the same numbers and other instructions or costs of them: k/path"), code.out());

        Files.writeString(baseline, Files.readString(baseline).replaceFirst("\"zen4-\\d+\"", "\"zen4-1\""));
        final CommandRun model = check("--update");
        assertTrue(model.out().matches("(?s).*\n {2}model zen4: zen4-1 -> zen4-\\d+\n.*"), model.out());
    }

    @Test
    void aFileThatCannotBeWrittenIsNotSaidToBeRecordedAndKeepsNoOtherFromBeing() throws IOException {
        kernel(40, 2);
        final Path folder = Files.createDirectory(directory.resolve("reports"));
        Files.writeString(gate, "build = [\"sh\", \"-c\", \"rmdir reports; mv baseline was\"]\n"
            + Files.readString(gate));
        final Path markdown = directory.resolve("m.md");
        final CommandRun run = check("--update", "--junit", folder.resolve("j.xml").toString(),
            "--markdown", markdown.toString());

        assertEquals(5, run.code(), run.out() + run.err());
        assertTrue(run.err().contains("baseline/gate.json") && !run.err().contains("j.xml"), run.err());
        assertFalse(run.out().contains("recorded in"), run.out());
        assertTrue(Files.readString(markdown).contains("| k/path | instructions |"), Files.readString(markdown));
    }
}

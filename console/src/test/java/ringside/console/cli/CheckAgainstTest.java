package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** A kernel of anybody's in a repository of theirs, whose revisions are held against each other. */
class CheckAgainstTest {
    private static final String GATE = """
        title = "Mine"
        models = ["zen4"]
        [[image]]
        name = "mine"
        file = "kernel.elf"
        memory = 16
        [[image.path]]
        name = "loop"
        from = "start+0x5"
        to = "start+0x5"
        """;

    @TempDir
    private Path tree;

    private Path gate;

    @BeforeEach
    void aRepositoryWithOneRevision() throws IOException, InterruptedException {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, "git"))),
            "skipped: git is not on the PATH");
        git("init", "-q");
        final Path folder = Files.createDirectory(tree.resolve("kernel"));
        gate = Files.writeString(folder.resolve("gate.toml"), GATE);
        kernel(false);
        git("add", ".");
        git("-c", "user.name=T", "-c", "user.email=t@t", "-c", "commit.gpgsign=false", "commit", "-qm", "one");
    }

    private void git(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("git", "-C", tree.toString()));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    private void kernel(final boolean slower) throws IOException {
        TinyGuests.write(tree.resolve("kernel/kernel.elf"), code -> {
            code.mov(Reg32.ECX, 50);
            final Label again = code.here();
            if (slower) {
                code.nop();
            }
            code.dec(Reg32.ECX);
            code.jcc(Cond.NE, again);
            TinyGuests.exit(code);
        });
    }

    @Test
    void aRevisionIsHeldAgainstAnotherWithoutABaseline() throws IOException, InterruptedException {
        final CommandRun same = CommandRun.of("check", gate.toString(), "--against", "HEAD");
        assertEquals(0, same.code(), same.out() + same.err());

        kernel(true);
        final CommandRun run = CommandRun.of("check", gate.toString(), "--against", "HEAD");
        assertEquals(3, run.code(), run.out() + run.err());
        assertTrue(run.out().lines().anyMatch(line -> line.matches("  \\+ +\\+\\d+ .* nop +start .*")), run.out());
        assertTrue(run.out().matches("(?s)Mine: 1 path, \\d+ numbers \\(zen4-\\d+\\), against [0-9a-f]{12}\n.*"),
            run.out());
        git("diff", "--quiet", "HEAD", "--", "kernel/gate.toml");
        git("worktree", "prune");
    }

    @Test
    void whatGitDoesNotKnowIsRefused() throws IOException {
        final CommandRun none = CommandRun.of("check", gate.toString(), "--against", "nowhere");
        assertEquals(2, none.code());
        assertTrue(none.err().contains("gate.toml: --against: git rev-parse") && none.err().contains("nowhere"),
            none.err());

        final CommandRun option = CommandRun.of("check", gate.toString(), "--against=--output=x");
        assertEquals(2, option.code());
        assertTrue(Files.notExists(tree.resolve("x")) && Files.notExists(gate.resolveSibling("x")), option.err());
    }

    @Test
    void aBuildThatFailsIsSaidWithItsLastWords() throws IOException {
        Files.writeString(gate, "build = [\"sh\", \"-c\", \"echo no rule; exit 3\"]\n" + GATE);
        final CommandRun run = CommandRun.of("check", gate.toString(), "--against", "HEAD");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("gate.toml: build: sh -c echo no rule; exit 3 ended with exit code 3: no rule"),
            run.err());
    }

    @Test
    void aGuestThatDoesNotEndIsNoOpenGate() throws IOException {
        assertEquals(0, CommandRun.of("check", gate.toString(), "--update").code());
        Files.writeString(gate, GATE.replace("memory = 16", "memory = 16\nbudget = 10"));
        final CommandRun run = CommandRun.of("check", gate.toString());
        assertEquals(1, run.code());
        assertTrue(run.err().contains("mine: ") && run.err().contains("its budget is 10 instructions"), run.err());

        assertEquals(2, CommandRun.of("check", tree.resolve("none.toml").toString()).code());
    }

    @Test
    void aScriptThatFailsShutsTheGate() throws IOException {
        assertEquals(0, CommandRun.of("check", gate.toString(), "--update").code());
        Files.writeString(gate.resolveSibling("s.ringside"), "expect 1 == 2\n");
        Files.writeString(gate, GATE + "[[script]]\nfile = \"s.ringside\"\nimage = \"kernel.elf\"\n");
        final CommandRun run = CommandRun.of("check", gate.toString());
        assertEquals(1, run.code(), run.out());
        assertTrue(run.out().contains("script s.ringside: ") && run.out().contains("SHUT: "), run.out());
    }

    @Test
    void whatIsOutsideTheTreeHasNoOtherRevision() throws IOException {
        Files.writeString(gate, GATE.replace("kernel.elf", tree.resolve("kernel/kernel.elf").toString()));
        final CommandRun run = CommandRun.of("check", gate.toString(), "--against", "HEAD");
        assertEquals(2, run.code(), run.out());
        assertTrue(run.err().contains("kernel.elf is not in the tree: another revision has no other one"), run.err());
    }

    @Test
    void aReportOfAnEarlierRunDoesNotStay() throws IOException {
        assertEquals(0, CommandRun.of("check", gate.toString(), "--update").code());
        final Path junit = tree.resolve("r.xml");
        final Path summary = tree.resolve("r.md");
        final Path sarif = tree.resolve("r.sarif");
        final List<String> command = List.of("check", gate.toString(), "--annotations", "--junit", junit.toString(),
            "--markdown", summary.toString(), "--sarif", sarif.toString());
        assertEquals(0, CommandRun.of(command.toArray(String[]::new)).code());
        assertTrue(Files.readString(junit).contains("failures=\"0\""));

        Files.writeString(gate, GATE.replace("memory = 16", "memory = 16\nbudget = 10"));
        final CommandRun failed = CommandRun.of(command.toArray(String[]::new));
        assertEquals(1, failed.code());
        assertTrue(Files.readString(junit).contains("failures=\"1\""), Files.readString(junit));
        assertTrue(Files.readString(summary).contains("its budget is 10 instructions"), Files.readString(summary));
        assertTrue(Files.readString(sarif).contains("failed-run"), Files.readString(sarif));
        assertTrue(failed.out().startsWith("::error title=ringside check::mine: "), failed.out());
    }

    @Test
    void twoGatesHaveTwoBaselinesAndTwoReportsTwoFiles() throws IOException {
        final Path other = Files.writeString(gate.resolveSibling("other.toml"),
            "baseline = \"baseline/gate.json\"\n" + GATE);
        final CommandRun baselines = CommandRun.of("check", gate.toString(), other.toString(), "--update");
        assertEquals(2, baselines.code());
        assertTrue(baselines.err().contains("gate.json: is written twice"), baselines.err());
        final CommandRun reports = CommandRun.of("check", gate.toString(), "--update", "--junit",
            tree.resolve("x").toString(), "--sarif", tree.resolve("kernel/../x").toString());
        assertEquals(2, reports.code());
        assertTrue(reports.err().contains("x: is written twice"), reports.err());
    }

    @Test
    void measuringPassesOverNoScript() throws IOException {
        Files.writeString(gate.resolveSibling("s.ringside"), "expect 1 == 2\n");
        Files.writeString(gate, GATE + "[[script]]\nfile = \"s.ringside\"\nimage = \"kernel.elf\"\n");
        final CommandRun run = CommandRun.of("check", gate.toString(), "--measure", tree.resolve("m.json").toString());
        assertEquals(1, run.code(), run.out());
        assertTrue(run.err().contains("script s.ringside: ") && Files.notExists(tree.resolve("m.json")), run.err());
    }
}

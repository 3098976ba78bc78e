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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

    @TempDir
    private Path outside;

    private Path gate;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void aRepositoryWithOneRevision() throws IOException, InterruptedException {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, "git"))),
            "skipped: git is not on the PATH");
        git("init", "-q");
        final Path folder = Files.createDirectory(tree.resolve("kernel"));
        gate = Files.writeString(folder.resolve("gate.toml"), GATE);
        kernel(false);
        commit();
    }

    private void commit() throws IOException, InterruptedException {
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
        assertEquals("ringside: HEAD:kernel/gate.toml: build: sh -c 'echo no rule; exit 3' ended with exit code 3:\n"
            + "  no rule\n", run.err());

        Files.writeString(gate, "build = [\"sh\", \"-c\", \"seq 100; pwd; exit 3\"]\n" + GATE);
        final CommandRun today = CommandRun.of("check", gate.toString(), "--against", "HEAD");
        assertTrue(today.err().endsWith(" ended with exit code 3:\n"
            + IntStream.rangeClosed(90, 100).mapToObj(i -> "  " + i + "\n").collect(Collectors.joining())
            + "  HEAD:kernel\n"), today.err());

        Files.writeString(gate, "build = [\"false\"]\n" + GATE);
        assertEquals("ringside: HEAD:kernel/gate.toml: build: false ended with exit code 1 and said nothing\n",
            CommandRun.of("check", gate.toString(), "--against", "HEAD").err());
    }

    @Test
    void whatIsWrongWithARevisionIsSaidWithItsNameAndThePathInTheTree() throws IOException, InterruptedException {
        Files.copy(gate.resolveSibling("kernel.elf"), gate.resolveSibling("new.elf"));
        Files.writeString(gate, GATE.replace("kernel.elf", "new.elf"));
        final CommandRun missing = CommandRun.of("check", gate.toString(), "--against", "HEAD");
        assertEquals(2, missing.code(), missing.out());
        assertEquals("ringside: HEAD:kernel/new.elf: file: there is no such file\n", missing.err());

        Files.writeString(gate, GATE.replace("memory = 16", "memory = 16\nbudget = 10"));
        final CommandRun endless = CommandRun.of("check", gate.toString(), "--against", "HEAD");
        assertEquals(1, endless.code(), endless.out());
        assertTrue(endless.err().startsWith("ringside: HEAD: mine: "), endless.err());

        program("echo \"$3: no such option\"; exit 2");
        final CommandRun failed = CommandRun.of("check", gate.toString(), "--against", "HEAD");
        assertEquals(2, failed.code(), failed.out());
        assertEquals("ringside: HEAD:kernel/gate.toml: program: HEAD:kernel/measure check --measure "
            + "HEAD:kernel/.ringside-measured.json HEAD:kernel/gate.toml ended with exit code 2:\n"
            + "  HEAD:kernel/.ringside-measured.json: no such option\n", failed.err());
    }

    /** A program of the tree that measures, in its last revision. */
    private void program(final String script) throws IOException, InterruptedException {
        final Path program = Files.writeString(gate.resolveSibling("measure"), "#!/bin/sh\n" + script + "\n");
        assertTrue(program.toFile().setExecutable(true));
        commit();
        Files.writeString(gate, "program = \"measure\"\n" + GATE);
    }

    @Test
    void aSourceWhereARevisionWasBuiltIsShownWhereItIsToday() throws IOException, InterruptedException {
        program("""
            cat > "$3" <<END
            {"ringside-baseline": 1, "models": {}, "paths": {"mine/loop": {"metrics": {"instructions": 1},
            "causes": {}, "code": ["start | cpuid | $PWD/a.c | 1"]}}}
            END""");
        final CommandRun run = CommandRun.of("check", gate.toString(), "--against", "HEAD", "--json");
        assertEquals(3, run.code(), run.err());
        final List<String> gone = JsonTree.of(run.out()).at("gates").all().getFirst().at("paths").all().getFirst()
            .at("instructions").all().stream().filter(one -> one.at("fate").toString().equals("removed"))
            .map(one -> one.at("file").toString()).toList();
        assertEquals(List.of(gate.toRealPath().resolveSibling("a.c").toString()), gone);
    }

    @Test
    void whatIsOutsideTheTreeIsRefusedAlsoWhereARevisionMeasuresItself() throws IOException, InterruptedException {
        final Path elsewhere = Files.createDirectory(outside.resolve("elsewhere"));
        Files.copy(gate.resolveSibling("kernel.elf"), elsewhere.resolve("kernel.elf"));
        program("touch " + elsewhere.resolve("ran") + "; exit 1");
        for (final String image : List.of(elsewhere.resolve("kernel.elf").toString(),
                gate.getParent().relativize(elsewhere.resolve("kernel.elf")).toString())) {
            Files.writeString(gate, "program = \"measure\"\n" + GATE.replace("kernel.elf", image));
            final CommandRun run = CommandRun.of("check", gate.toString(), "--against", "HEAD");
            assertEquals(2, run.code(), run.out());
            assertEquals("ringside: " + gate + ": --against: " + elsewhere.resolve("kernel.elf")
                + " is not in the tree: another revision has no other one\n", run.err());
        }
        Files.writeString(gate, "program = \"" + Files.move(gate.resolveSibling("measure"),
            elsewhere.resolve("measure")) + "\"\n" + GATE);
        final CommandRun run = CommandRun.of("check", gate.toString(), "--against", "HEAD");
        assertEquals(2, run.code(), run.out());
        assertTrue(run.err().contains("measure is not in the tree: "), run.err());
        assertTrue(Files.notExists(elsewhere.resolve("ran")), "nothing of it ran");
    }

    @Test
    void whatALinkLeadsToOutsideTheTreeHasNoOtherRevision() throws IOException, InterruptedException {
        final Path elsewhere = Files.copy(gate.resolveSibling("kernel.elf"), outside.resolve("kernel.elf"));
        final Path link = Files.createSymbolicLink(gate.resolveSibling("link.elf"), elsewhere);
        final Path inside = Files.createSymbolicLink(gate.resolveSibling("inside.elf"), Path.of("kernel.elf"));
        commit();
        Files.writeString(gate, GATE.replace("kernel.elf", "link.elf"));
        final CommandRun run = CommandRun.of("check", gate.toString(), "--against", "HEAD");
        assertEquals(2, run.code(), run.out());
        assertEquals("ringside: " + gate + ": --against: " + link
            + " leads out of the tree: another revision has no other one\n", run.err());

        Files.writeString(gate, GATE.replace("kernel.elf", inside.getFileName().toString()));
        assertEquals(0, CommandRun.of("check", gate.toString(), "--against", "HEAD").code());

        Files.writeString(gate, "build = [\"ln\", \"-sf\", \"" + elsewhere + "\", \"made.elf\"]\n"
            + GATE.replace("kernel.elf", "made.elf"));
        final CommandRun made = CommandRun.of("check", gate.toString(), "--against", "HEAD");
        assertEquals(2, made.code(), made.out());
        assertTrue(made.err().contains("made.elf leads out of the tree: "), made.err());
    }

    @Test
    void whatGitWarnsOfIsNotItsAnswer() throws IOException, InterruptedException {
        git("tag", "amb");
        git("branch", "amb");
        final CommandRun run = CommandRun.of("check", gate.toString(), "--against", "amb");
        assertEquals(0, run.code(), run.out() + run.err());
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

    private Process second(final Path temporary, final Path file) throws IOException {
        final List<String> command =
            new ArrayList<>(SecondJava.command(List.of("check", file.toString(), "--against", "HEAD")));
        command.add(1, "-Djava.io.tmpdir=" + temporary);
        final Process process = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(outside.resolve("said").toFile()).start();
        started.add(process);
        return process;
    }

    @AfterEach
    void nobodyIsLeft() {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    private static Set<Path> revisions(final Path temporary) throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(one -> one.getFileName().toString().startsWith("ringside-revision-"))
                .collect(Collectors.toSet());
        }
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatAKilledRunLeftTheNextOneRemovesAndNothingThatIsInUse() throws IOException, InterruptedException {
        final Path temporary = Files.createDirectory(outside.resolve("tmp"));
        final Path begun = outside.resolve("begun");
        final Path goOn = outside.resolve("go-on");
        assertEquals(0, new ProcessBuilder("mkfifo", begun.toString(), goOn.toString()).start().waitFor());
        final Path quick = Files.writeString(gate.resolveSibling("quick.toml"), GATE);
        Files.writeString(gate, """
            build = ["sh", "-c", "case $PWD in *ringside-revision-*) echo > %s; cat %s;; esac"]
            """.formatted(begun, goOn) + GATE);

        final Process killed = second(temporary, gate);
        Files.readString(begun);
        killed.destroyForcibly().waitFor();
        Files.writeString(goOn, "the build that is left ends");
        final Set<Path> left = revisions(temporary);
        assertEquals(2, left.size(), left::toString);

        final Process waiting = second(temporary, gate);
        Files.readString(begun);
        final Set<Path> used = revisions(temporary);
        assertEquals(2, used.size(), used::toString);
        assertTrue(used.stream().noneMatch(left::contains), "what the killed one left is gone");

        assertEquals(0, second(temporary, quick).waitFor());
        assertEquals(used, revisions(temporary), "what is in use stays");
        Files.writeString(goOn, "");
        assertEquals(0, waiting.waitFor());
        assertEquals(Set.of(), revisions(temporary), "who ends leaves nothing");
    }
}

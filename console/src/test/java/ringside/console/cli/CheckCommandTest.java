package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate on Bantam itself: a tree of its sources, a baseline, and changes of one line. */
class CheckCommandTest {
    private static final String FAST_CALL = "ipc/ipc_fast_call.asm";
    private static final String AFTER = "        jae     syscall_slow\n";

    @TempDir
    private static Path tree;

    private static Path gate;
    private static CommandRun first;

    @BeforeAll
    static void aBaselineIsWritten() throws IOException {
        copy(Path.of("../guest-kernel/src"), tree.resolve("guest-kernel/src"));
        gate = Files.writeString(tree.resolve("calls.toml"), """
            title = "Calls"
            models = ["zen4"]
            kernel = "guest-kernel"
            calls = "fast-asm/*"
            """);
        first = CommandRun.of("check", "--update", gate.toString());
        assertEquals(0, first.code(), first.err());
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (final Path path : all.toList()) {
                final Path target = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (path.toString().endsWith(".asm") || path.toString().endsWith(".inc")) {
                    Files.copy(path, target);
                }
            }
        }
    }

    private static CommandRun changed(final String file, final UnaryOperator<String> change, final String... options)
            throws IOException {
        final Path source = tree.resolve("guest-kernel/src/main/asm").resolve(file);
        final String text = Files.readString(source);
        assertFalse(text.equals(change.apply(text)), "the change is one");
        Files.writeString(source, change.apply(text));
        try {
            return CommandRun.of(Stream.concat(Stream.of("check", gate.toString()), Stream.of(options))
                .toArray(String[]::new));
        } finally {
            Files.writeString(source, text);
        }
    }

    private static int line(final String text, final String after) {
        return (int) text.substring(0, text.indexOf(after)).lines().count() + 2;
    }

    private static String nop(final String text) {
        return text.replaceFirst(AFTER, AFTER + "        nop\n");
    }

    @Test
    void theFirstUpdateMakesTheFolderAndSaysWhatItRecorded() {
        assertTrue(first.out().contains("15 paths more") && first.out().endsWith("recorded in calls.json\n"),
            first.out());
        assertTrue(Files.isRegularFile(tree.resolve("baseline/calls.json")));
    }

    @Test
    void aNopInTheFastPathFailsWithThatInstructionItsFileAndLine() throws IOException {
        final int line = line(Files.readString(tree.resolve("guest-kernel/src/main/asm").resolve(FAST_CALL)), AFTER);
        final Path summary = tree.resolve("summary.md");
        final Path sarif = tree.resolve("gate.sarif");
        final Path junit = tree.resolve("junit.xml");
        final CommandRun run = changed(FAST_CALL, CheckCommandTest::nop, "--annotations",
            "--markdown", summary.toString(), "--sarif", sarif.toString(), "--junit", junit.toString());

        assertEquals(3, run.code(), run.out() + run.err());
        final List<String> shown = run.out().lines().filter(one -> one.matches("  [-+>~] +[-+]\\d+ .*")).toList();
        assertEquals(1, shown.size(), "one instruction for all paths:\n" + run.out());
        final String place = FAST_CALL + ":" + line;
        assertTrue(shown.getFirst().matches("  \\+ +\\+\\d+ .*  nop +ipc_fast_call  " + place), run.out());
        assertTrue(run.out().lines().noneMatch(one -> !one.startsWith("::") && one.length() > 80), run.out());
        assertTrue(run.out().contains(
            "\n::error file=guest-kernel/src/main/asm/" + FAST_CALL + ",line=" + line + ","), run.out());
        assertTrue(Files.readString(summary).contains(place), Files.readString(summary));
        final JsonTree results = JsonTree.of(Files.readString(sarif)).at("runs").all().getFirst().at("results");
        assertEquals(8, results.all().size());
        final JsonTree where = results.all().getFirst().at("locations").all().getFirst().at("physicalLocation");
        assertEquals("guest-kernel/src/main/asm/" + FAST_CALL, where.at("artifactLocation").at("uri").toString());
        assertEquals(line, where.at("region").at("startLine").number());
        assertTrue(Files.readString(junit).contains("tests=\"15\" failures=\"8\" errors=\"0\""),
            Files.readString(junit));
    }

    @Test
    void anOrderThatCostsCyclesFailsOnCyclesWithTheCause() throws IOException {
        final CommandRun run = changed(FAST_CALL,
            text -> text.replace("        swapgs\n        sysretq", "        sysretq")
                .replace(".same_space:\n", ".same_space:\n        swapgs\n"), "--json");

        assertEquals(3, run.code(), run.out() + run.err());
        final JsonTree path = JsonTree.of(run.out()).at("gates").all().getFirst().at("paths").all().stream()
            .filter(one -> one.at("path").toString().equals("calls/fast-asm/same/0/call")).findFirst().orElseThrow();
        final List<String> worse = path.at("metrics").all().stream()
            .filter(one -> one.at("fate").toString().equals("worse")).map(one -> one.at("metric").toString()).toList();
        assertEquals(List.of("settled.zen4"), worse);
        final List<String> fates = path.at("instructions").all().stream().map(one -> one.at("fate").toString())
            .filter(fate -> !fate.equals("kept")).toList();
        assertEquals(List.of("moved"), fates);
        final JsonTree dearest = path.at("instructions").all().stream()
            .max((one, two) -> Long.compare(one.at("cycles").number(), two.at("cycles").number())).orElseThrow();
        assertEquals("L1", dearest.at("cause").toString());
        assertEquals("mov rcx, qword ptr [rax + 0x80]", dearest.at("text").toString());
    }

    @Test
    void aChangeElsewhereDoesNotFail() throws IOException {
        final CommandRun run =
            changed("lib/print.asm", text -> text.replaceFirst("        ret\n", "        nop\n        ret\n"));

        assertEquals(0, run.code(), run.out() + run.err());
        assertTrue(run.out().endsWith("open: 0 of 15 paths failed, 0 better, 15 as before\n"), run.out());
    }

    @Test
    void anUpdateSaysWhatChangedAndTheGateIsOpenThen() throws IOException {
        final Path baseline = tree.resolve("baseline/calls.json");
        final String kept = Files.readString(baseline);
        final CommandRun update = changed(FAST_CALL, CheckCommandTest::nop, "--update");
        try {
            assertEquals(0, update.code(), update.err());
            assertTrue(update.out().contains("calls/fast-asm/cross/0/call: instructions 63 -> 64, "), update.out());
            final CommandRun again = changed(FAST_CALL, CheckCommandTest::nop);
            assertEquals(0, again.code(), again.out() + again.err());
        } finally {
            Files.writeString(baseline, kept);
        }
    }

    @Test
    void aPathThatIsGoneAndOneThatIsNewFail() throws IOException {
        final Path less = Files.writeString(tree.resolve("less.toml"), Files.readString(gate)
            .replace("fast-asm/*", "fast-asm/signal*") + "baseline = \"baseline/calls.json\"\n");
        final CommandRun gone = CommandRun.of("check", less.toString());
        assertEquals(3, gone.code());
        assertTrue(gone.out().contains("calls/fast-asm/cross/0/call: missing\n"), gone.out());

        Files.writeString(less, Files.readString(less) + "gone = [\"calls/*\"]\n");
        assertEquals(0, CommandRun.of("check", less.toString()).code());
    }
}

package ringside.fastpath.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.fastpath.codegen.SpscRing;
import ringside.fastpath.experiment.GuestFailedException;
import ringside.fastpath.experiment.Progress;

/** Experiments of a user's directory and shipped ones, on real machines. */
class LaboratoryTest {
    private static final String TOML = """
            title = "A counter, plain and locked"
            stand = "bare"
            models = ["zen4"]
            [variant.plain]
            sources = ["plain.asm"]
            baseline = true
            [variant.locked]
            sources = ["locked.asm"]
            """;
    private static final String CLAIMS = """
            [[claim]]
            text = "locked is as fast"
            variant = "locked"
            metric = "cycles.zen4"
            claimed = 1
            [[claim]]
            text = "a plain step is one instruction"
            variant = "plain"
            holds = "instructions == 1 && counter.steps == 64 && lines == 1 && reads == 1 && writes == 1"
            """;
    private static final String ASM = """
            %%include "stand/stand.inc"
                    section .text
                    global  workload_cpu
            workload_cpu:
                    mov     ebx, 64
                    TRIAL   0, 0, 0
            .next:
                    OP_BEGIN
                    %s     qword [rel counter]
                    OP_END
                    %s
                    CONTROL_BEGIN
                    call    stand_control
                    %s
                    CONTROL_END
                    dec     ebx
                    jnz     .next
                    mov     rax, [rel counter]
                    COUNT   steps, rax
                    TRIAL_END
                    cmp     qword [rel counter], 64
                    CHECK   e, all_steps
                    ret
                    section .bss
            counter: resb   8
            """;

    @TempDir
    private Path home;

    private Path write(final String toml, final String locked) throws IOException {
        Files.writeString(home.resolve("plain.asm"), ASM.formatted("inc", "", ""));
        Files.writeString(home.resolve("locked.asm"), locked);
        return Files.writeString(home.resolve("my.toml"), toml);
    }

    private static LabResult run(final LabFiles files) {
        return Laboratory.run(DeclarationReader.read(files), Progress.SILENT);
    }

    private static LabRow op(final LabResult result, final String variant, final String point) {
        return result.rows().stream().filter(row -> row.variant().equals(variant)
                && row.window().equals(Declaration.OP) && row.point().toString().equals(point))
                .findFirst().orElseThrow();
    }

    @Test
    void anAssemblyFileAndSixLinesOfTomlAreAnExperiment() throws IOException {
        final LabResult result = run(LabFiles.of(write(TOML + CLAIMS, ASM.formatted("lock inc", "", ""))));
        assertEquals(Spread.of(1), withoutCount(op(result, "locked", "").metrics().get(MetricName.INSTRUCTIONS)));
        assertTrue(op(result, "plain", "").metrics().get("cycles.zen4").p50()
                < op(result, "locked", "").metrics().get("cycles.zen4").p50());
        assertEquals(List.of(Verdict.CONTRADICTED, Verdict.REPRODUCED),
                result.judgements().stream().map(Judgement::verdict).toList());
    }

    private static Spread withoutCount(final Spread spread) {
        return Spread.of(spread.min());
    }

    @Test
    void measuringCostsNothingInAnyRound() throws IOException {
        final LabResult result = run(LabFiles.of(write(TOML, ASM.formatted("lock inc", "", ""))));
        final List<LabRow> empty =
                result.rows().stream().filter(row -> row.window().equals(Declaration.EMPTY)).toList();
        assertEquals(2, empty.size());
        for (final LabRow row : empty) {
            assertEquals(48, row.rounds());
            row.metrics().forEach((name, spread) -> assertTrue(
                    name.startsWith(MetricName.COUNTER) || spread.max() == 0, name));
        }
    }

    @Test
    void aTallyCountsPassingsWithoutAnInstructionAndIsZeroWhereThereAreNone() throws IOException {
        final LabResult result = run(LabFiles.of(write(TOML, ASM.formatted("inc",
                "TALLY seen\n jmp .over\n TALLY missed\n nop\n.over:", ""))));
        final LabRow row = op(result, "locked", "");
        assertEquals(Spread.of(64), row.metrics().get("counter.seen"));
        assertEquals(Spread.of(0), row.metrics().get("counter.missed"));
        assertEquals(1, row.metrics().get(MetricName.INSTRUCTIONS).p50());
    }

    @Test
    void aControlArmThatMovesIsNoResult() throws IOException {
        final LabFiles files = LabFiles.of(write(TOML, ASM.formatted("lock inc", "", "nop")));
        final String message = assertThrows(GuestFailedException.class, () -> run(files)).getMessage();
        assertTrue(message.startsWith("the control arm moved: locked: instructions 45 "), message);
    }

    @Test
    void roundsThatDifferAreNoResultOfAStableExperiment() throws IOException {
        final String sometimes = ASM.formatted(
                "inc qword [rel counter]\n test bl, 3\n jz .skip\n nop\n.skip:\n lea",
                "", "")
                .replace("lea     qword [rel counter]", "test rbx, rbx");
        final LabFiles files = LabFiles.of(write(TOML, sometimes));
        final String message = assertThrows(GuestFailedException.class, () -> run(files)).getMessage();
        assertTrue(message.contains("the window op of trial (0, 0, 0), round ") && message.contains(" differs")
                && message.matches(".*; data lines 1, reads 1, writes 1, was lines 1, reads 1, writes 1; .*"), message);
    }

    @Test
    void aFailedCheckIsNamedWithItsPlace() throws IOException {
        final LabFiles files = LabFiles.of(write(TOML, ASM.formatted("lock dec", "", "")));
        final String message = assertThrows(GuestFailedException.class, () -> run(files)).getMessage();
        assertTrue(message.startsWith("locked: the check all_steps failed on CPU 0, at workload_cpu+0x"), message);
    }

    @Test
    void anExceptionIsNamedWithItsPlace() throws IOException {
        final LabFiles files = LabFiles.of(write(TOML, ASM.formatted("ud2\n lock inc", "", "")));
        final String message = assertThrows(GuestFailedException.class, () -> run(files)).getMessage();
        assertTrue(message.startsWith("locked: exception 6 (error code 0x0) on CPU 0 at workload_cpu"), message);
    }

    private <E extends RuntimeException> String refusal(final Class<E> kind, final String toml, final String first)
            throws IOException {
        final LabFiles files = LabFiles.of(write(toml, ASM.formatted(first + "\n lock inc", "", "")));
        return assertThrows(kind, () -> run(files)).getMessage();
    }

    @Test
    void aRunThatDoesNotEndWellIsToldWithSymbolAndLine() throws IOException {
        final String small = TOML.replace("models", "budget = 100000\nmodels");
        final String endless = refusal(GuestFailedException.class, small, ".here:\n jmp .here");
        assertTrue(endless.matches("locked: the budget is spent; the guest is at rip=0x[0-9a-f]+ "
                + "\\(workload_cpu[^ ]*, locked.asm:10\\); the experiment's budget is 100000 instructions"), endless);
        final String halted = refusal(GuestFailedException.class, TOML, "cli\n hlt");
        assertTrue(halted.matches("locked: the guest halted for ever at rip=0x[0-9a-f]+ "
                + "\\(after workload_cpu[^ ]*, locked.asm:10\\)"), halted);
        final String fallen = refusal(GuestFailedException.class, TOML, "xor esp, esp\n push rax");
        assertTrue(fallen.contains("triple-faulted") && fallen.contains(" (workload_cpu")
                && fallen.contains(", locked.asm:10)"), fallen);
    }

    @Test
    void aClaimThatDividesByZeroIsNoResult() throws IOException {
        final String claim = TOML + "[[claim]]\ntext = \"t\"\nvariant = \"plain\"\n";
        assertEquals("plain: there is no value of cycles / 0 > 5, which divides by zero or is too large: cycles is 1.0",
                refusal(GuestFailedException.class, claim + "holds = \"cycles / 0 > 5\"", ""));
        assertTrue(refusal(GuestFailedException.class,
                claim + "holds = \"(cycles - cycles) / (cycles - cycles)\"", "").contains("there is no value of ("));
    }

    @Test
    void aRatioOfWhatIsNotPositiveIsNoResult() throws IOException {
        assertEquals("locked: there is no ratio of 0 - cycles: -1.0 and, of plain, -1.0; both have to be more than 0",
                refusal(GuestFailedException.class, TOML + "[[claim]]\ntext = \"t\"\nvariant = \"locked\"\n"
                        + "claimed = 1\nmetric = \"0 - cycles\"", ""));
    }

    @Test
    void aWindowOfAProbeThatNoVariantHasIsRefused() throws IOException {
        assertEquals(home.resolve("my.toml") + ": window.half.to: no variant has a probe of this name: op_ent",
                refusal(LabException.class, TOML + "[window.half]\nfrom = \"op_begin\"\nto = \"op_ent\"", ""));
    }

    @Test
    void aSourceThatIsNoTextIsRefusedWithItsFile() throws IOException {
        final Path file = write(TOML, "");
        Files.write(home.resolve("locked.asm"), new byte[] {'n', 'o', 'p', ' ', ';', (byte) 0xff});
        assertEquals(home.resolve("locked.asm") + ": cannot be read: not UTF-8",
                assertThrows(LabException.class, () -> run(LabFiles.of(file))).getMessage());
    }

    @Test
    void roundsThatAreAllWarmUpAreNoResult() throws IOException {
        assertEquals("plain: the window op of trial (0, 0, 0) has no round to report: 64 are warm-up",
                refusal(GuestFailedException.class, TOML.replace("models", "warm_up = 64\nmodels"), ""));
    }

    @Test
    void aJavaClassFillsASlotWithWhatTheConstantsSay() throws IOException {
        final String toml = """
                title = "A step of assembly and one of Java"
                stand = "bare"
                sources = ["work.asm"]
                [sweep]
                STEP = [3, 500]
                [variant.assembly]
                sources = ["step.asm"]
                baseline = true
                [variant.java]
                generator = "%s"
                """;
        Files.writeString(home.resolve("work.asm"), ASM.formatted("xor eax, eax\n call step\n add", "", "")
                .replace("add     qword [rel counter]", "add [rel counter], rax").replace("], 64", "], 64 * STEP"));
        Files.writeString(home.resolve("step.asm"), "        section .text\n        global step\nstep:\n"
                + "        add     rax, STEP\n        ret\n");
        final Path file = Files.writeString(home.resolve("my.toml"), toml.formatted(StepGenerator.class.getName()));
        final LabResult result = run(LabFiles.of(file));
        for (final String point : List.of("STEP=3", "STEP=500")) {
            assertEquals(op(result, "assembly", point).metrics().get(MetricName.INSTRUCTIONS),
                    op(result, "java", point).metrics().get(MetricName.INSTRUCTIONS));
        }
        for (final String none : List.of("java.lang.String", "no.such.Class")) {
            Files.writeString(file, toml.formatted(none));
            assertTrue(assertThrows(LabException.class, () -> run(LabFiles.of(file))).getMessage().endsWith(none));
        }
    }

    @Test
    void aNumberThatAGeneratorCannotDoWithIsRefusedWithItsName() throws IOException {
        write("", ASM.formatted("inc", "", ""));
        final String toml = """
                title = "A ring of three"
                stand = "bare"
                [constants]
                CAPACITY = 3
                [variant.generated]
                generator = "%s"
                baseline = true
                """;
        final Path file = home.resolve("my.toml");
        Files.writeString(file, toml.formatted(SpscRing.class.getName()));
        final String message = assertThrows(LabException.class, () -> run(LabFiles.of(file))).getMessage();
        assertTrue(message.endsWith("SpscRing: CAPACITY is a power of two, 1 to 512, not 3"), message);
        Files.writeString(file, toml.formatted(StepGenerator.class.getName()));
        final String failed = assertThrows(LabException.class, () -> run(LabFiles.of(file))).getMessage();
        assertTrue(failed.contains("my.toml") && failed.contains("StepGenerator fails: java.lang.Null"), failed);
    }

    @Test
    void theFastPathOfMessagesTakesFewerInstructionsAndNotATenthOfTheCycles() {
        final LabResult result = run(LabFiles.shipped("message-fast-path"));
        for (final String point : List.of("words=0", "words=4")) {
            assertTrue(op(result, "fast", point).metrics().get(MetricName.INSTRUCTIONS).p50()
                    < op(result, "slow", point).metrics().get(MetricName.INSTRUCTIONS).p50() / 3, point);
        }
        assertEquals(Verdict.PARTLY, result.judgements().getFirst().verdict());
    }

    @Test
    void falseSharingShowsAsCyclesOfCoherenceAndPaddingTakesThemAway() {
        final LabResult result = run(LabFiles.shipped("false-sharing"));
        for (final String point : List.of("cpus=2", "cpus=4")) {
            final Spread packed = op(result, "packed", point).metrics().get("cause.zen4.coherence");
            assertTrue(packed.average() > 100, packed.toString());
            assertTrue(!op(result, "padded", point).metrics().containsKey("cause.zen4.coherence"), point);
        }
        assertTrue(!op(result, "packed", "cpus=1").metrics().containsKey("cause.zen4.coherence"));
    }

    @Test
    void twoRunsFindTheSame() {
        final LabResult first = run(LabFiles.shipped("false-sharing"));
        final LabResult second = run(LabFiles.shipped("false-sharing"));
        assertEquals(first.images(), second.images());
        assertEquals(first.rows(), second.rows());
        assertEquals(first.judgements().stream().map(Judgement::comparisons).toList(),
                second.judgements().stream().map(Judgement::comparisons).toList());
    }

    @Test
    void noTickFallsIntoAnOperationOnBantamThatIsLongerThanThoseOfTheDemonstration() throws IOException {
        Files.writeString(home.resolve("long.asm"), """
                %include "stand/user.inc"
                ROUNDS  equ     1500000         ; three million instructions
                        section .text
                        global  workload_main
                workload_main:
                        TRIAL   0, 0, 0
                        OP_BEGIN
                        mov     ecx, ROUNDS
                .next:
                        dec     ecx
                        jnz     .next
                        OP_END
                        CONTROL
                        TRIAL_END
                        CALL_EXIT 0
                """);
        final Path file = Files.writeString(home.resolve("long.toml"), """
                title = "A long operation"
                stand = "bantam"
                warm_up = 0
                sources = ["long.asm"]
                [variant.one]
                baseline = true
                """);

        final LabResult result =
                Laboratory.run(DeclarationReader.read(LabFiles.find(file.toString())), Progress.SILENT);

        final LabRow op = result.rows().stream().filter(row -> row.window().equals("op")).findFirst().orElseThrow();
        assertEquals(3_000_001, op.metrics().get("instructions").p50());
        assertTrue(op.excluded().isEmpty(), op::toString);
    }
}

package ringside.fastpath.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.fastpath.experiment.Progress;
import ringside.fastpath.interleave.ScheduleDeclaration;
import ringside.fastpath.interleave.ScheduleReader;
import ringside.fastpath.lab.Declaration;
import ringside.fastpath.lab.DeclarationReader;
import ringside.fastpath.lab.LabFiles;

/** Rows of a small list, decided by two small experiments of one CPU. */
class ClaimBenchTest {
    private static final String ROW = """
            [row.%s]
            source = "a"
            mechanism = "m"
            claim = "c"
            baseline = "-"
            """;
    private static final String TOML = """
            title = "t"
            stand = "bare"
            models = ["zen4"]
            sources = ["work.asm"]
            [variant.plain]
            baseline = true
            constants = { LOCKED = 0 }
            [variant.locked]
            constants = { LOCKED = 1 }
            """;
    private static final String RATIO = """
            [[claim]]
            rows = %s
            text = "t"
            variant = "locked"
            metric = "%s"
            claimed = 1
            """;
    private static final String CONDITION = """
            [[claim]]
            rows = %s
            text = "t"
            variant = "%s"
            holds = "%s"
            """;
    private static final String ASM = """
            %include "stand/stand.inc"
                    section .text
                    global  workload_cpu
            workload_cpu:
                    mov     ebx, 64
                    TRIAL   0, 0, 0
            .next:
                    OP_BEGIN
            %if LOCKED
                    lock inc qword [rel counter]
            %else
                    inc     qword [rel counter]
            %endif
                    OP_END
                    dec     ebx
                    jnz     .next
                    mov     rax, [rel counter]
                    COUNT   steps, rax
                    TRIAL_END
                    CHECKED
                    ret
                    section .bss
            counter: resb   8
            """;

    private static final String PLACE = """
            %include "lib/list.inc"
                    section .text
                    global  list_make, list_put, list_take
            list_make:
                    ret
            list_put:
                    xor     eax, eax
                    lock cmpxchg [rdi], rsi
                    setz    al
                    movzx   eax, al
                    ret
            list_take:
                    xor     edx, edx
                    xchg    [rdi], rdx
                    mov     eax, edx
                    ret
            """;
    private static final String STRUCTURE = """
            title = "A place"
            sources = ["place.asm"]
            model = "queue"
            [scenario.sides]
            scripts = ["put", "take"]
            capacity = 1
            fill = 1
            [mutant.late]
            text = "emptied in two steps"
            file = "place.asm"
            replace = ["xor edx, edx", "xchg [rdi], rdx"]
            with = ["mov rdx, [rdi]", "mov qword [rdi], 0"]
            [mutant.loses]
            text = "another value is returned"
            file = "place.asm"
            replace = ["xchg [rdi], rdx"]
            with = ["xchg [rdi], rdx", "inc rdx"]
            """;
    private static final String SURVIVES = """
            [[claim]]
            rows = %s
            text = "no value is lost"
            survives = "sides"
            """;

    @TempDir
    private Path home;

    @BeforeEach
    void writeTheWork() throws IOException {
        Files.writeString(home.resolve("work.asm"), ASM.replace("CHECKED", ""));
    }

    private Declaration experiment(final String name, final String... claims) throws IOException {
        return DeclarationReader.read(LabFiles.of(
                Files.writeString(home.resolve(name + ".toml"), TOML + String.join("", claims))));
    }

    private static ClaimList list(final String... ids) {
        final StringBuilder text = new StringBuilder("[source.a]\nname = \"A\"\ntitle = \"A\"\n");
        for (final String id : ids) {
            text.append(ROW.formatted(id));
        }
        return ClaimList.read("rows.toml", text.toString());
    }

    private static ClaimReport.Row row(final ClaimReport report, final String id) {
        return report.rows().stream().filter(row -> row.claim().id().equals(id)).findFirst().orElseThrow();
    }

    private static Measured measured(final Finding finding) {
        return assertInstanceOf(Measured.class, finding);
    }

    private ScheduleDeclaration structure(final String name, final String... claims) throws IOException {
        Files.writeString(home.resolve("place.asm"), PLACE);
        return ScheduleReader.read(LabFiles.of(
                Files.writeString(home.resolve(name + ".toml"), STRUCTURE + String.join("", claims))));
    }

    @Test
    void theWorstRuleOfARowCountsAndAllAreShown() throws IOException {
        final ClaimReport report = ClaimBench.run(list("1", "2b"), List.of(
                experiment("second", CONDITION.formatted("[1]", "locked", "counter.steps == 64")),
                experiment("first", RATIO.formatted("[1, \"2b\"]", "instructions"),
                        RATIO.formatted("[1]", "cycles.zen4"))), List.of(), Progress.SILENT);
        assertEquals(RowVerdict.CONTRADICTED, row(report, "1").verdict());
        assertEquals(List.of("first reproduced", "first contradicted", "second reproduced"),
                row(report, "1").findings().stream().map(one -> one.experiment() + " "
                        + one.verdict()).toList());
        assertEquals("cycles.zen4", measured(row(report, "1").worst().orElseThrow()).judgement().claim()
                .metric().orElseThrow().toString());
        assertEquals(RowVerdict.REPRODUCED, row(report, "2b").verdict());
        assertEquals(List.of("first", "second"),
                report.experiments().stream().map(ClaimReport.Experiment::name).toList());
    }

    @Test
    void whatDecidedComesWithItsNumbers() throws IOException {
        final ClaimReport report = ClaimBench.run(list("1"), List.of(
                experiment("one", RATIO.formatted("[1]", "cycles.zen4 / counter.steps"))), List.of(), Progress.SILENT);
        final Measured finding = measured(row(report, "1").findings().getFirst());
        assertEquals(Set.of("cycles.zen4", "counter.steps"), finding.judgement().worst().numbers().keySet());
        assertEquals("zen4", finding.model());
        assertEquals(1, finding.variant().instructions());
        assertEquals(finding.judgement().worst().numbers().get("cycles.zen4"), finding.variant().cycles());
        assertEquals(finding.variant().cycles(),
                finding.variant().causes().values().stream().mapToDouble(Double::doubleValue).sum());
        assertTrue(finding.baseline().orElseThrow().cycles() < finding.variant().cycles());
        assertEquals(64.0, finding.variant().counters().get("steps"));
        assertEquals("plain", finding.baseline().orElseThrow().round().orElseThrow().variant());
        assertTrue(report.instructions() > 2 * 64 && report.experiments().getFirst().runs() == 2);
    }

    @Test
    void aConditionOnTheBaselineIsHeldAgainstNothing() throws IOException {
        final ClaimReport report = ClaimBench.run(list("1"), List.of(
                experiment("one", CONDITION.formatted("[1]", "plain", "instructions == 2"))), List.of(),
                Progress.SILENT);
        assertEquals(RowVerdict.CONTRADICTED, row(report, "1").verdict());
        assertTrue(measured(row(report, "1").findings().getFirst()).baseline().isEmpty());
    }

    @Test
    void aRowWithoutRulesIsUndecidableForAReasonOrHasNoExperiment() {
        final ClaimReport report = ClaimBench.run(ClaimList.read("rows.toml",
                "[source.a]\nname = \"A\"\ntitle = \"A\"\n"
                + ROW.formatted("1") + "undecidable = \"a plan\"\n" + ROW.formatted("2")), List.of(), List.of(),
                Progress.SILENT);
        assertEquals(RowVerdict.NOT_MEASURABLE_HERE, row(report, "1").verdict());
        assertEquals(RowVerdict.NO_EXPERIMENT, row(report, "2").verdict());
    }

    @Test
    void anExperimentThatFailsIsNamedAndTheOthersGoOn() throws IOException {
        Files.writeString(home.resolve("bad.asm"), ASM.replace("CHECKED", "cmp eax, 1\n CHECK e, never"));
        final Declaration good = experiment("good", RATIO.formatted("[1, 2]", "instructions"));
        final Declaration bad = DeclarationReader.read(LabFiles.of(Files.writeString(home.resolve("bad.toml"),
                TOML.replace("work.asm", "bad.asm") + RATIO.formatted("[2]", "instructions"))));
        final ClaimReport report = ClaimBench.run(list("1", "2"), List.of(good, bad), List.of(),
                Progress.SILENT);
        assertEquals(RowVerdict.REPRODUCED, row(report, "1").verdict());
        assertEquals(RowVerdict.FAILED, row(report, "2").verdict());
        assertEquals(List.of("bad"), row(report, "2").failures());
        assertTrue(report.experiments().getFirst().failure().orElseThrow().contains("the check never failed"));
        assertFalse(report.isComplete());
    }

    @Test
    void onlyExperimentsThatAreNeededRunEachOnceAndSaySo() throws IOException {
        final Set<String> said = new ConcurrentSkipListSet<>();
        ClaimBench.run(list("1", "2"), List.of(experiment("one", RATIO.formatted("[1, 2]", "instructions")),
                experiment("other", RATIO.formatted("[3]", "instructions"))), List.of(), said::add);
        assertEquals(Set.of("1 of 1: one"), said);
    }

    @Test
    void whatSchedulesSayStandsInTheSameRowsAsWhatWasMeasured() throws IOException {
        final ClaimReport report = ClaimBench.run(list("1", "2", "2b"),
                List.of(experiment("one", RATIO.formatted("[1, 2]", "instructions"))),
                List.of(structure("place", SURVIVES.formatted("[1, \"2b\"]"),
                        SURVIVES.formatted("[2]") + "mutant = \"loses\"\n")), Progress.SILENT);
        assertEquals(List.of("one reproduced", "place reproduced"), row(report, "1").findings().stream()
                .map(one -> one.experiment() + " " + one.verdict()).toList());
        assertEquals("one", row(report, "1").worst().orElseThrow().experiment());
        assertEquals(RowVerdict.REPRODUCED, row(report, "2b").verdict());
        assertEquals(RowVerdict.CONTRADICTED, row(report, "2").verdict());
        final Searched worst = assertInstanceOf(Searched.class, row(report, "2").worst().orElseThrow());
        assertEquals("loses", worst.search().mutant().orElseThrow().name());
        final ClaimReport.Structure place = report.structures().getFirst();
        assertEquals(2, place.searches());
        assertEquals(worst.search().schedules() + assertInstanceOf(Searched.class,
                row(report, "2b").findings().getFirst()).search().schedules(), place.schedules());
        assertTrue(worst.search().schedules() > 0 && report.isComplete());
    }

    @Test
    void aStructureThatCannotBeSearchedIsNamedAndOnlyThoseThatAreNeededAre() throws IOException {
        final Set<String> said = new ConcurrentSkipListSet<>();
        final ScheduleDeclaration good = structure("good", SURVIVES.formatted("[2]"));
        final ScheduleDeclaration other = structure("other", SURVIVES.formatted("[3]"));
        Files.writeString(home.resolve("none.asm"), "; Nothing.\n");
        final ScheduleDeclaration bad = ScheduleReader.read(LabFiles.of(Files.writeString(home.resolve("bad.toml"),
                STRUCTURE.substring(0, STRUCTURE.indexOf("[mutant")).replace("place.asm", "none.asm")
                + SURVIVES.formatted("[1]"))));
        final ClaimReport report = ClaimBench.run(list("1", "2"), List.of(), List.of(good, other, bad), said::add);
        assertEquals(RowVerdict.FAILED, row(report, "1").verdict());
        assertEquals(List.of("bad"), row(report, "1").failures());
        assertTrue(report.structures().getFirst().failure().orElseThrow().contains("list_make"));
        assertEquals(RowVerdict.REPRODUCED, row(report, "2").verdict());
        assertFalse(report.isComplete());
        assertEquals(Set.of("good", "bad"), said.stream()
                .map(line -> line.replaceFirst("[12] of 2: schedules of ", "")).collect(Collectors.toSet()));
    }
}

package ringside.fastpath.interleave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import ringside.fastpath.codegen.BatchRing;
import ringside.fastpath.codegen.BoundedQueue;
import ringside.fastpath.codegen.MessageRing;
import ringside.fastpath.codegen.SpscRing;
import ringside.fastpath.lab.LabFiles;
import ringside.fastpath.lab.Verdict;

/** The shipped structures on real machines: they survive every schedule that is tried, and planted bugs do not. */
class InterleavingsTest {
    private static final int LEAST_MUTANTS = 155;
    private static final int LEAST_DECLARATIONS = 40;

    private static ScheduleDeclaration read(final String name) {
        return ScheduleReader.read(LabFiles.findSchedule(name));
    }

    @TestFactory
    Stream<DynamicTest> shippedStructuresSurviveEverySchedule() {
        return LabFiles.schedules().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            final ScheduleDeclaration declaration = read(name);
            try (Interleavings interleavings = new Interleavings(declaration)) {
                for (final Search search : interleavings.sweep(declaration.scenarios())) {
                    assertFalse(search.failed(), () -> search.scenario().name() + " " + search.replay());
                    assertTrue(search.complete(), "all schedules were tried");
                    assertTrue(search.scenario().preemptions() > 0 && search.schedules() > 20, "there were some");
                }
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> everyPlantedBugIsFoundAndItsScheduleFindsItAgain() {
        return LabFiles.schedules().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            final ScheduleDeclaration declaration = read(name);
            try (Interleavings interleavings = new Interleavings(declaration)) {
                for (final List<Search> hunt : interleavings.huntAll(declaration.scenarios())) {
                    final Search last = hunt.getLast();
                    assertTrue(last.failed(), () -> last.mutant().orElseThrow().name() + " was not found");
                    final Replay found = last.replay().orElseThrow();
                    final Replay again = interleavings.replay(last.scenario(), last.mutant(),
                            Schedule.parse(found.outcome().schedule().toString())).replay().orElseThrow();
                    assertEquals(found.outcome(), again.outcome());
                    assertEquals(found.wrong(), again.wrong());
                }
            }
        }));
    }

    @Test
    void thereAreEnoughStructuresAndBugs() {
        final List<ScheduleDeclaration> all = LabFiles.schedules().stream().map(InterleavingsTest::read).toList();
        assertTrue(all.size() >= LEAST_DECLARATIONS);
        assertTrue(all.stream().mapToInt(one -> one.mutants().size()).sum() >= LEAST_MUTANTS);
        for (final String many : List.of("michael-scott", "vyukov")) {
            assertTrue(read(many).scenarios().stream().anyMatch(scenario -> scenario.cpus() == 3), many);
        }
    }

    /** What lies in the library is for all experiments; what is emitted takes the place of some of it. */
    @Test
    void everyStructureOfTheLibraryAndEveryEmittedOneHasSchedulesAndBugs() throws IOException {
        final List<ScheduleDeclaration> all = LabFiles.schedules().stream().map(InterleavingsTest::read).toList();
        all.forEach(one -> assertFalse(one.mutants().isEmpty(), one.title()));
        try (Stream<Path> library = Files.list(Path.of("src/main/experiments/lib"))) {
            final List<String> units = library.map(file -> "lib/" + file.getFileName())
                    .filter(unit -> unit.endsWith(".asm")).toList();
            assertTrue(units.size() > 20, units.toString());
            for (final String unit : units) {
                assertTrue(all.stream().anyMatch(one -> one.units().contains(unit)), unit);
            }
        }
        for (final Class<?> emitter
                : List.of(SpscRing.class, BoundedQueue.class, BatchRing.class, MessageRing.class)) {
            assertTrue(all.stream().anyMatch(one -> one.generator().equals(Optional.of(emitter.getName()))),
                    emitter.getName());
        }
    }

    private static Search search(final String name, final String scenario, final String mutant,
            final MemoryOrder order) {
        final ScheduleDeclaration declaration = read(name);
        try (Interleavings interleavings = new Interleavings(declaration)) {
            return interleavings.search(declaration.scenario(scenario).orElseThrow().withMemory(order),
                    declaration.mutant(mutant));
        }
    }

    @Test
    void aMissingFenceLosesAWakeUpWhereStoresWaitAndNowhereElse() {
        for (final String mutant : List.of("put-unfenced", "take-unfenced")) {
            final Search buffered = search("wait", "buffered", mutant, MemoryOrder.TSO);
            assertTrue(buffered.replay().orElseThrow().wrong().orElseThrow().startsWith("stuck: CPU 1 waits"), mutant);
            final Search plain = search("wait", "buffered", mutant, MemoryOrder.SC);
            assertTrue(plain.complete() && !plain.failed(), mutant);
        }
    }

    @Test
    void acquireAndReleaseSufficeForARingsValuesAndNotForASleepersFlag() {
        for (final String name : List.of("spsc", "wait")) {
            try (Interleavings interleavings = new Interleavings(read(name))) {
                final Set<Verdict> verdicts = interleavings.judge().stream()
                        .filter(one -> one.claim().rows().contains("85")).map(ScheduleVerdict::verdict)
                        .collect(Collectors.toSet());
                assertEquals(Set.of(name.equals("spsc") ? Verdict.REPRODUCED : Verdict.CONTRADICTED), verdicts, name);
            }
        }
    }

    /** Each side's store of its index waits while it reads the other's: the values are right all the same. */
    @Test
    void withoutFencesARingIsFullAndEmptyAtOnceButKeepsItsValues() {
        final ScheduleDeclaration declaration = read("spsc");
        final Scenario buffered = declaration.scenario("buffered").orElseThrow();
        final Scenario exact = new Scenario("exact", buffered.scripts(), buffered.capacity(), buffered.fill(),
                MemoryOrder.TSO, 1, buffered.limit(), Set.of());
        try (Interleavings interleavings = new Interleavings(declaration)) {
            assertFalse(interleavings.search(buffered, Optional.empty()).failed());
            final List<Operation> stale = interleavings.search(exact, Optional.empty()).replay().orElseThrow()
                    .outcome().operations();
            assertTrue(stale.stream().anyMatch(one -> one.kind() == SequentialModel.PUT && one.result() == 0));
            assertTrue(stale.stream().anyMatch(one -> one.kind() == SequentialModel.TAKE && one.result() == 0));
        }
    }

    /** What is wrong without a preemption with a list whose put is one instruction and no return. */
    private static String wrongOf(final Path home, final String put) throws IOException {
        Files.writeString(home.resolve("ends.asm"), """
                        section .text
                        global  list_make, list_put, list_take, LIST_BYTES
                LIST_BYTES equ 8
                list_make:
                        ret
                list_put:
                        cli
                        %s
                list_take:
                        xor     eax, eax
                        ret
                """.formatted(put));
        final ScheduleDeclaration declaration = ScheduleReader.read(LabFiles.findSchedule(
                Files.writeString(home.resolve("ends.toml"), """
                        title = "Ends instead of putting"
                        sources = ["ends.asm"]
                        model = "none"
                        [scenario.both]
                        scripts = ["put", "take"]
                        """).toString()));
        try (Interleavings interleavings = new Interleavings(declaration)) {
            return interleavings.search(declaration.scenarios().getFirst(), Optional.empty()).replay()
                    .orElseThrow().wrong().orElseThrow();
        }
    }

    @Test
    void anActorIsDoneWhereItEndsAndNotWhereTheStructureHalts(@TempDir final Path home) throws IOException {
        final String wrong = wrongOf(home, "hlt");
        assertTrue(wrong.startsWith("CPU 0: the guest halted for ever at rip=0x")
                && wrong.endsWith(" (after list_put+0x1, ends.asm:8)"), wrong);
    }

    @Test
    void anExceptionOfAStructureIsNamedWithItsPlace(@TempDir final Path home) throws IOException {
        assertEquals("CPU 0: exception 6 (error code 0x0) at list_put+0x1, ends.asm:8", wrongOf(home, "ud2"));
        assertEquals("CPU 0: exception 14 (error code 0x2) at list_put+0x1, ends.asm:8",
                wrongOf(home, "mov [rsi + 0x40000000], eax"));
    }

    /** The server's answer falls behind its wait for the client: a switch there is one preemption, like any other. */
    @Test
    void whoWaitedForAnotherIsPreemptedBehindThatAsWell() {
        final Search found = search("submission", "sides", "completed-before-answer", MemoryOrder.SC);
        assertEquals(1, found.scenario().preemptions());
        final List<Turn> turns = found.replay().orElseThrow().outcome().schedule().turns();
        assertEquals(Turn.TO_THE_END, turns.getFirst().instructions());
        assertEquals(1, turns.stream().filter(turn -> turn.instructions() != Turn.TO_THE_END).count());
    }

    @Test
    void whatIsFoundIsTheShortestOfItsPreemptions() {
        final ScheduleDeclaration declaration = read("spsc");
        final Scenario scenario = declaration.scenario("sides").orElseThrow();
        final Mutant mutant = declaration.mutant("index-before-value").orElseThrow();
        try (Interleavings interleavings = new Interleavings(declaration)) {
            final Turn found = interleavings.search(scenario, Optional.of(mutant)).replay().orElseThrow()
                    .outcome().schedule().turns().getFirst();
            assertTrue(found.instructions() > 1);
            final List<Integer> wrong = new ArrayList<>();
            try (Stage stage = Stage.open(interleavings.image(scenario, Optional.of(mutant)), 2, MemoryOrder.SC,
                    true)) {
                for (int length = 1; length <= found.instructions(); length++) {
                    for (int cpu = 0; cpu < 2; cpu++) {
                        final Schedule schedule = Schedule.parse(cpu + ":" + length + " " + (1 - cpu) + ":*");
                        if (stage.run(schedule).wrong(interleavings.model(scenario)).isPresent()) {
                            wrong.add(length);
                        }
                    }
                }
            }
            assertEquals(List.of(found.instructions()), wrong);
        }
    }
}

package ringside.fastpath.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.profiler.profile.DataFootprint;
import ringside.profiler.profile.PhaseShare;
import ringside.profiler.profile.WindowCounts;
import ringside.profiler.profile.WindowProfile;

/** The bench on the real kernel and the real machine. */
class BenchTest {
    private static final Pattern LOOP =
            Pattern.compile("ping-pong: (same|cross) space, (\\d) words, 64 round trips, instructions (\\d+)\n");
    private static final Pattern COUNT = Pattern.compile("instructions \\d+");
    private static final int ROUNDS = 64;

    private static IpcExperiment experiment;

    @BeforeAll
    static void run() {
        experiment = IpcExperiment.run(Progress.SILENT);
    }

    private static WindowCounts counts(final Variant variant, final Space space, final int words,
            final Direction direction) {
        return experiment.report().get(PathKey.call(variant, space, words, direction)).counts();
    }

    @ParameterizedTest
    @EnumSource(names = {"FAST_ASM", "FAST_GENERATED"})
    void aFastCallTakesAtMost66KernelInstructionsAndAnAnswer72(final Variant variant) {
        for (final Space space : Space.values()) {
            for (final int words : PathKey.WORDS) {
                final long call = counts(variant, space, words, Direction.CALL).kernelInstructions();
                final long answer = counts(variant, space, words, Direction.REPLY_RECV).kernelInstructions();
                assertTrue(call <= 66, variant + ", " + space + ", " + words + ": " + call);
                assertTrue(answer <= 72, variant + ", " + space + ", " + words + ": " + answer);
            }
        }
    }

    private static WindowCounts single(final Experiment what, final Variant variant) {
        return experiment.report().get(PathKey.single(what, variant)).counts();
    }

    @ParameterizedTest
    @EnumSource(names = {"FAST_ASM", "FAST_GENERATED"})
    void aFastSignalTakesAtMost36KernelInstructionsAndWithAWaiter80(final Variant variant) {
        assertTrue(single(Experiment.SIGNAL, variant).kernelInstructions() <= 36, variant.toString());
        assertTrue(single(Experiment.WAKE, variant).kernelInstructions() <= 80, variant.toString());
        for (final Experiment what : List.of(Experiment.SIGNAL, Experiment.WAKE)) {
            assertTrue(single(what, variant).kernelInstructions() < single(what, Variant.SLOW).kernelInstructions());
            assertTrue(single(what, variant).data().lines() <= 10, variant + ", " + what);
            assertTrue(single(what, Variant.FAST_GENERATED).kernelInstructions()
                    <= single(what, Variant.FAST_ASM).kernelInstructions());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FAST_ASM", "FAST_GENERATED"})
    void aFastPathTouchesAtMost20DataLines(final Variant variant) {
        for (final Space space : Space.values()) {
            for (final int words : PathKey.WORDS) {
                for (final Direction way : List.of(Direction.CALL, Direction.REPLY_RECV)) {
                    final int lines = counts(variant, space, words, way).data().lines();
                    assertTrue(lines > 0 && lines <= 20, variant + ", " + space + ", " + words + ": " + lines);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNullSystemCallTakesAtMost30KernelInstructions(final Variant variant) {
        final long kernel = experiment.report().get(PathKey.nullSyscall(variant)).counts().kernelInstructions();
        assertTrue(kernel <= 30, variant + " takes " + kernel);
    }

    @Test
    void theGeneratedPathsTakeNoMoreThanTheAssembly() {
        for (final Space space : Space.values()) {
            for (final int words : PathKey.WORDS) {
                for (final Direction direction : Direction.values()) {
                    assertTrue(counts(Variant.FAST_GENERATED, space, words, direction).kernelInstructions()
                            <= counts(Variant.FAST_ASM, space, words, direction).kernelInstructions());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FAST_ASM", "FAST_GENERATED"})
    void theLockOfSeveralCpusCostsAFastPathAtMost15Instructions(final Variant variant) throws IOException {
        final VariantRun locked;
        try (BantamImages images = BantamImages.open()) {
            locked = VariantRun.of(variant, images.build(variant, true), true);
        }
        final List<WindowProfile> without = experiment.run(variant).windows();
        assertEquals(without.size(), locked.windows().size());
        long most = 0;
        for (int i = 0; i < without.size(); i++) {
            final WindowProfile window = locked.windows().get(i);
            final long ways = window.window().equals(Direction.ROUND_TRIP.toString()) ? 2 : 1;
            final long more = window.counts().kernelInstructions() - without.get(i).counts().kernelInstructions();
            assertTrue(more <= ways * 15, variant + ", " + window.trial() + ", " + window.window() + ": " + more);
            most = Math.max(most, more / ways);
            assertEquals(0, window.counts().residue());
        }
        final String row = specified("more with the lock of several CPUs, one way");
        assertEquals(Long.toString(most), row.split(" \\| ")[variant == Variant.FAST_ASM ? 1 : 2], row);
    }

    /** The rows of the table in SPECIFICATION.md, up to their limits. */
    @Test
    void theSpecificationShowsWhatIsMeasured() throws IOException {
        assertShown("call, other address space", kernel(Space.CROSS, 0, Direction.CALL));
        assertShown("reply and receive, other address space", kernel(Space.CROSS, 0, Direction.REPLY_RECV));
        assertShown("the same, same address space",
                both(kernel(Space.SAME, 0, Direction.CALL), kernel(Space.SAME, 0, Direction.REPLY_RECV)));
        assertShown("the same, 4 words",
                both(kernel(Space.CROSS, 4, Direction.CALL), kernel(Space.CROSS, 4, Direction.REPLY_RECV)));
        assertShown("data lines, one way", figures(variant ->
                counts(variant, Space.CROSS, 0, Direction.CALL).data().lines()));
        assertShown("null system call", figures(variant ->
                single(Experiment.NULL_SYSCALL, variant).kernelInstructions()));
        assertShown("signal, nobody waits", figures(variant ->
                single(Experiment.SIGNAL, variant).kernelInstructions()));
        assertShown("signal, a thread waits that is not more urgent", figures(variant ->
                single(Experiment.WAKE, variant).kernelInstructions()));
        assertShown("data lines of the two", both(
                figures(variant -> single(Experiment.SIGNAL, variant).data().lines()),
                figures(variant -> single(Experiment.WAKE, variant).data().lines())));
    }

    private static List<String> kernel(final Space space, final int words, final Direction direction) {
        return figures(variant -> counts(variant, space, words, direction).kernelInstructions());
    }

    private static List<String> figures(final ToLongFunction<Variant> figure) {
        return Stream.of(Variant.FAST_ASM, Variant.FAST_GENERATED, Variant.SLOW)
                .map(variant -> Long.toString(figure.applyAsLong(variant))).toList();
    }

    private static List<String> both(final List<String> first, final List<String> second) {
        return IntStream.range(0, first.size()).mapToObj(i -> first.get(i) + ", " + second.get(i)).toList();
    }

    private static void assertShown(final String what, final List<String> figures) throws IOException {
        final String[] cells = specified(what).split(" \\| ");
        assertEquals(figures, List.of(cells[1], cells[2], cells[4]), what);
    }

    private static String specified(final String what) throws IOException {
        return Files.readAllLines(Path.of(System.getProperty("basedir", "."), "../SPECIFICATION.md")).stream()
                .filter(line -> line.startsWith("| " + what + " | ")).findFirst().orElseThrow();
    }

    @Test
    void noPathHasAResidue() {
        for (final Measurement measurement : experiment.report().measurements()) {
            assertEquals(0, measurement.counts().residue(), measurement.path().toString());
            assertEquals(measurement.counts().kernelInstructions(),
                    measurement.counts().phases().stream().mapToLong(PhaseShare::instructions).sum(),
                    measurement.path().toString());
        }
    }

    @Test
    void everyRoundAfterTheWarmUpIsMeasured() {
        for (final Measurement measurement : experiment.report().measurements()) {
            assertEquals(ROUNDS - IpcWindows.WARM_UP, measurement.window().rounds(), measurement.path().toString());
            assertEquals(0, measurement.window().excludedRounds(), measurement.path().toString());
        }
    }

    @Test
    void underTheUnitModelCyclesAreInstructions() {
        assertEquals("unit-1", experiment.report().model());
        for (final Measurement measurement : experiment.report().measurements()) {
            assertEquals(measurement.counts().instructions(), measurement.counts().cycles());
        }
    }

    @Test
    void theWaysAddUpToTheRoundTripExceptForTheServersOwnInstructions() {
        for (final Variant variant : Variant.values()) {
            for (final Space space : Space.values()) {
                final WindowCounts trip = counts(variant, space, 0, Direction.ROUND_TRIP);
                assertEquals(trip.kernelInstructions(),
                        counts(variant, space, 0, Direction.CALL).kernelInstructions()
                                + counts(variant, space, 0, Direction.REPLY_RECV).kernelInstructions());
            }
        }
    }

    @Test
    void theSlowPathIsSlower() {
        for (final Space space : Space.values()) {
            for (final int words : PathKey.WORDS) {
                for (final Direction direction : Direction.values()) {
                    assertTrue(counts(Variant.SLOW, space, words, direction).kernelInstructions()
                            > counts(Variant.FAST_ASM, space, words, direction).kernelInstructions());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theGuestsOwnClockAgreesWithTheWindows(final Variant variant) {
        final Matcher loops = LOOP.matcher(experiment.run(variant).console());
        int found = 0;
        while (loops.find()) {
            final Space space = Space.valueOf(loops.group(1).toUpperCase(Locale.ROOT));
            final int words = Integer.parseInt(loops.group(2));
            final long trip = counts(variant, space, words, Direction.ROUND_TRIP).cycles();
            final long outside = Long.parseLong(loops.group(3)) - ROUNDS * trip;
            final int loop = 5 + words;
            assertEquals(loop, outside / ROUNDS, "instructions of the client's loop beside the round trip");
            assertTrue(outside % ROUNDS < 16, "reading the clock takes a few more: " + outside % ROUNDS);
            found++;
        }
        assertEquals(Space.values().length * PathKey.WORDS.size(), found);
    }

    @ParameterizedTest
    @EnumSource
    void withoutMemoryEventsAllButTheFootprintIsTheSame(final Variant variant) {
        final VariantRun seeing = experiment.run(variant);
        final VariantRun blind = VariantRun.of(variant, seeing.image(), false);
        assertEquals(seeing.windows().stream().map(BenchTest::withoutFootprint).toList(), blind.windows());
        assertEquals(seeing.console(), blind.console());
    }

    private static WindowProfile withoutFootprint(final WindowProfile window) {
        final WindowCounts counts = window.counts();
        return new WindowProfile(window.trial(), window.window(), window.rounds(), window.warmUp(),
                window.excluded(), new WindowCounts(counts.kernelInstructions(), counts.userInstructions(),
                        counts.kernelCycles(), counts.cycles(), DataFootprint.UNOBSERVED, counts.phases(),
                        counts.residue()), window.path());
    }

    @ParameterizedTest
    @EnumSource
    void anUnobservedGuestPrintsTheSameTextItsOwnCountsIncluded(final Variant variant) {
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        try (Machine machine = Machine.boot(
                MachineConfig.standard().withSerial(serial::write), experiment.run(variant).image())) {
            assertEquals(new RunResult.Exited(0), machine.run(Budget.steps(1_000_000_000)));
        }
        assertEquals(experiment.run(variant).console(), serial.toString(StandardCharsets.ISO_8859_1));
    }

    @Test
    void allVariantsPrintTheSameTextButForTheirNameAndCounts() {
        final List<List<String>> texts = experiment.runs().stream()
                .map(run -> COUNT.matcher(run.console()).replaceAll("instructions N").lines().skip(1).toList())
                .toList();
        assertEquals(texts.get(0), texts.get(1));
        assertEquals(texts.get(0), texts.get(2));
        assertTrue(texts.get(0).size() > 10, texts.get(0).toString());
    }

    @Test
    void anotherRunGivesAnEqualReport() {
        assertEquals(experiment.report(), IpcExperiment.run(Progress.SILENT).report());
    }
}

package ringside.fastpath.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.profiler.model.Cause;
import ringside.profiler.model.FixedCost;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.profile.RoundCost;
import ringside.profiler.profile.RoundStep;
import ringside.profiler.profile.SwitchProfiler;

/**
 * The differences that seL4 publishes, looked for in Bantam under models: does a call into another address space cost
 * as much more as the model's file says of a write of CR3, and what the TLB and caches then cost? Each difference is
 * taken apart instruction by instruction and cause by cause.
 */
class Sel4DeltaTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("basedir", "."), "../docs/switches.md");
    private static final Path SHIPPED = Path.of(System.getProperty("basedir", "."),
            "../profiler/src/main/resources/ringside/profiler/model");
    private static final String BEGIN = "<!-- written by: Sel4DeltaTest -->\n";
    private static final String END = "<!-- end -->";
    private static final List<String> MAKES = List.of("skylake", "zen4");
    /** Translations and caches: what a change of the address space costs behind the write itself. */
    private static final Set<Cause> MEMORY = memory();
    /** Cycles by which work of an out-of-order core may hide behind other work in one run and not in the other. */
    private static final int OVERLAP = 12;

    private static IpcExperiment counted;
    private static List<ModelCycles> models;

    private static Set<Cause> memory() {
        final Set<Cause> memory = EnumSet.of(Cause.L1);
        memory.addAll(SwitchProfiler.MISSES);
        return memory;
    }

    @TempDir
    private Path directory;

    @BeforeAll
    static void run() {
        counted = IpcExperiment.run(Progress.SILENT);
        models = CycleExperiment.run(counted, MAKES.stream().map(Microarchitecture::named).toList(), Progress.SILENT);
    }

    private static RoundCost settled(final ModelCycles model, final Variant variant, final Space space,
            final int words, final Direction direction) {
        return model.get(PathKey.call(variant, space, words, direction)).settledRound();
    }

    private static Stream<PathKey> oneWays() {
        return PathKey.all().stream().filter(key -> key.experiment() == Experiment.CALL
                && key.space() == Space.CROSS && key.direction() != Direction.ROUND_TRIP);
    }

    /**
     * The difference of a path into another space and into the same one.
     *
     * @param write  cycles of the one instruction that only the former has
     * @param causes the rest by cause, over all instructions that both have
     */
    private record Delta(long total, long write, Map<Cause, Long> causes) {
        long memory() {
            return causes.entrySet().stream().filter(e -> MEMORY.contains(e.getKey())).mapToLong(Map.Entry::getValue)
                    .sum();
        }

        long overlap() {
            return total - write - memory();
        }
    }

    private static Delta delta(final ModelCycles model, final PathKey cross) {
        final RoundCost far = model.get(cross).settledRound();
        final RoundCost near = settled(model, cross.variant(), Space.SAME, cross.words(), cross.direction());
        final List<RoundStep> extra = new ArrayList<>();
        final Map<Cause, Long> causes = new EnumMap<>(Cause.class);
        int at = 0;
        for (final RoundStep step : far.steps()) {
            final Optional<RoundStep> same = at < near.steps().size()
                    && aligned(step, near.steps().get(at)) ? Optional.of(near.steps().get(at)) : Optional.empty();
            if (same.isEmpty()) {
                extra.add(step);
                continue;
            }
            causes.merge(step.cause().orElseThrow(), step.cycles(), Long::sum);
            causes.merge(same.get().cause().orElseThrow(), -same.get().cycles(), Long::sum);
            at++;
        }
        assertEquals(near.steps().size(), at, cross + ": every instruction is in both");
        assertEquals(1, extra.size(), cross + ": a call into another space is one instruction longer: " + extra);
        return new Delta(far.cycles() - near.cycles(), extra.getFirst().cycles(), causes);
    }

    /** In the kernel the same address; in user code, which is mapped where each process has it, any. */
    private static boolean aligned(final RoundStep one, final RoundStep other) {
        return one.level() == other.level() && (one.level() != 0 || one.address() == other.address());
    }

    private static int cost(final String make, final FixedCost what) {
        return Microarchitecture.named(make).hardware().orElseThrow().cost(what).cycles();
    }

    /** Bantam writes CR3 with bit 63: what is configured for a write that keeps translations is what it pays. */
    @Test
    void anotherSpaceCostsTheConfiguredWriteOfCr3AndWhatTranslationsAndCachesThenCost() {
        for (int i = 0; i < MAKES.size(); i++) {
            final ModelCycles model = models.get(i);
            final int configured = cost(MAKES.get(i), FixedCost.CR3_KEEP);
            oneWays().forEach(key -> {
                final Delta delta = delta(model, key);
                final String where = model.model() + " " + key + ": " + delta;
                assertEquals(delta.total(),
                        delta.write() + delta.causes().values().stream().mapToLong(Long::longValue).sum(), where);
                assertTrue(Math.abs(delta.write() - configured) <= OVERLAP, where);
                assertTrue(Math.abs(delta.overlap()) <= OVERLAP, where);
            });
        }
    }

    @Test
    void differenceFollowsTheFileCycleForCycle() throws IOException {
        final int more = 100;
        final Path file = directory.resolve("changed.toml");
        final String text = Files.readString(SHIPPED.resolve("skylake.toml"));
        final int configured = cost("skylake", FixedCost.CR3_KEEP);
        final String row = "cr3_keep = { cycles = ";
        assertTrue(text.contains(row + configured), "the row is there");
        Files.writeString(file, text.replace(row + configured, row + (configured + more)));
        final ModelCycles changed =
                CycleExperiment.run(counted, List.of(Microarchitecture.load(file)), Progress.SILENT).getFirst();
        oneWays().forEach(key -> {
            final long moved = delta(changed, key).total() - delta(models.getFirst(), key).total();
            assertTrue(Math.abs(moved - more) <= OVERLAP, key + " moved by " + moved);
        });
    }

    @Test
    void slowPathIsSlowerByARatioLikeSel4s() {
        for (final ModelCycles model : models) {
            for (final Space space : Space.values()) {
                final double ratio = ratio(model, space);
                assertTrue(ratio > 1.1 && ratio < 2.05, model.model() + " " + space + ": " + ratio);
            }
        }
    }

    private static double ratio(final ModelCycles model, final Space space) {
        return (double) settled(model, Variant.SLOW, space, 0, Direction.CALL).cycles()
                / settled(model, Variant.FAST_ASM, space, 0, Direction.CALL).cycles();
    }

    /** A system call costs no less than its own instructions by the table; how far that is off is written down. */
    @Test
    void nullSystemCallIsTheTablesCostsAndLittleMore() {
        for (int i = 0; i < MAKES.size(); i++) {
            final long cycles =
                    models.get(i).get(PathKey.nullSyscall(Variant.FAST_ASM)).settledRound().cycles();
            final long table = tableCosts(MAKES.get(i));
            assertTrue(cycles >= table && cycles <= 2 * table, models.get(i).model() + ": " + cycles);
        }
    }

    private static long tableCosts(final String make) {
        return cost(make, FixedCost.SYSCALL) + cost(make, FixedCost.SYSRET) + 2L * cost(make, FixedCost.SWAPGS);
    }

    /** After a change of a model run with {@code -Dringside.regenerate=true} and read the table. */
    @Test
    void documentShowsTheComparisonAsItIs() throws IOException {
        final String document = Files.readString(DOCUMENT);
        final int from = document.indexOf(BEGIN) + BEGIN.length();
        final int to = document.indexOf(END, from);
        assertTrue(from >= BEGIN.length() && to >= from, "the document has a place for the table");
        final String now = document.substring(0, from) + table() + document.substring(to);
        if (Boolean.getBoolean("ringside.regenerate")) {
            Files.writeString(DOCUMENT, now);
        }
        assertEquals(now, Files.readString(DOCUMENT));
    }

    private static String table() {
        final List<String> lines = new ArrayList<>();
        lines.add("| Cycles | seL4, Skylake | seL4, Haswell | Bantam, "
                + String.join(" | Bantam, ", models.stream().map(ModelCycles::model).toList()) + " |");
        lines.add("|---|---|---|---|---|");
        row(lines, "null system call", "135", "129",
                model -> model.get(PathKey.nullSyscall(Variant.FAST_ASM)).settledRound().cycles());
        row(lines, "of these by SYSCALL, SYSRET and two SWAPGS alone", "", "",
                model -> tableCosts(MAKES.get(models.indexOf(model))));
        row(lines, "signal to a thread of lower (ours: the same) priority", "218", "",
                model -> model.get(PathKey.single(Experiment.WAKE, Variant.FAST_ASM)).settledRound().cycles());
        for (final Space space : Space.values()) {
            row(lines, "call, " + space + " space", space == Space.SAME ? "503" : "714",
                    space == Space.SAME ? "376" : "561",
                    model -> settled(model, Variant.FAST_ASM, space, 0, Direction.CALL).cycles());
            row(lines, "reply and receive, " + space + " space", space == Space.SAME ? "354" : "577",
                    space == Space.SAME ? "223" : "414",
                    model -> settled(model, Variant.FAST_ASM, space, 0, Direction.REPLY_RECV).cycles());
        }
        for (final Direction direction : List.of(Direction.CALL, Direction.REPLY_RECV)) {
            final PathKey key = PathKey.call(Variant.FAST_ASM, Space.CROSS, 0, direction);
            final boolean call = direction == Direction.CALL;
            row(lines, "**cross minus same, " + (call ? "call" : "reply and receive") + "**", call ? "211" : "223",
                    call ? "185" : "191", model -> delta(model, key).total());
            row(lines, "the write of CR3 in it", "", "", model -> delta(model, key).write());
            row(lines, "caches and translations in it", "", "", model -> delta(model, key).memory());
            row(lines, "overlap in it", "", "", model -> delta(model, key).overlap());
        }
        lines.add("| without / with fast path, call, cross space | 1.56 | 1.26 | " + String.join(" | ", models.stream()
                .map(model -> String.format(Locale.ROOT, "%.2f", ratio(model, Space.CROSS))).toList()) + " |");
        lines.add("| the same, same space | | | " + String.join(" | ", models.stream()
                .map(model -> String.format(Locale.ROOT, "%.2f", ratio(model, Space.SAME))).toList()) + " |");
        return String.join("\n", lines) + "\n";
    }

    private static void row(final List<String> lines, final String name, final String skylake, final String haswell,
            final ToLongFunction<ModelCycles> ours) {
        lines.add("| " + name + " | " + skylake + " | " + haswell + " | " + String.join(" | ",
                models.stream().map(model -> String.valueOf(ours.applyAsLong(model))).toList()) + " |");
    }
}

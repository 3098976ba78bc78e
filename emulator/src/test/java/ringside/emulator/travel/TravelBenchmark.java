package ringside.emulator.travel;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.unicorn.HostTime;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;

/**
 * What time travel costs, each figure as a ratio to running forward in the same run. Run it with
 * {@code scripts/benchmark}.
 */
class TravelBenchmark {
    /** Instructions of the history, 1,000 million unless said otherwise. */
    private static final long STEPS = Long.getLong("ringside.travel.steps", 1_000_000_000L);
    private static final int STEPS_BACK = 60;
    /** Instructions of each run with its past kept, and of each without, in turns. */
    private static final long PIECE = STEPS / 2;
    private static final int TURNS = 7;
    private static final long ARRAY = 0x40_0000;
    private static final int WORDS = 1 << 17;
    /** Written once, in a page that is written all the time. */
    private static final long ONCE = ARRAY + 0x2000;

    /** Steps of the guest's loop. */
    private static final long LOOP = 7;

    private final List<Executable> limits = new ArrayList<>();

    /** Reads, adds and writes through a megabyte, for ever, but for one word that is written once, at the start. */
    private static Guest guest() {
        return new Guest().program(c -> {
            c.mov(Reg64.RDI, ARRAY);
            c.mov(Mem.at(Reg64.RDI, (int) (ONCE - ARRAY)), Reg64.RDI);
            c.xor(Reg32.ECX, Reg32.ECX);
            final Label again = c.here();
            c.mov(Reg64.RAX, Mem.at(Reg64.RDI, Reg64.RCX, Long.BYTES, Long.BYTES));
            c.add(Reg64.RAX, Reg64.RCX);
            c.mov(Mem.at(Reg64.RDI, Reg64.RCX, Long.BYTES, Long.BYTES), Reg64.RAX);
            c.add(Reg64.RDX, Reg64.RAX);
            c.add(Reg64.RCX, 2);
            c.and(Reg64.RCX, WORDS - 1);
            c.jmp(again);
        });
    }

    private static double median(final List<Long> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private void row(final String what, final double nanoseconds, final double yardstick, final double limit) {
        final double ratio = nanoseconds / yardstick;
        System.out.printf(Locale.ROOT, "%-52s%10.2f ms%10.2f <= %.2f%n", what, nanoseconds / 1e6, ratio, limit);
        limits.add(() -> assertTrue(ratio <= limit, what + ": " + ratio));
    }

    private static long plain(final long steps) {
        try (Machine machine = Machine.boot(MachineConfig.standard(), guest().image())) {
            final long from = HostTime.ofThisThread();
            machine.run(Budget.steps(steps));
            return HostTime.ofThisThread() - from;
        }
    }

    /** In pieces, as whatever can be interrupted runs: a stop has the engine translate a loop anew, and not as well. */
    private static long interruptible(final long steps) {
        try (Machine machine = Machine.boot(MachineConfig.standard(), guest().image())) {
            final long from = HostTime.ofThisThread();
            while (machine.steps() < steps) {
                machine.run(Budget.steps(Math.min(Course.PATIENCE, steps - machine.steps())));
            }
            return HostTime.ofThisThread() - from;
        }
    }

    private static long recorded(final long steps) {
        try (Timeline timeline = Timeline.boot(MachineConfig.standard(), guest().image())) {
            final long from = HostTime.ofThisThread();
            timeline.forward(steps);
            return HostTime.ofThisThread() - from;
        }
    }

    /** A loop of seven steps whose head is reached again and again. */
    private void passBy(final Timeline timeline, final double forward) {
        timeline.go(STEPS / 2);
        timeline.step(0, LOOP);
        final CodeReached head = new CodeReached(timeline.machine().cpu().read(CpuRegister.RIP));
        final List<Long> passed = new ArrayList<>();
        final List<Long> steps = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            timeline.go(STEPS / 2);
            long from = HostTime.ofThisThread();
            final long[] asked = {0};
            timeline.forward(List.of(head), 1000L * LOOP, sight -> asked[0]++ < 0);
            passed.add(HostTime.ofThisThread() - from);
            assertTrue(asked[0] >= 999, "asked=" + asked[0]);
            timeline.go(STEPS / 2);
            from = HostTime.ofThisThread();
            timeline.step(0, 5000);
            steps.add(HostTime.ofThisThread() - from);
            assertEquals(STEPS / 2 + 5000, timeline.position().step());
        }
        row("1,000 stops that are passed by, 200 M steps", median(passed), 200e6 * forward, 2);
        row("5,000 steps forward of a CPU at once, 5 M steps", median(steps), 5e6 * forward, 2);
    }

    @Test
    void travellingCostsWhatItMay() {
        final List<Long> without = new ArrayList<>();
        final List<Long> pieces = new ArrayList<>();
        final List<Long> with = new ArrayList<>();
        final long first = recorded(PIECE);
        // Code that runs a few times a second is slow until the host's compiler gets to it.
        recorded(STEPS);
        for (int turn = 0; turn < TURNS; turn++) {
            without.add(plain(PIECE));
            pieces.add(interruptible(PIECE));
            with.add(recorded(PIECE));
        }
        final double forward = median(without) / PIECE;
        System.out.printf(Locale.ROOT, "%nForward: %.0f M steps/s%n%n%-52s%13s%10s%n", 1e3 / forward, "", "", "ratio");
        row("forward with its past kept, without", median(with), median(pieces), 1.10);
        row("the same, without and never interrupted", median(with), median(without), 1.30);
        row("the same, the first run of this process", first, median(without), 2);
        try (Timeline timeline = Timeline.boot(MachineConfig.standard(), guest().image())) {
            timeline.forward(STEPS);
            final Random random = new Random(1);
            final List<Long> back = new ArrayList<>();
            for (int i = 0; i < STEPS_BACK; i++) {
                timeline.go(1000 + random.nextLong(STEPS - 1000));
                final long here = timeline.position().step();
                final long from = HostTime.ofThisThread();
                timeline.previous();
                back.add(HostTime.ofThisThread() - from);
                assertEquals(here - 1, timeline.position().step());
            }
            row("a step back, right after arriving, 1 M steps", median(back), 1e6 * forward, 5);
            back.clear();
            for (int i = 0; i < STEPS_BACK; i++) {
                final long there = 1000 + random.nextLong(STEPS - 1000);
                final long from = HostTime.ofThisThread();
                timeline.go(there);
                back.add(HostTime.ofThisThread() - from);
            }
            final List<Long> many = new ArrayList<>();
            for (int i = 0; i < STEPS_BACK; i++) {
                timeline.go(2000 + random.nextLong(STEPS - 2000));
                final long here = timeline.position().step();
                final long from = HostTime.ofThisThread();
                timeline.back(0, 1000);
                many.add(HostTime.ofThisThread() - from);
                assertEquals(here - 1000, timeline.position().step());
            }
            row("1,000 steps back of a CPU at once, 5 M steps", median(many), 5e6 * forward, 2);
            row("to any place, median, 5 M steps", median(back), 5e6 * forward, 1);
            row("to any place, worst, 25 M steps", back.stream().mapToLong(each -> each).max().orElseThrow(),
                    25e6 * forward, 1);
            passBy(timeline, forward);
            timeline.go(STEPS);
            final long from = HostTime.ofThisThread();
            assertEquals(Stop.Reason.CONDITION, timeline.lastWriter(ONCE, Long.BYTES).reason());
            row("who wrote a word first of all, the whole run", HostTime.ofThisThread() - from, STEPS * forward, 3);
            System.out.printf("%nSnapshots: %d MiB%n", timeline.memory() >> 20);
            assertTrue(timeline.memory() <= Timeline.MEMORY);
        }
        assertAll(limits);
    }
}

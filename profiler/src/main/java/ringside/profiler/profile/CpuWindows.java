package ringside.profiler.profile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.profiler.model.Cause;
import ringside.profiler.model.CauseFeed;
import ringside.toolchain.image.Probe;

/**
 * Keeps what each round of each window cost on each CPU. A trial belongs to the CPU that began it, and so do the
 * windows that open there until it ends; the same trial on several CPUs is several.
 *
 * <p>Unlike {@link WindowProfiler} it expects rounds to differ, as they do where CPUs wait for each other; nothing is
 * left out, and the plan's warm-up and phases have no meaning here. Where {@link WindowPlan#begins()} is empty
 * the whole run is one trial of every CPU. A window that opens and closes with the trial
 * itself, at {@link WindowPlan#begins()} and {@link WindowPlan#ends()}, is a window like others.
 *
 * <p>Hangs on a machine, or on a {@code ModelledSource} whose model tells a {@link CauseFeed}. Accesses are counted
 * exactly where the probes of a window have a register: others are told with their block.
 */
public final class CpuWindows implements MachineObserver {
    /** Rounds that are kept; a guest that makes more is told so by {@link #overflowed}. */
    public static final int MOST_ROUNDS = 1 << 20;
    /** Instructions that are kept of the paths of rounds: of the latest ones, where there are more. */
    public static final int MOST_STEPS = 1 << 22;
    private static final int MOST_TRIALS = 4096;

    private final WindowPlan plan;
    private final CauseFeed causes;
    private final Set<EventKind> interests;
    private final String[] kinds;
    private final Lane[] lanes;
    private final Map<Key, List<List<CpuRound>>> trials = new LinkedHashMap<>();
    private final Deque<Kept> kept = new ArrayDeque<>();
    private int rounds;
    private long steps;
    private boolean overflowed;

    /** A trial on a CPU. */
    private record Key(Trial trial, int cpu) {
    }

    /** A round whose path is kept. */
    private record Kept(List<CpuRound> rounds, int index) {
    }

    /** What one CPU is at. */
    private static final class Lane {
        private final OpenRound[] open;
        /** Those of them that are open: of many windows few are at a time. */
        private final OpenRound[] live;
        private int count;
        private List<List<CpuRound>> current;
        /** Paths that ended within a block, whose code's width is told at its end. */
        private final List<RoundPath> ended = new ArrayList<>();
        private byte[] widths = new byte[0];

        Lane(final int windows) {
            open = new OpenRound[windows];
            live = new OpenRound[windows];
        }

        /** Code has a number from here on. */
        void code(final int code, final int width) {
            if (code >= widths.length) {
                widths = Arrays.copyOf(widths, Math.max(2 * widths.length, code + 1));
            }
            widths[code] = (byte) width;
        }

        void settle(final int code) {
            for (int i = 0; i < count; i++) {
                live[i].settle(widths[code]);
            }
            if (!ended.isEmpty()) {
                ended.forEach(path -> path.settle(widths[code]));
                ended.clear();
            }
        }

        void look() {
            count = 0;
            for (final OpenRound window : open) {
                if (window.isOpen()) {
                    live[count++] = window;
                }
            }
        }
    }

    /**
     * Prepares to listen.
     *
     * @param plan   the windows
     * @param probes the image's probes, in the order in which events number them
     * @param cpus   how many there are
     * @param causes why cycles went by, or {@code null} where no model says
     * @param memory whether to ask for memory events; without them every footprint is
     *               {@link DataFootprint#UNOBSERVED}
     * @param paths  names of windows whose instructions are kept
     */
    public CpuWindows(final WindowPlan plan, final List<Probe> probes, final int cpus, final CauseFeed causes,
            final boolean memory, final Set<String> paths) {
        this.plan = Objects.requireNonNull(plan, "plan");
        this.causes = causes;
        kinds = probes.stream().map(Probe::kind).toArray(String[]::new);
        lanes = new Lane[cpus];
        for (int cpu = 0; cpu < cpus; cpu++) {
            lanes[cpu] = new Lane(plan.windows().size());
            Arrays.setAll(lanes[cpu].open, i -> new OpenRound(paths.contains(plan.windows().get(i).name())));
            if (plan.begins().isEmpty()) {
                begin(lanes[cpu], new Key(new Trial(0, 0, 0), cpu));
            }
        }
        final Set<EventKind> wanted = EnumSet.of(EventKind.INSTRUCTION, EventKind.PROBE, EventKind.EXCEPTION,
                EventKind.INTERRUPT, EventKind.HALT, EventKind.IDLE);
        if (!paths.isEmpty()) {
            wanted.add(EventKind.CODE);
            wanted.add(EventKind.BLOCK);
        }
        if (memory) {
            wanted.add(EventKind.MEMORY_READ);
            wanted.add(EventKind.MEMORY_WRITE);
        }
        interests = Collections.unmodifiableSet(wanted);
    }

    /** {@return the windows that were executed: trials in the order they began, windows in the plan's order} */
    public List<CpuWindow> windows() {
        final List<CpuWindow> all = new ArrayList<>();
        trials.forEach((key, windows) -> {
            for (int i = 0; i < windows.size(); i++) {
                if (!windows.get(i).isEmpty()) {
                    all.add(new CpuWindow(key.trial, key.cpu, plan.windows().get(i).name(), windows.get(i)));
                }
            }
        });
        return all;
    }

    /** {@return whether the guest did more than is kept, so that what is there is not all} */
    public boolean overflowed() {
        return overflowed;
    }

    @Override
    public Set<EventKind> interests() {
        return interests;
    }

    @Override
    public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
            final long third) {
        final Lane lane = lanes[cpu];
        final String kind = kinds[probe];
        if (kind.equals(plan.begins())) {
            begin(lane, new Key(new Trial(first, second, third), cpu));
        }
        if (lane.current != null) {
            cut(lane, kind, cycle);
            if (kind.equals(plan.ends())) {
                end(lane);
            }
        }
    }

    private void begin(final Lane lane, final Key key) {
        end(lane);
        if (trials.size() == MOST_TRIALS && !trials.containsKey(key)) {
            overflowed = true;
            return;
        }
        lane.current = trials.computeIfAbsent(key,
                _ -> plan.windows().stream().<List<CpuRound>>map(_ -> new ArrayList<>()).toList());
    }

    private static void end(final Lane lane) {
        lane.current = null;
        for (final OpenRound window : lane.open) {
            window.abandon();
        }
        lane.count = 0;
    }

    /**
     * Closes the windows that end before this probe's instruction, then opens those that begin with it. An open window
     * stays open: its first instruction may be the head of a loop.
     */
    private void cut(final Lane lane, final String kind, final long cycle) {
        for (int i = 0; i < lane.open.length; i++) {
            if (lane.open[i].isOpen() && plan.windows().get(i).closes().equals(kind)) {
                keep(lane, i, cycle);
            }
        }
        for (int i = 0; i < lane.open.length; i++) {
            if (!lane.open[i].isOpen() && plan.windows().get(i).opens().equals(kind)) {
                lane.open[i].open(cycle);
            }
        }
        lane.look();
    }

    private void keep(final Lane lane, final int index, final long cycle) {
        final List<CpuRound> all = lane.current.get(index);
        final OpenRound window = lane.open[index];
        if (rounds == MOST_ROUNDS) {
            overflowed = true;
            window.abandon();
            return;
        }
        rounds++;
        final CpuRound round = window.close(all.size() + 1, cycle);
        all.add(round);
        if (round.path().length() > 0) {
            lane.ended.add(round.path());
            steps += round.path().length();
            kept.addLast(new Kept(all, all.size() - 1));
            while (steps > MOST_STEPS) {
                forget(kept.removeFirst());
            }
        }
    }

    private void forget(final Kept old) {
        final CpuRound round = old.rounds.get(old.index);
        steps -= round.path().length();
        old.rounds.set(old.index, round.withoutPath());
    }

    @Override
    public void instruction(final long cycle, final int cpu, final long address, final int length, final int level) {
        final Lane lane = lanes[cpu];
        if (lane.count > 0) {
            final Cause cause = causes == null ? null : causes.latest(cpu);
            for (int i = 0; i < lane.count; i++) {
                lane.live[i].instruction(cycle, address, level, cause);
            }
        }
    }

    @Override
    public void code(final long cycle, final int cpu, final int code, final long address, final byte[] bytes,
            final int width) {
        lanes[cpu].code(code, width);
    }

    @Override
    public void block(final long cycle, final int cpu, final int code, final long address, final int size,
            final int instructions, final int level) {
        lanes[cpu].settle(code);
    }

    @Override
    public void memoryRead(final long cycle, final int cpu, final long address, final int size, final int level) {
        access(cpu, address, size, false);
    }

    @Override
    public void memoryWrite(final long cycle, final int cpu, final long address, final int size, final int level) {
        access(cpu, address, size, true);
    }

    private void access(final int cpu, final long address, final int size, final boolean write) {
        final Lane lane = lanes[cpu];
        for (int i = 0; i < lane.count; i++) {
            lane.live[i].access(address, size, write);
        }
    }

    @Override
    public void exception(
            final long cycle, final int cpu, final int vector, final long errorCode, final long rip) {
        disturb(cycle, cpu, "exception " + vector);
    }

    @Override
    public void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
        disturb(cycle, cpu, "interrupt " + vector);
    }

    @Override
    public void halt(final long cycle, final int cpu) {
        disturb(cycle, cpu, "halt");
    }

    @Override
    public void idle(final long cycle, final int cpu) {
        disturb(cycle, cpu, "halt");
    }

    private void disturb(final long cycle, final int cpu, final String what) {
        final Lane lane = lanes[cpu];
        for (int i = 0; i < lane.count; i++) {
            lane.live[i].disturb(cycle, what);
        }
    }
}

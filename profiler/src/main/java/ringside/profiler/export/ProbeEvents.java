package ringside.profiler.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import ringside.profiler.profile.GuestCode;
import ringside.profiler.profile.ThreadMarks;
import ringside.toolchain.image.Probe;

/**
 * What an image's probes tell of a run, as events: which thread a CPU is for, messages between threads as arrows, and
 * how much is in a queue.
 *
 * <p>{@code ipc_message} has a sender and a receiver; its arrow goes from where the sender ran, or ran last, to where
 * the receiver runs next. {@code NAME_enqueue} and {@code NAME_dequeue} count a queue up and down: one for each first
 * register, a ring's address for instance, or one in all where the probe has none. {@code block_REASON},
 * {@code thread_wake} and {@code thread_kill} have a thread, which is named at a point of the CPU's lane.
 */
final class ProbeEvents {
    /** Queues that are counted; what further ones do is not in the file. */
    static final int MOST_QUEUES = 256;
    private static final int MOST_THREADS = 4096;
    private static final String ENQUEUE = "_enqueue";
    private static final String DEQUEUE = "_dequeue";
    private static final String BLOCK = "block_";
    private static final String UNIT = "entries";

    private final EventLog log;
    private final int cpus;
    private final List<Probe> probes;
    private final GuestCode code;
    private final ThreadMarks marks;
    private final ToIntFunction<String> names;
    /** What each CPU's thread is known by; 0 for none. */
    private final long[] running;
    private final Map<Long, Place> last = new HashMap<>();
    private final Map<Long, Long> awaited = new HashMap<>();
    private final Map<String, Integer> queues = new LinkedHashMap<>();
    private final List<Long> depths = new ArrayList<>();
    private final Role[] roles;
    private long arrows;

    /** What a probe tells of. */
    private enum Role { NONE, MARK, SWITCH, MESSAGE, ENQUEUE, DEQUEUE, BLOCK, WAKE, KILL, PAGE }

    /** Where a thread was last. */
    private record Place(int lane, long cycle) {
    }

    ProbeEvents(final EventLog log, final int cpus, final GuestCode code, final List<Probe> probes,
            final ToIntFunction<String> names) {
        this.log = log;
        this.cpus = cpus;
        this.code = code;
        this.probes = probes;
        this.names = names;
        marks = new ThreadMarks(code, probes);
        running = new long[cpus];
        final Set<String> kinds = probes.stream().map(Probe::kind).collect(Collectors.toSet());
        roles = probes.stream().map(probe -> role(probe.kind(), kinds)).toArray(Role[]::new);
    }

    /** What only goes one way is no queue. */
    private static Role role(final String kind, final Set<String> kinds) {
        return switch (kind) {
            case "context_switch" -> Role.SWITCH;
            case "thread_create", "space_create" -> Role.MARK;
            case "ipc_message" -> Role.MESSAGE;
            case "thread_wake" -> Role.WAKE;
            case "thread_kill" -> Role.KILL;
            case "page_map", "page_unmap", "page_change" -> Role.PAGE;
            default -> kind.startsWith(BLOCK) ? Role.BLOCK
                : kind.endsWith(ENQUEUE) && kinds.contains(kind.replace(ENQUEUE, DEQUEUE)) ? Role.ENQUEUE
                : kind.endsWith(DEQUEUE) && kinds.contains(kind.replace(DEQUEUE, ENQUEUE)) ? Role.DEQUEUE : Role.NONE;
        };
    }

    /** {@return whether there is a lane of threads for each CPU} */
    boolean hasThreads() {
        return marks.known();
    }

    /** {@return what each counter counts, in the order of their numbers} */
    List<String> queues() {
        return List.copyOf(queues.keySet());
    }

    /** {@return what the counters' values are} */
    static String unit() {
        return UNIT;
    }

    /** {@return a number that no arrow has yet} */
    long nextArrow() {
        return ++arrows;
    }

    void at(final long cycle, final int cpu, final int probe, final long first, final long second, final long third) {
        switch (roles[probe]) {
            case MARK -> marks.at(probe, first, second, third);
            case SWITCH -> change(cycle, cpu, first, marks.at(probe, first, second, third));
            case MESSAGE -> message(cycle, cpu, names.applyAsInt("message"), first, second);
            case ENQUEUE -> count(cycle, cpu, probes.get(probe), ENQUEUE, first, 1);
            case DEQUEUE -> count(cycle, cpu, probes.get(probe), DEQUEUE, first, -1);
            case BLOCK -> point(cycle, cpu, marks.called(first) + " waits: "
                    + probes.get(probe).kind().substring(BLOCK.length()));
            case WAKE -> point(cycle, cpu, marks.called(first) + " wakes");
            case KILL -> point(cycle, cpu, marks.called(first) + " ends");
            case PAGE -> point(cycle, cpu, probes.get(probe).kind().replace('_', ' '));
            default -> { }
        }
    }

    private int lane(final int cpu) {
        return cpus + cpu;
    }

    private void point(final long cycle, final int cpu, final String name) {
        if (hasThreads()) {
            log.add(EventLog.INSTANT, lane(cpu), cycle, names.applyAsInt(name), 0);
        }
    }

    private void change(final long cycle, final int cpu, final long thread, final int number) {
        if (thread != running[cpu]) {
            leave(cycle, cpu);
            running[cpu] = thread;
            if (thread != 0) {
                log.add(EventLog.BEGIN, lane(cpu), cycle, names.applyAsInt(marks.name(number)), 0);
            }
        }
        final Long arrow = awaited.remove(thread);
        if (arrow != null) {
            log.add(EventLog.ARROW_IN, lane(cpu), cycle, names.applyAsInt("message"), arrow);
        }
    }

    private void leave(final long cycle, final int cpu) {
        if (running[cpu] != 0) {
            log.add(EventLog.END, lane(cpu), cycle, 0, 0);
            if (last.size() < MOST_THREADS || last.containsKey(running[cpu])) {
                last.put(running[cpu], new Place(lane(cpu), cycle));
            }
        }
    }

    /** The machine boots anew: no thread is left. */
    void reset(final long cycle) {
        for (int cpu = 0; cpu < cpus; cpu++) {
            if (running[cpu] != 0) {
                log.add(EventLog.END, lane(cpu), Math.max(cycle, log.latest(lane(cpu))), 0, 0);
            }
        }
        Arrays.fill(running, 0);
        last.clear();
        awaited.clear();
        depths.replaceAll(_ -> 0L);
    }

    private void message(final long cycle, final int cpu, final int name, final long sender, final long receiver) {
        final Place from = running[cpu] == sender ? new Place(lane(cpu), cycle) : last.get(sender);
        if (from == null) {
            return;
        }
        final long arrow = nextArrow();
        log.add(EventLog.ARROW_OUT, from.lane(), from.cycle(), name, arrow);
        if (running[cpu] == receiver) {
            log.add(EventLog.ARROW_IN, lane(cpu), cycle, name, arrow);
        } else if (awaited.size() < MOST_THREADS) {
            awaited.put(receiver, arrow);
        }
    }

    private void count(final long cycle, final int cpu, final Probe probe, final String ending, final long queue,
            final int change) {
        final String kind = probe.kind().substring(0, probe.kind().length() - ending.length());
        final String name = "depth: " + kind + (probe.registers().isEmpty() ? "" : " " + place(queue));
        Integer number = queues.get(name);
        if (number == null) {
            if (queues.size() == MOST_QUEUES) {
                return;
            }
            number = queues.size();
            queues.put(name, number);
            depths.add(0L);
        }
        // What was in it before the run began is not known.
        final long depth = Math.max(0, depths.get(number) + change);
        depths.set(number, depth);
        log.add(EventLog.COUNT, cpu, cycle, cpus + number, depth);
    }

    private String place(final long address) {
        final String symbol = code.routine(address);
        return (symbol.isEmpty() ? "" : symbol + " ") + "0x" + Long.toHexString(address);
    }
}

package ringside.profiler.profile;

import it.unimi.dsi.fastutil.longs.Long2ObjectMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.toolchain.image.Probe;

/**
 * Counts a kernel's system calls by who made them, which they were, whom their message went to and what they returned,
 * with how long each took. The guest does nothing for it: its probes are places, not instructions.
 *
 * <p>A call begins with the SYSCALL instruction and belongs to the thread that its CPU is for. It ends at the probe of
 * {@link CallMarks#result} while a CPU is for that thread. Its peer is where the first message went that left the
 * thread in between: the server of a call, the client of an answer.
 */
public final class CallCounter implements MachineObserver {
    private static final int MOST_ROWS = 4096;
    private static final int MOST_THREADS = 4096;
    private static final String TOO_MANY = "[too many to tell apart]";
    private static final Key OTHERS = new Key(TOO_MANY, TOO_MANY, "", TOO_MANY, true);
    private static final Set<EventKind> INTERESTS = Collections.unmodifiableSet(
        EnumSet.of(EventKind.PROBE, EventKind.SYSCALL, EventKind.RESET));

    private final CallMarks marks;
    private final ThreadMarks threads;
    private final String[] kinds;
    /** What each CPU is for; 0 for no thread. */
    private final long[] running;
    private final Long2ObjectMap<Open> open = new Long2ObjectOpenHashMap<>();
    private final Map<Key, Tally> done = new LinkedHashMap<>();
    private final Map<Key, long[]> lost = new LinkedHashMap<>();

    /** What rows are told apart by. */
    private record Key(String client, String call, String peer, String result, boolean fine) {
    }

    /** A thread's call that has not returned. */
    private record Open(long call, long begun, long peer) {
    }

    /**
     * Prepares to listen.
     *
     * @param marks  what the kernel's probes mean
     * @param code   what the image says about the guest
     * @param probes the image's, in the order in which events number them
     * @param cpus   how many
     */
    public CallCounter(final CallMarks marks, final GuestCode code, final List<Probe> probes, final int cpus) {
        this.marks = Objects.requireNonNull(marks, "marks");
        threads = new ThreadMarks(code, probes);
        kinds = probes.stream().map(Probe::kind).toArray(String[]::new);
        running = new long[cpus];
    }

    /** {@return whether an image has the probes that this needs} */
    public boolean known() {
        return threads.known() && Stream.of(kinds).anyMatch(marks.result()::equals);
    }

    @Override
    public Set<EventKind> interests() {
        return INTERESTS;
    }

    @Override
    public void syscall(final long cycle, final int cpu, final long rip, final long call) {
        final long thread = running[cpu];
        if (thread == 0) {
            return;
        }
        final Open before = open.remove(thread);
        if (before != null) {
            lose(thread, before);
        }
        if (open.size() < MOST_THREADS) {
            open.put(thread, new Open(call, cycle, 0));
        }
    }

    @Override
    public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
            final long third) {
        if (threads.listens(probe)) {
            if (threads.at(probe, first, second, third) != ThreadMarks.UNSAID) {
                running[cpu] = first;
            }
        } else if (kinds[probe].equals(marks.message())) {
            final Open now = open.get(first);
            if (now != null && now.peer() == 0) {
                open.put(first, new Open(now.call(), now.begun(), second));
            }
        } else if (kinds[probe].equals(marks.result())) {
            final Open ended = open.remove(running[cpu]);
            if (ended != null) {
                final Key key = key(running[cpu], ended, marks.status(first), first == 0);
                done.computeIfAbsent(done.size() < MOST_ROWS || done.containsKey(key) ? key : OTHERS,
                    _ -> new Tally()).add(Math.max(0, cycle - ended.begun()));
            }
        }
    }

    /** The machine boots anew: no thread is left. */
    @Override
    public void reset(final long cycle, final int cpu, final String why) {
        loseAll();
        Arrays.fill(running, 0);
    }

    private Key key(final long thread, final Open call, final String result, final boolean fine) {
        return new Key(threads.called(thread), marks.call(call.call()),
            call.peer() == 0 ? "" : threads.called(call.peer()), result, fine);
    }

    private void lose(final long thread, final Open call) {
        final Key key = key(thread, call, "", false);
        lost.computeIfAbsent(lost.size() < MOST_ROWS || lost.containsKey(key) ? key : OTHERS, _ -> new long[1])[0]++;
    }

    private void loseAll() {
        open.long2ObjectEntrySet().stream().sorted(Comparator.comparingLong(Long2ObjectMap.Entry::getLongKey))
            .forEach(entry -> lose(entry.getLongKey(), entry.getValue()));
        open.clear();
    }

    /** {@return the calls, of each thread by how many, as far as the run went; it cannot go on after that} */
    public List<CallCount> counts() {
        loseAll();
        return Stream.concat(
                done.entrySet().stream().map(row -> row(row.getKey(), row.getValue().distribution())),
                lost.entrySet().stream().map(row -> new CallCount(row.getKey().client(), row.getKey().call(),
                    peer(row.getKey()), Optional.empty(), false, Distribution.of(), row.getValue()[0])))
            .sorted(Comparator.comparing(CallCount::client)
                .thenComparing(Comparator.comparingLong(CallCount::count).reversed())
                .thenComparing(CallCount::call).thenComparing(row -> row.peer().orElse(""))
                .thenComparing(row -> row.result().orElse("")))
            .toList();
    }

    private static Optional<String> peer(final Key key) {
        return Optional.of(key.peer()).filter(name -> !name.isEmpty());
    }

    private static CallCount row(final Key key, final Distribution cycles) {
        return new CallCount(key.client(), key.call(), peer(key), Optional.of(key.result()), key.fine(), cycles,
            cycles.count());
    }
}

package ringside.profiler.export;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.state.OwnFile;
import ringside.profiler.profile.GuestCode;
import ringside.profiler.profile.VectorNames;
import ringside.toolchain.image.Probe;

/**
 * What happened when, for Perfetto's viewer: a lane for each CPU, in it what the kernel was entered for and below that
 * the routines, one slice for each stay; arrows between probes; a counter of entries; and what else the image's probes
 * tell ({@link ProbeEvents}): a lane of threads for each CPU, messages, depths of queues. One nanosecond on its axis is
 * one cycle.
 *
 * <p>Memory is bounded: after a number of events nothing new begins, and the file says how many are missing.
 */
public final class PerfettoRecorder implements MachineObserver {
    /** Events that a file holds at most, begins and ends counted apart. */
    public static final int MOST_EVENTS = 2_000_000;

    /** Guests may make any number of system calls; further names are one. */
    private static final String AXIS = "; 1 ns is 1 cycle (";
    /** Of a packet of a trace. */
    private static final byte FIRST_BYTE = 10;
    private static final int MOST_NAMES = 1 << 16;

    private final GuestCode code;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Long2IntOpenHashMap routines = new Long2IntOpenHashMap();
    private final int[] arrowOut;
    private final int[] arrowIn;
    private final int[] probeName;
    private final long[] pending;
    private final Lane[] lanes;
    private final EventLog log;
    private final ProbeEvents told;

    /**
     * An arrow from one probe to another.
     *
     * @param from kind of the probe that it begins at
     * @param to   kind of the probe that it ends at
     */
    public record Arrow(String from, String to) {
    }

    /** What is open on one CPU. */
    private static final class Lane {
        private int outer = -1;
        private int routine = -1;
        private int level = -1;
        private long last;
        private long entries;
    }

    /**
     * Prepares to record.
     *
     * @param code   what is known of the guest's code
     * @param probes the image's, in the order in which events number them
     * @param wanted arrows between probes
     * @param clocks the cycle at which each CPU stands
     */
    public PerfettoRecorder(final GuestCode code, final List<Probe> probes, final List<Arrow> wanted,
            final long[] clocks) {
        this(code, probes, wanted, clocks, MOST_EVENTS);
    }

    PerfettoRecorder(final GuestCode code, final List<Probe> probes, final List<Arrow> wanted, final long[] clocks,
            final int most) {
        this.code = code;
        log = new EventLog(2 * clocks.length, most);
        told = new ProbeEvents(log, clocks.length, code, probes, this::number);
        routines.defaultReturnValue(-1);
        pending = new long[wanted.size()];
        arrowOut = new int[probes.size()];
        arrowIn = new int[probes.size()];
        probeName = new int[probes.size()];
        Arrays.fill(arrowOut, -1);
        Arrays.fill(arrowIn, -1);
        for (int i = 0; i < probes.size(); i++) {
            probeName[i] = number(probes.get(i).kind());
            for (int arrow = 0; arrow < wanted.size(); arrow++) {
                if (wanted.get(arrow).from().equals(probes.get(i).kind())) {
                    arrowOut[i] = arrow;
                } else if (wanted.get(arrow).to().equals(probes.get(i).kind())) {
                    arrowIn[i] = arrow;
                }
            }
        }
        lanes = new Lane[clocks.length];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Lane();
            lanes[i].last = clocks[i];
        }
    }

    @Override
    public Set<EventKind> interests() {
        return Collections.unmodifiableSet(EnumSet.of(EventKind.INSTRUCTION, EventKind.SYSCALL, EventKind.EXCEPTION,
            EventKind.INTERRUPT, EventKind.IDLE, EventKind.PROBE, EventKind.RESET));
    }

    @Override
    public void instruction(
            final long cycle, final int cpu, final long address, final int length, final int level) {
        final Lane lane = lanes[cpu];
        if (level != 0 && lane.level != level) {
            outer(cpu, lane.last, number("[user]"));
        } else if (lane.outer < 0) {
            outer(cpu, lane.last, number("[kernel]"));
        }
        lane.level = level;
        int routine = routines.get(address);
        if (routine < 0) {
            final String name = code.routine(address);
            routine = number(name.isEmpty() ? "[no symbol]" : name);
            routines.put(address, routine);
        }
        if (routine != lane.routine) {
            closeRoutine(cpu, lane.last);
            lane.routine = routine;
            begin(cpu, lane.last, routine);
        }
        lane.last = cycle;
    }

    @Override
    public void syscall(final long cycle, final int cpu, final long rip, final long number) {
        enter(cycle, cpu, number("[syscall " + Long.toUnsignedString(number) + "]"));
    }

    @Override
    public void exception(
            final long cycle, final int cpu, final int vector, final long errorCode, final long rip) {
        enter(cycle, cpu, number(VectorNames.exception(vector)));
    }

    @Override
    public void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
        enter(cycle, cpu, number(VectorNames.interrupt(vector)));
    }

    private void enter(final long cycle, final int cpu, final int name) {
        final Lane lane = lanes[cpu];
        outer(cpu, lane.last, name);
        lane.last = cycle;
        lane.level = 0;
        log.add(EventLog.COUNT, cpu, cycle, cpu, ++lane.entries);
    }

    @Override
    public void idle(final long cycle, final int cpu) {
        final Lane lane = lanes[cpu];
        outer(cpu, lane.last, number("[idle]"));
        lane.last = cycle;
        close(cpu, cycle);
        lane.level = 0;
    }

    @Override
    public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
            final long third) {
        if (arrowOut[probe] >= 0) {
            pending[arrowOut[probe]] = told.nextArrow();
            log.add(EventLog.ARROW_OUT, cpu, cycle, probeName[probe], pending[arrowOut[probe]]);
        } else if (arrowIn[probe] >= 0 && pending[arrowIn[probe]] != 0) {
            log.add(EventLog.ARROW_IN, cpu, cycle, probeName[probe], pending[arrowIn[probe]]);
            pending[arrowIn[probe]] = 0;
        }
        told.at(cycle, cpu, probe, first, second, third);
    }

    @Override
    public void reset(final long cycle, final int cpu, final String cause) {
        told.reset(cycle);
    }

    /** {@return events that are missing because there were too many} */
    public long dropped() {
        return log.dropped();
    }

    private void outer(final int cpu, final long cycle, final int name) {
        close(cpu, cycle);
        lanes[cpu].outer = name;
        begin(cpu, cycle, name);
    }

    private void close(final int cpu, final long cycle) {
        closeRoutine(cpu, cycle);
        if (lanes[cpu].outer >= 0) {
            end(cpu, cycle);
            lanes[cpu].outer = -1;
        }
    }

    private void closeRoutine(final int cpu, final long cycle) {
        if (lanes[cpu].routine >= 0) {
            end(cpu, cycle);
            lanes[cpu].routine = -1;
        }
    }

    private void begin(final int cpu, final long cycle, final int name) {
        log.add(EventLog.BEGIN, cpu, cycle, name, 0);
    }

    private void end(final int cpu, final long cycle) {
        log.add(EventLog.END, cpu, cycle, 0, 0);
    }

    private int number(final String name) {
        final Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (names.size() > MOST_NAMES) {
            return MOST_NAMES;
        }
        final String taken = names.size() == MOST_NAMES ? "[other names]" : name;
        numbers.put(taken, names.size());
        names.add(taken);
        return names.size() - 1;
    }

    /**
     * Writes the file.
     *
     * @param out   takes it; stays open
     * @param guest what ran
     * @param model name of the cycle model
     * @throws IOException when it does not
     */
    public void write(final OutputStream out, final ProfiledGuest guest, final String model) throws IOException {
        final long[] ends = new long[lanes.length];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = lanes[i].last;
        }
        final String missing = log.dropped() == 0 ? ""
            : "; " + log.dropped() + " events beyond the first " + log.size() + " are missing";
        new PerfettoWriter(out, names, told.hasThreads(), told.queues())
            .write(log, ends, guest.title() + AXIS + model + ")" + missing);
    }

    /**
     * {@return whether bytes are the first ones of such a file, or all}
     *
     * @param head of any file
     */
    public static boolean isOne(final byte[] head) {
        return head[0] == FIRST_BYTE && OwnFile.text(head).contains(AXIS);
    }
}

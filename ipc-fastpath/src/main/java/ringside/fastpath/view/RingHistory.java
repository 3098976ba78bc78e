package ringside.fastpath.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.RingAbi;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.Probe;

/**
 * Who put which message into which shared ring, who took it, and when: told by the probes {@code ring_push},
 * {@code ring_pop} and {@code ring_wait}, from when it is added to the machine on.
 *
 * <p>An event's thread is that to which its CPU switched last. The ring is known by its physical address, so that both
 * ends are of one ring; it is looked up when the event is told, which is soon after it happened. What a message says is
 * not told: memory may be another by then. {@link RingView} shows the messages of a machine that stands still. What was
 * in a ring before its first event is not known and not counted.
 */
public final class RingHistory implements MachineObserver {
    private static final int MOST_EVENTS = 1 << 20;
    private static final int THREAD_CR3 = KernelLayouts.THREAD.offset("cr3");
    private static final int THREAD_PROCESS = KernelLayouts.THREAD.offset("process");

    private final List<Probe> probes;
    private final KernelView view;
    private final Map<Integer, Long> running = new HashMap<>();
    private final Map<Place, Long> rings = new HashMap<>();
    private final SequencedMap<Long, Ring> byRing = new LinkedHashMap<>();
    private int kept;
    private long lost;

    /** An end in an address space. */
    private record Place(long space, long end) {
    }

    /** What an end did. */
    public enum Act {
        /** A message was put. */
        PUT,
        /** A message was taken. */
        TAKEN,
        /** A side found nothing to do and is about to wait. */
        WAITS
    }

    /**
     * One event.
     *
     * @param act       what was done
     * @param cycle     the CPU's clock
     * @param cpu       which
     * @param thread    who, 0 before the CPU's first switch
     * @param process   the thread's, 0 where it is not known
     * @param space     CR3 of the thread
     * @param end       address of the end, in the thread's space
     * @param index     of the message, modulo 2^32; 0 of who waits
     * @param occupancy messages in the ring after it, of those whose putting was seen
     */
    public record Event(Act act, long cycle, int cpu, long thread, long process, long space, long end,
            int index, int occupancy) {
    }

    /** A ring's events, while they are heard. */
    private static final class Ring {
        private final List<Event> events = new ArrayList<>();
        private int occupancy;
        private int next;

        /** Memory is used again: a message that does not follow the one before is the first of another ring. */
        private int after(final Act act, final int index) {
            if (act == Act.PUT) {
                occupancy = index == next ? occupancy + 1 : 1;
                next = index + 1;
            } else if (act == Act.TAKEN) {
                occupancy = Math.max(0, occupancy - 1);
            }
            return occupancy;
        }
    }

    /**
     * Makes an empty history.
     *
     * @param image what the machine booted, a Bantam
     * @param view  of its memory
     */
    public RingHistory(final GuestImage image, final KernelView view) {
        probes = image.probes();
        this.view = view;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.PROBE);
    }

    @Override
    public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
            final long third) {
        switch (probes.get(probe).kind()) {
            case "context_switch" -> running.put(cpu, first);
            case "ring_push" -> add(Act.PUT, cycle, cpu, first, (int) second);
            case "ring_pop" -> add(Act.TAKEN, cycle, cpu, first, (int) second);
            case "ring_wait" -> add(Act.WAITS, cycle, cpu, first, 0);
            default -> {
            }
        }
    }

    private void add(final Act act, final long cycle, final int cpu, final long end, final int index) {
        if (kept == MOST_EVENTS) {
            lost++;
            return;
        }
        kept++;
        final long thread = running.getOrDefault(cpu, 0L);
        final long space = thread == 0 ? 0 : view.word(thread + THREAD_CR3);
        final OptionalLong at = view.translate(space, end);
        final long base = at.isEmpty() ? 0 : view.physicalWord(at.getAsLong() + RingAbi.END.offset("ring"));
        final OptionalLong physical = at.isEmpty() ? OptionalLong.empty() : view.translate(space, base);
        final Place place = new Place(space, end);
        physical.ifPresent(ring -> rings.put(place, ring));
        final Ring ring = byRing.computeIfAbsent(rings.getOrDefault(place, 0L), _ -> new Ring());
        ring.events.add(new Event(act, cycle, cpu, thread, thread == 0 ? 0 : view.word(thread + THREAD_PROCESS),
                space, end, index, ring.after(act, index)));
    }

    /** {@return the events of each ring by its physical address, in the order in which they happened} */
    public SequencedMap<Long, List<Event>> events() {
        final SequencedMap<Long, List<Event>> all = new LinkedHashMap<>();
        byRing.forEach((ring, history) -> all.put(ring, Collections.unmodifiableList(history.events)));
        return all;
    }

    /** {@return events that came after as many as are kept} */
    public long lost() {
        return lost;
    }
}

package ringside.fastpath.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Machine;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.RingAbi;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.Probe;

/**
 * Who put which message into which shared ring, who took it, and when: told by the probes {@code ring_push},
 * {@code ring_pop} and {@code ring_wait}, from when it is added to the machine on.
 *
 * <p>An event's thread is that to which its CPU switched last. The ring is known by its physical address, so that both
 * ends are of one ring; which page was mapped where is known from what the kernel told before, else it is looked up
 * when the event is told, which is soon after it happened. What a message says is not told: memory may be another by
 * then. {@link RingView} shows the messages of a machine that stands still. What was in a ring before its first event
 * is not known and not counted.
 *
 * <p>Memory is used again: a ring's life ends where nobody has its page mapped any more and the next message, or the
 * index in memory of who waits, is not the one that would follow; or where messages begin at 0 once more.
 */
public final class RingHistory implements MachineObserver {
    private static final int MOST_EVENTS = 1 << 20;
    private static final int THREAD_CR3 = KernelLayouts.THREAD.offset("cr3");
    private static final int THREAD_PROCESS = KernelLayouts.THREAD.offset("process");
    private static final int RING_TAIL = RingAbi.RING.offset("tail");
    private static final int CPU_CURRENT = KernelLayouts.CPU.offset("current");

    private final List<Probe> probes;
    private final KernelView view;
    private final Map<Integer, Long> running = new HashMap<>();
    private final MappedPages pages = new MappedPages();
    private final Map<Place, Long> places = new HashMap<>();
    private final Map<Long, Ring> current = new HashMap<>();
    private final SequencedMap<Life, Ring> byLife = new LinkedHashMap<>();
    private Optional<Use> latest = Optional.empty();
    private int kept;
    private long lost;
    private long unplaced;

    /** An end in an address space. */
    private record Place(long space, long end) {
    }

    /**
     * A ring, for as long as it is one.
     *
     * @param ring   its physical address
     * @param number which ring it is at that address, from 1
     */
    public record Life(long ring, int number) {
        @Override
        public String toString() {
            return "0x" + Long.toHexString(ring) + (number > 1 ? "#" + number : "");
        }
    }

    /**
     * An event with its ring.
     *
     * @param life  of the ring
     * @param event what happened
     */
    public record Use(Life life, Event event) {
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
        private final Life life;
        private int ends;
        private final List<Event> events = new ArrayList<>();
        private int occupancy;
        private int put;
        private int taken;

        Ring(final Life life, final int ends) {
            this.life = life;
            this.ends = ends;
        }

        /** Whether an event can be one of this ring's, or its memory is another ring by now. */
        private boolean goesOn(final Act act, final int index, final boolean mapped) {
            return switch (act) {
                case PUT -> mapped ? index == put || index != 0 : index == put && index != 0;
                case TAKEN -> mapped || index == taken && index != 0;
                case WAITS -> mapped || index == put && index != 0;
            };
        }

        /** A message that does not follow the one before is the first that is known. */
        private int after(final Act act, final int index) {
            if (act == Act.PUT) {
                occupancy = index == put ? occupancy + 1 : 1;
                put = index + 1;
            } else if (act == Act.TAKEN) {
                occupancy = Math.max(0, occupancy - 1);
                taken = index + 1;
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

    /**
     * {@return an empty history that knows what a machine runs}
     *
     * @param machine where it begins; it booted a Bantam
     */
    public static RingHistory on(final Machine machine) {
        final KernelView view = new KernelView(machine.image(), machine.cpu().memory());
        final RingHistory history = new RingHistory(machine.image(), view);
        for (int cpu = 0; cpu < machine.config().vcpus(); cpu++) {
            history.running.put(cpu, view.word(view.symbol("cpu_block") + (long) cpu * KernelLayouts.CPU.size()
                + CPU_CURRENT));
        }
        return history;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.PROBE);
    }

    @Override
    public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
            final long third) {
        latest = Optional.empty();
        switch (probes.get(probe).kind()) {
            case "context_switch" -> running.put(cpu, first);
            case "page_map", "page_change" -> pages.map(first, second, third);
            case "page_unmap" -> pages.unmap(first, second);
            case "space_end" -> pages.end(second);
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
        final long thread = running.getOrDefault(cpu, 0L);
        final long space = thread == 0 ? 0 : view.word(thread + THREAD_CR3);
        final long process = thread == 0 ? 0 : view.word(thread + THREAD_PROCESS);
        final OptionalLong physical = physical(space, process, end);
        if (physical.isEmpty()) {
            unplaced++;
            return;
        }
        kept++;
        final Ring ring = ring(physical.getAsLong(), act, index);
        final Event event = new Event(act, cycle, cpu, thread, process, space, end, index, ring.after(act, index));
        ring.events.add(event);
        latest = Optional.of(new Use(ring.life, event));
    }

    private OptionalLong physical(final long space, final long process, final long end) {
        final Place place = new Place(space, end);
        final OptionalLong at = view.translate(space, end);
        if (at.isPresent()) {
            final long base = view.physicalWord(at.getAsLong() + RingAbi.END.offset("ring"));
            final OptionalLong told = pages.physical(process, base);
            final OptionalLong ring = told.isPresent() ? told : view.translate(space, base);
            ring.ifPresent(physical -> places.put(place, physical));
        }
        final Long known = places.get(place);
        return known == null ? OptionalLong.empty() : OptionalLong.of(known);
    }

    private Ring ring(final long physical, final Act act, final int index) {
        final Ring before = current.get(physical);
        if (before != null && before.goesOn(act, act == Act.WAITS ? view.physicalHalf(physical + RING_TAIL) : index,
                before.ends == pages.ends(physical))) {
            before.ends = pages.ends(physical);
            return before;
        }
        final Ring ring = new Ring(new Life(physical, before == null ? 1 : before.life.number + 1),
            pages.ends(physical));
        current.put(physical, ring);
        byLife.put(ring.life, ring);
        return ring;
    }

    /** {@return the events of each ring, in the order in which they happened} */
    public SequencedMap<Life, List<Event>> events() {
        final SequencedMap<Life, List<Event>> all = new LinkedHashMap<>();
        byLife.forEach((life, history) -> all.put(life, Collections.unmodifiableList(history.events)));
        return all;
    }

    /** {@return what the probe that was told last was about, if it was a ring's} */
    public Optional<Use> latest() {
        return latest;
    }

    /** {@return events of ends that were gone when they were told, so that nobody knows of which ring} */
    public long unplaced() {
        return unplaced;
    }

    /** {@return events that came after as many as are kept} */
    public long lost() {
        return lost;
    }
}

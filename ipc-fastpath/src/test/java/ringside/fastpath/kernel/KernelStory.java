package ringside.fastpath.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.fastpath.view.KernelObjects;
import ringside.fastpath.view.KernelView;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelStates;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.Probe;

/**
 * What Bantam's probes tell of its queues, threads and pages, followed from the boot on: each event must be possible
 * after those before it, and what they come to can be held against the kernel's memory.
 */
final class KernelStory implements MachineObserver {
    private static final int NEXT = KernelLayouts.THREAD.offset("next");
    private static final long LARGE = 1 << 7;
    private static final Map<Integer, String> REASONS = Map.of(
            KernelStates.STATE_SENDING, "block_send", KernelStates.STATE_CALLING, "block_call",
            KernelStates.STATE_AWAITING_REPLY, "block_reply", KernelStates.STATE_RECEIVING, "block_receive",
            KernelStates.STATE_SLEEPING, "block_sleep", KernelStates.STATE_WAITING, "block_signal",
            KernelStates.STATE_FUTEX, "block_futex");

    private final List<Probe> probes;
    private final Set<String> kinds = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Set<Long>> queues = new TreeMap<>();
    private final Set<Long> timers = new LinkedHashSet<>();
    private long sleepers;
    /** Why a thread waits, of those that do. */
    private final Map<Long, String> blocked = new HashMap<>();
    private final Map<Long, List<String>> living = new HashMap<>();
    private final List<List<String>> stories = new ArrayList<>();
    private final Map<Long, Map<Long, Long>> spaces = new HashMap<>();

    KernelStory(final GuestImage image) {
        probes = image.probes();
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.PROBE);
    }

    @Override
    public void probe(
            final long cycle, final int cpu, final int probe, final long first, final long second, final long third) {
        final String kind = probes.get(probe).kind();
        kinds.add(kind);
        switch (kind) {
            case "ready_enqueue", "senders_enqueue", "receivers_enqueue", "waiters_enqueue" -> unless(
                    queue(kind, first).add(second), kind + " of %s, which is there", second);
            case "ready_dequeue", "senders_dequeue", "receivers_dequeue", "waiters_dequeue" -> unless(
                    queue(kind, first).remove(second), kind + " of %s, which is not there", second);
            case "sleepers_enqueue" -> sleepers++;
            case "sleepers_dequeue" -> unless(--sleepers >= 0, "%s sleepers", sleepers);
            case "timer_begin" -> unless(timers.add(first), "%s has a timer", first);
            case "timer_end" -> unless(timers.remove(first), "%s has no timer", first);
            case "thread_create" -> create(first);
            case "thread_wake" -> {
                unless(blocked.remove(first) != null, "%s wakes and did not wait", first);
                tell(first, "wake");
            }
            case "thread_kill" -> {
                blocked.remove(first);
                unless(living.remove(first) != null, "%s is killed and does not live", first);
            }
            case "context_switch" -> unless(!blocked.containsKey(first), "%s runs and waits", first);
            case "space_create" -> spaces.put(third, new TreeMap<>());
            case "space_end" -> unless(spaces.remove(second) != null, "%s has no space that could end", second);
            case "page_map", "page_unmap", "page_change" -> page(kind, first, second, third);
            default -> {
                if (REASONS.containsValue(kind)) {
                    block(kind, first);
                }
            }
        }
    }

    private void unless(final boolean condition, final String message, final long value) {
        if (!condition) {
            wrong.add(message.formatted("0x" + Long.toHexString(value)));
        }
    }

    private Set<Long> queue(final String kind, final long at) {
        return queues.computeIfAbsent(kind.substring(0, kind.indexOf('_')) + " 0x" + Long.toHexString(at),
                _ -> new LinkedHashSet<>());
    }

    private void create(final long thread) {
        final List<String> story = new ArrayList<>();
        unless(living.put(thread, story) == null, "%s is created and lives", thread);
        stories.add(story);
    }

    private void block(final String kind, final long thread) {
        final String before = blocked.put(thread, kind);
        unless(before == null || kind.equals("block_reply") && Set.of("block_call", "block_reply").contains(before),
                "%s waits, by " + kind + ", and by " + before, thread);
        tell(thread, kind);
    }

    private void tell(final long thread, final String what) {
        living.getOrDefault(thread, new ArrayList<>()).add(what);
    }

    /** Process 0 is the kernel's own part, which all spaces have. */
    private void page(final String kind, final long process, final long address, final long told) {
        final long entry = told & ~KernelView.USED;
        final Map<Long, Long> pages = spaces.getOrDefault(process, new TreeMap<>());
        unless(process == 0 || spaces.containsKey(process), "pages of %s, which has no space", process);
        switch (kind) {
            case "page_map" -> unless(pages.put(address, entry) == null, "%s is mapped twice", address);
            case "page_unmap" -> pages.remove(address);
            default -> {
                final long page = (entry & LARGE) == 0 ? address
                        : address & -(long) KernelAbi.LARGE_PAGES * KernelView.PAGE;
                unless(pages.put(page, entry) != null, "%s changes and is not mapped", address);
            }
        }
    }

    /** {@return kinds of probes that were passed} */
    Set<String> kinds() {
        return Collections.unmodifiableSet(kinds);
    }

    /** {@return of each thread, in the order in which they were made, how it waited and woke} */
    List<List<String>> stories() {
        return Collections.unmodifiableList(stories);
    }

    /**
     * {@return what was impossible, and where memory is not what the events came to}
     *
     * @param view of a kernel that is at no work
     * @param cpus how many CPUs it has
     */
    List<String> differences(final KernelView view, final int cpus) {
        final List<String> all = new ArrayList<>(wrong);
        final KernelObjects objects = new KernelObjects(view);
        final Map<String, Set<Long>> filled = queues.entrySet().stream().filter(queue -> !queue.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
        compare(all, "queues", walkedQueues(view, objects, cpus), filled);
        final Set<Long> asleep = new LinkedHashSet<>(view.list("sleepers", view.word(view.symbol("cpu_block")
                + KernelLayouts.CPU.offset("sleepers")), thread -> view.word(
                thread + KernelLayouts.THREAD.offset("sleep_next"))));
        compare(all, "timers", asleep, timers);
        compare(all, "sleepers", (long) asleep.size(), sleepers);
        final Map<Long, String> waiting = new HashMap<>();
        for (final long thread : objects.of(KernelObjects.THREAD)) {
            final int state = view.half(thread + KernelLayouts.THREAD.offset("state")) & 0xff;
            if (REASONS.containsKey(state)) {
                waiting.put(thread, REASONS.get(state));
            }
        }
        compare(all, "waiting threads", waiting, blocked);
        final Map<Long, Map<Long, Long>> walked = new HashMap<>();
        for (final long process : objects.living()) {
            walked.put(process, view.userPages(view.word(process + KernelLayouts.PROCESS.offset("cr3"))));
        }
        compare(all, "pages", walked, spaces);
        return all;
    }

    private static void compare(final List<String> all, final String what, final Object memory, final Object events) {
        if (!memory.equals(events)) {
            all.add(what + ": in memory " + memory + ", by the events " + events);
        }
    }

    private static Map<String, Set<Long>> walkedQueues(
            final KernelView view, final KernelObjects objects, final int cpus) {
        final Map<String, Set<Long>> found = new TreeMap<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            final long block = view.symbol("cpu_block") + (long) cpu * KernelLayouts.CPU.size();
            for (int priority = 0; priority < KernelAbi.PRIORITY_COUNT; priority++) {
                put(found, view, "ready", block, KernelLayouts.CPU.offset("levels")
                        + priority * KernelLayouts.LEVEL.size());
            }
        }
        for (final long endpoint : objects.of(KernelObjects.ENDPOINT)) {
            put(found, view, "senders", endpoint, KernelLayouts.ENDPOINT.offset("senders"));
            put(found, view, "receivers", endpoint, KernelLayouts.ENDPOINT.offset("receivers"));
        }
        Stream.of(KernelObjects.NOTIFICATION, KernelObjects.MEMORY).flatMap(kind -> objects.of(kind).stream())
                .forEach(object -> put(found, view, "waiters", object, KernelLayouts.MEMORY.offset("waiters")));
        return found;
    }

    private static void put(final Map<String, Set<Long>> found, final KernelView view, final String what,
            final long object, final int offset) {
        final List<Long> threads = view.list(what, view.word(object + offset), thread -> view.word(thread + NEXT));
        if (!threads.isEmpty()) {
            found.computeIfAbsent(what + " 0x" + Long.toHexString(object), _ -> new LinkedHashSet<>()).addAll(threads);
        }
    }
}

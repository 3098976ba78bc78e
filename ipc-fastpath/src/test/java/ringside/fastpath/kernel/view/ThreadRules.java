package ringside.fastpath.kernel.view;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ringside.fastpath.view.KernelObjects;
import ringside.fastpath.view.KernelView;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelMemory;
import ringside.kernel.abi.KernelStates;

/** Each thread is in the one queue that its state says, and links between threads lead both ways. */
final class ThreadRules {
    private static final int STATE = KernelLayouts.THREAD.offset("state");
    private static final int NEXT = KernelLayouts.THREAD.offset("next");
    private static final int PRIORITY = KernelLayouts.THREAD.offset("priority");
    private static final int WAITS_ON = KernelLayouts.THREAD.offset("waits_on");
    private static final int CALLER = KernelLayouts.THREAD.offset("caller");
    private static final int WAKE_TICK = KernelLayouts.THREAD.offset("wake_tick");
    private static final int SLEEP_NEXT = KernelLayouts.THREAD.offset("sleep_next");
    private static final int SLEEP_LINK = KernelLayouts.THREAD.offset("sleep_link");
    private static final int BOUND = KernelLayouts.THREAD.offset("bound");
    private static final int OWN_PRIORITY = KernelLayouts.THREAD.offset("own_priority");
    private static final int NOTIFICATION_BOUND = KernelLayouts.NOTIFICATION.offset("bound");
    private static final int REPLY_CALLER = KernelLayouts.REPLY.offset("caller");
    private static final int PROCESS = KernelLayouts.THREAD.offset("process");
    private static final int PROCESS_PREVIOUS = KernelLayouts.THREAD.offset("process_previous");
    private static final int CR3 = KernelLayouts.THREAD.offset("cr3");
    private static final int HANDLES = KernelLayouts.THREAD.offset("handles");
    private static final int RIP = KernelLayouts.THREAD.offset("rip");
    private static final int FLAGS = KernelLayouts.THREAD.offset("user_flags");
    private static final int FLOAT = KernelLayouts.THREAD.offset("float");
    private static final int CPU_FLOAT = KernelLayouts.CPU.offset("float");
    private static final int FAST_FROM = KernelLayouts.THREAD.offset("fast_from");
    private static final int FAST_TO = KernelLayouts.THREAD.offset("fast_to");
    private static final int PAYER = KernelLayouts.OBJECT.offset("payer");
    private static final int MODE = KernelLayouts.THREAD.offset("mode");
    private static final int PROCESS_MODE = KernelLayouts.PROCESS.offset("mode");
    private static final int PROCESS_CR3 = KernelLayouts.PROCESS.offset("cr3");
    private static final int PROCESS_HANDLES = KernelLayouts.PROCESS.offset("handles");
    private static final int RECEIVERS = KernelLayouts.ENDPOINT.offset("receivers");
    private static final int SENDERS = KernelLayouts.ENDPOINT.offset("senders");
    private static final int SENDERS_LAST = KernelLayouts.ENDPOINT.offset("senders_last");
    private static final int BITS = KernelLayouts.NOTIFICATION.offset("bits");
    private static final int WAITERS = KernelLayouts.NOTIFICATION.offset("waiters");
    private static final int WORD_WAITERS = KernelLayouts.MEMORY.offset("waiters");
    private static final int LEVELS = KernelLayouts.CPU.offset("levels");
    private static final int READY = KernelLayouts.CPU.offset("ready");
    private static final int HIGHEST = KernelLayouts.CPU.offset("highest");
    private static final int CURRENT = KernelLayouts.CPU.offset("current");
    private static final int SLEEPERS = KernelLayouts.CPU.offset("sleepers");
    private static final int LAST = KernelLayouts.LEVEL.offset("last");
    private static final long FLAGS_PRIVILEGE = 0x3000;
    private static final long FLAGS_INTERRUPT = 0x200;

    private final KernelView view;
    private final KernelObjects objects;
    private final Set<Long> first;
    private final Broken broken;
    private final Map<Long, String> places = new HashMap<>();
    private final Set<Long> asleep = new HashSet<>();

    /**
     * Looks.
     *
     * @param first the processes that may do port I/O, or be in kernel mode
     */
    ThreadRules(final KernelView view, final KernelObjects objects, final Set<Long> first, final Broken broken) {
        this.first = first;
        this.view = view;
        this.objects = objects;
        this.broken = broken;
    }

    void check(final List<Long> cpus) {
        for (final long cpu : cpus) {
            placeReady(cpu);
            checkFloatOf(cpu);
        }
        for (final long endpoint : objects.of(KernelObjects.ENDPOINT)) {
            placeAtEndpoint(endpoint);
        }
        for (final long notification : objects.of(KernelObjects.NOTIFICATION)) {
            placeAtNotification(notification);
        }
        for (final long memory : objects.of(KernelObjects.MEMORY)) {
            byUrgency("futex", queue(at("words", memory), view.word(memory + WORD_WAITERS)));
        }
        for (final long reply : objects.of(KernelObjects.REPLY)) {
            final long caller = view.word(reply + REPLY_CALLER);
            broken.unless(caller == 0 || objects.of(KernelObjects.THREAD).contains(caller)
                    && (view.half(caller + STATE) & 0xff) == KernelStates.STATE_AWAITING_REPLY
                    && view.word(caller + WAITS_ON) == reply, "caller",
                    "that of the reply %s is %s, which does not wait for it", reply, caller);
        }
        for (final long notification : objects.of(KernelObjects.NOTIFICATION)) {
            final long bound = view.word(notification + NOTIFICATION_BOUND);
            broken.unless(bound == 0 || objects.of(KernelObjects.THREAD).contains(bound)
                    && view.word(bound + BOUND) == notification, "bound", "%s to thread %s, and not the other way",
                    notification, bound);
        }
        for (final long thread : asleep) {
            broken.unless(objects.of(KernelObjects.THREAD).contains(thread), "sleepers", "%s is nobody's thread",
                    thread);
        }
        for (final long thread : places.keySet()) {
            broken.unless(objects.of(KernelObjects.THREAD).contains(thread), "queue",
                    "%s holds %s, which is nobody's thread", places.get(thread), thread);
        }
        for (final long process : objects.of(KernelObjects.PROCESS)) {
            checkOwn(process);
        }
        for (final long thread : objects.of(KernelObjects.THREAD)) {
            checkState(thread);
            checkLinks(thread);
            checkFloat(thread);
        }
    }

    /** Its floating-point registers are a live thread's, charged to its process, and no fast path has it. */
    private void checkFloat(final long thread) {
        final long registers = view.word(thread + FLOAT);
        if (registers == 0) {
            return;
        }
        broken.unless((view.half(thread + STATE) & 0xff) != KernelStates.STATE_DEAD, "float",
                "thread %s is dead and has registers", thread);
        broken.unless(view.word(registers + PAYER) == view.word(thread + PROCESS), "float",
                "registers %s are charged to %s", registers, view.word(registers + PAYER));
        broken.unless(view.half(thread + FAST_FROM) == KernelStates.FAST_NEVER_FROM
                && view.half(thread + FAST_TO) == KernelStates.FAST_NEVER_TO, "float",
                "a fast path may have thread %s, which has registers", thread);
    }

    /** A CPU has the floating-point registers of its running thread, or nobody's; that one may have just got some. */
    private void checkFloatOf(final long cpu) {
        final long registers = view.word(cpu + CPU_FLOAT);
        final long current = view.word(cpu + CURRENT);
        broken.unless(registers == 0 || registers == KernelStates.FLOAT_NOBODY
                || current != 0 && view.word(current + FLOAT) == registers, "float",
                "a CPU that runs thread %s has the registers %s", current, registers);
    }

    private void place(final long thread, final String place) {
        final String other = places.put(thread, place);
        broken.unless(other == null, "queue", "thread %s is in %s and in %s", thread, other, place);
    }

    private List<Long> queue(final String what, final long first) {
        final List<Long> queue = view.list(what, first, thread -> view.word(thread + NEXT));
        queue.forEach(thread -> place(thread, what));
        return queue;
    }

    private void placeReady(final long cpu) {
        final long current = view.word(cpu + CURRENT);
        if (current != 0) {
            place(current, "running");
        }
        int highest = KernelStates.PRIORITY_NONE;
        for (int priority = 0; priority < KernelAbi.PRIORITY_COUNT; priority++) {
            final long level = cpu + LEVELS + (long) priority * KernelLayouts.LEVEL.size();
            final List<Long> queue = queue("ready " + priority, view.word(level));
            broken.unless(queue.isEmpty() || queue.getLast() == view.word(level + LAST), "ready",
                    "level " + priority + " says that %s is its last", view.word(level + LAST));
            final long bits = view.word(cpu + READY + (long) priority / Long.SIZE * Long.BYTES);
            final boolean bit = (bits >>> priority & 1) != 0;
            highest = queue.isEmpty() ? highest : priority;
            broken.unless(bit != queue.isEmpty(), "ready", "the bit of level " + priority + " is " + bit);
            for (final long thread : queue) {
                broken.unless(view.half(thread + PRIORITY) == priority, "ready",
                        "thread %s is in level " + priority + " and not in its own", thread);
            }
        }
        broken.unless(view.half(cpu + HIGHEST) == highest, "ready", "the highest level is " + highest
                + " and the CPU says " + view.half(cpu + HIGHEST));
        final List<Long> sleepers = view.list("sleepers", view.word(cpu + SLEEPERS),
                thread -> view.word(thread + SLEEP_NEXT));
        long link = cpu + SLEEPERS;
        for (final long thread : sleepers) {
            broken.unless(asleep.add(thread), "sleepers", "%s is there twice", thread);
            broken.unless(view.word(thread + SLEEP_LINK) == link, "sleepers", "%s says that %s leads to it", thread,
                    view.word(thread + SLEEP_LINK));
            link = thread + SLEEP_NEXT;
        }
        for (int i = 1; i < sleepers.size(); i++) {
            broken.unless(Long.compareUnsigned(view.word(sleepers.get(i - 1) + WAKE_TICK),
                    view.word(sleepers.get(i) + WAKE_TICK)) <= 0, "sleepers", "%s wakes before who sleeps before it",
                    sleepers.get(i));
        }
    }

    private static String at(final String what, final long object) {
        return what + " of 0x" + Long.toHexString(object);
    }

    private void placeAtEndpoint(final long endpoint) {
        final List<Long> senders = queue(at("senders", endpoint), view.word(endpoint + SENDERS));
        final List<Long> receivers = queue(at("receivers", endpoint), view.word(endpoint + RECEIVERS));
        broken.unless(senders.isEmpty() || receivers.isEmpty(), "endpoint", "senders and receivers wait at %s",
                endpoint);
        broken.unless(senders.isEmpty() || senders.getLast() == view.word(endpoint + SENDERS_LAST), "endpoint",
                "%s says that %s is its last sender", endpoint, view.word(endpoint + SENDERS_LAST));
    }

    private void placeAtNotification(final long notification) {
        final List<Long> waiters = queue(at("waiters", notification), view.word(notification + WAITERS));
        broken.unless(waiters.isEmpty() || view.word(notification + BITS) == 0, "notification",
                "%s has bits and a thread waits for them", notification);
        byUrgency("notification", waiters);
    }

    private void byUrgency(final String rule, final List<Long> waiters) {
        for (int i = 1; i < waiters.size(); i++) {
            broken.unless(view.half(waiters.get(i - 1) + PRIORITY) >= view.half(waiters.get(i) + PRIORITY), rule,
                    "%s waits behind one that is less urgent", waiters.get(i));
        }
    }

    /** The threads in a process's list are its own, live, and the links lead both ways. */
    private void checkOwn(final long process) {
        long before = 0;
        for (final long thread : objects.threads(process)) {
            broken.unless(view.word(thread + PROCESS) == process, "thread list", "%s has thread %s of another process",
                    objects.name(process), thread);
            broken.unless(view.word(thread + PROCESS_PREVIOUS) == before, "thread list",
                    "thread %s: previous is %s and not %s", thread, view.word(thread + PROCESS_PREVIOUS), before);
            broken.unless((view.half(thread + STATE) & 0xff) != KernelStates.STATE_DEAD, "thread list",
                    "%s has thread %s, which is dead", objects.name(process), thread);
            broken.unless(view.word(thread + CR3) == view.word(process + PROCESS_CR3), "thread",
                    "%s has another address space than its process", thread);
            broken.unless(view.word(thread + HANDLES) == view.word(process + PROCESS_HANDLES), "thread",
                    "%s has other handles than its process", thread);
            checkMode(thread, process);
            before = thread;
        }
    }

    /** It has its process's mode, and kernel mode only where the image gave it; no fast path goes to that. */
    private void checkMode(final long thread, final long process) {
        final int mode = view.half(thread + MODE);
        broken.unless(mode == view.word(process + PROCESS_MODE)
                && (mode == KernelStates.MODE_USER || mode == KernelStates.MODE_KERNEL && first.contains(process)),
                "mode", "%s has the mode " + mode + ", in %s", thread, objects.name(process));
        broken.unless(mode == KernelStates.MODE_USER || view.half(thread + FAST_TO) == KernelStates.FAST_NEVER_TO,
                "mode", "%s is in kernel mode, and a fast path may switch to it", thread);
    }

    private void checkState(final long thread) {
        final int state = view.half(thread + STATE) & 0xff;
        final long on = view.word(thread + WAITS_ON);
        final String place = places.get(thread);
        final boolean agrees = switch (state) {
            case KernelStates.STATE_RUNNABLE -> "running".equals(place)
                    || ("ready " + view.half(thread + PRIORITY)).equals(place);
            case KernelStates.STATE_SENDING, KernelStates.STATE_CALLING -> at("senders", on).equals(place);
            case KernelStates.STATE_RECEIVING -> at("receivers", on).equals(place);
            case KernelStates.STATE_WAITING -> at("waiters", on).equals(place);
            case KernelStates.STATE_FUTEX -> at("words", on).equals(place);
            case KernelStates.STATE_SLEEPING -> place == null && asleep.contains(thread);
            case KernelStates.STATE_AWAITING_REPLY, KernelStates.STATE_DEAD -> place == null;
            default -> false;
        };
        broken.unless(agrees, "state", "thread %s has state " + state + " and is in %s", thread, place);
        broken.unless(asleep.contains(thread) == ((view.half(thread + STATE) & KernelStates.STATE_TIMED) != 0),
                "sleepers", "thread %s has state %s and is among them: " + asleep.contains(thread), thread,
                (long) view.half(thread + STATE));
        checkLent(thread, state);
        if (state == KernelStates.STATE_AWAITING_REPLY) {
            broken.unless(objects.of(KernelObjects.THREAD).contains(on) && view.word(on + CALLER) == thread
                    || objects.of(KernelObjects.REPLY).contains(on) && view.word(on + REPLY_CALLER) == thread, "caller",
                    "thread %s awaits the reply of %s, whose caller it is not", thread, on);
        }
        if (state != KernelStates.STATE_DEAD) {
            broken.unless(Long.compareUnsigned(view.word(thread + RIP), KernelMemory.USER_LIMIT) < 0, "thread",
                    "%s is to go on at %s", thread, view.word(thread + RIP));
            final long flags = view.word(thread + FLAGS);
            final long process = view.word(thread + PROCESS);
            broken.unless((flags & FLAGS_INTERRUPT) != 0 && ((flags & FLAGS_PRIVILEGE) == 0 || first.contains(process)),
                    "thread", "%s has the flags %s", thread, flags);
            broken.unless(objects.of(KernelObjects.PROCESS).contains(process)
                    && objects.threads(process).contains(thread), "thread", "%s is not among those of its process",
                    thread);
        }
    }

    /** Its priority is its own or its caller's, and a binding leads both ways. */
    private void checkLent(final long thread, final int state) {
        if (state == KernelStates.STATE_DEAD) {
            return;
        }
        final long caller = view.word(thread + CALLER);
        final int own = view.half(thread + OWN_PRIORITY);
        final int due = caller == 0 ? own : Math.max(own, view.half(caller + PRIORITY));
        broken.unless(view.half(thread + PRIORITY) == due, "priority", "that of thread %s is "
                + view.half(thread + PRIORITY) + " and should be " + due, thread);
        final long bound = view.word(thread + BOUND);
        broken.unless(bound == 0 || objects.of(KernelObjects.NOTIFICATION).contains(bound)
                && view.word(bound + NOTIFICATION_BOUND) == thread, "bound", "thread %s to %s, and not the other way",
                thread, bound);
    }

    private void checkLinks(final long thread) {
        final long caller = view.word(thread + CALLER);
        if (caller == 0) {
            return;
        }
        broken.unless(objects.of(KernelObjects.THREAD).contains(caller), "caller",
                "that of thread %s is %s, nobody's thread", thread, caller);
        broken.unless((view.half(thread + STATE) & 0xff) != KernelStates.STATE_DEAD, "caller",
                "thread %s is dead and has one", thread);
        if (objects.of(KernelObjects.THREAD).contains(caller)) {
            broken.unless((view.half(caller + STATE) & 0xff) == KernelStates.STATE_AWAITING_REPLY
                    && view.word(caller + WAITS_ON) == thread, "caller",
                    "that of thread %s is %s, which does not wait for it", thread, caller);
        }
    }
}

package ringside.fastpath.kernel.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import ringside.kernel.abi.FirstTasks;
import ringside.kernel.abi.KernelAbi;

/** Plans from seeds. */
final class PlanGenerator {
    private static final int ROUNDS = 3;
    private static final int PROCESSES = 3;
    private static final int THREADS = 4;
    private static final int PROCESS_SLOT = 6;
    private static final int THREAD_SLOT = 9;
    private static final int SUPERVISOR_END = THREAD_SLOT + PROCESSES * THREADS;
    private static final int LISTS = ROUNDS * PROCESSES * THREADS;
    private static final int LIST_OPS = Places.LIST_OPS - 1;
    private static final int TRAPS = 16;
    private static final int LONGEST_SPIN = 3000;
    private static final int LONGEST_SLEEP = 20;
    private static final long READ = KernelAbi.RIGHT_MAP_READ;
    private static final long WRITE = READ | KernelAbi.RIGHT_MAP_WRITE;
    private static final long EXECUTE = READ | KernelAbi.RIGHT_MAP_EXECUTE;
    private static final long ALL = WRITE | EXECUTE;
    /** How often a call comes; 10 if it is not here. */
    private static final Map<String, Integer> WEIGHTS = Map.ofEntries(Map.entry("SYS_EXIT", 1),
            Map.entry("SYS_KILL", 3), Map.entry("SYS_CALL", 25), Map.entry("SYS_REPLY_RECV", 25),
            Map.entry("SYS_SEND", 15), Map.entry("SYS_NULL", 2), Map.entry("SYS_TICKS", 2), Map.entry("SYS_YIELD", 8),
            Map.entry("SYS_HANDLE_CLOSE", 7), Map.entry("SYS_HANDLE_REVOKE", 5), Map.entry("SYS_HANDLE_COPY", 20),
            Map.entry("SYS_MEMORY_MAP", 15), Map.entry("SYS_MEMORY_UNMAP", 12), Map.entry("SYS_MEMORY_PROTECT", 15),
            Map.entry("SYS_THREAD_FLOAT", 1));

    /** The rights that a child gets, by the slot. */
    private static final List<Long> GIVEN = List.of(EXECUTE, READ, WRITE,
            (long) KernelAbi.RIGHT_SEND | KernelAbi.RIGHT_RECEIVE,
            (long) KernelAbi.RIGHT_SEND | KernelAbi.RIGHT_RECEIVE,
            (long) KernelAbi.RIGHT_SIGNAL | KernelAbi.RIGHT_WAIT, (long) KernelAbi.RIGHT_PROCESS,
            (long) KernelAbi.RIGHT_PROCESS);

    private final FuzzImage image;
    private final int cpus;
    private final Random random;
    private final Arguments arguments;
    private final List<Calls.Call> calls = new ArrayList<>();

    PlanGenerator(final FuzzImage image, final long seed, final int cpus) {
        this.image = image;
        this.cpus = cpus;
        random = new Random(seed);
        arguments = new Arguments(random, image.entry(), LISTS);
        for (final Calls.Call call : Calls.ALL.values()) {
            for (int i = 0; i < WEIGHTS.getOrDefault(call.name(), 10); i++) {
                calls.add(call);
            }
        }
    }

    Plan generate() {
        final List<Plan.Round> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            rounds.add(round(round));
        }
        return new Plan(rounds);
    }

    private Plan.Round round(final int round) {
        final List<Op> setup = new ArrayList<>();
        setup.add(Op.must(KernelAbi.SYS_MEMORY_CREATE, Places.SCRATCH_SLOT, Places.SCRATCH_PAGES));
        setup.add(Op.must(KernelAbi.SYS_ENDPOINT_CREATE, Places.ENDPOINT_SLOT));
        setup.add(Op.must(KernelAbi.SYS_ENDPOINT_CREATE, Places.ENDPOINT_SLOT + 1));
        setup.add(Op.must(KernelAbi.SYS_NOTIFICATION_CREATE, Places.NOTIFICATION_SLOT));
        for (int process = 0; process < PROCESSES; process++) {
            final long quota = random.nextInt(3) == 0 ? 0x18000 : 0x30000 + random.nextInt(4) * 0x8000L
                    + (process == 0 ? 0x24_0000 : 0);
            setup.add(Op.must(KernelAbi.SYS_PROCESS_CREATE, PROCESS_SLOT + process, quota, 0x7a7a7566 + process,
                    0, 0, 0));
        }
        for (int process = 0; process < PROCESSES; process++) {
            furnish(setup, PROCESS_SLOT + process, PROCESS_SLOT + (process + 1) % PROCESSES);
        }
        final List<Op> starts = new ArrayList<>();
        final List<Plan.Program> lists = new ArrayList<>();
        for (int thread = 0; thread < PROCESSES * THREADS; thread++) {
            final int index = round * PROCESSES * THREADS + thread;
            lists.add(new Plan.Program(index, list()));
            final int slot = THREAD_SLOT + thread;
            starts.add(Op.call(KernelAbi.SYS_THREAD_CREATE, slot, PROCESS_SLOT + thread % PROCESSES,
                    image.entry(), arguments.stack(), Places.list(index), priority()));
            if (cpus > 1) {
                Calls.number("SYS_THREAD_AFFINITY").ifPresent(number ->
                        starts.add(Op.call(number, slot, random.nextInt(cpus))));
            }
        }
        return new Plan.Round(setup, starts, deeds(), teardown(), lists);
    }

    /** Gives a process its program, its lists, and handles in the slots that {@link Places} names. */
    private void furnish(final List<Op> setup, final int process, final int next) {
        setup.add(Op.must(KernelAbi.SYS_MEMORY_MAP, Places.CODE_SLOT, process, image.code(), 0, 1, EXECUTE));
        setup.add(Op.must(KernelAbi.SYS_MEMORY_MAP, Places.LISTS_SLOT, process, Places.LISTS, 0,
                Places.LISTS_SIZE / Places.PAGE, READ));
        setup.add(Op.must(KernelAbi.SYS_MEMORY_MAP, Places.SCRATCH_SLOT, process, Places.SCRATCH, 0,
                Places.SCRATCH_PAGES, WRITE));
        setup.add(copy(Places.CODE_SLOT, Places.CODE_SLOT, EXECUTE, 0, process));
        setup.add(copy(Places.LISTS_SLOT, Places.LISTS_SLOT, READ, 0, process));
        setup.add(copy(Places.SCRATCH_SLOT, Places.SCRATCH_SLOT, random.nextInt(3) == 0 ? READ : ALL, 0, process));
        for (int i = 0; i < 2; i++) {
            setup.add(copy(Places.ENDPOINT_SLOT + i, Places.ENDPOINT_SLOT + i,
                    KernelAbi.RIGHT_SEND | (random.nextInt(4) == 0 ? 0 : KernelAbi.RIGHT_RECEIVE),
                    random.nextInt(3), process));
        }
        setup.add(copy(Places.NOTIFICATION_SLOT, Places.NOTIFICATION_SLOT,
                KernelAbi.RIGHT_SIGNAL | KernelAbi.RIGHT_WAIT, random.nextInt(3) * 5, process));
        setup.add(copy(FirstTasks.HANDLE_MACHINE, Places.MACHINE_SLOT, KernelAbi.RIGHT_MACHINE, 0, process));
        setup.add(copy(next, Places.NEXT_SLOT, KernelAbi.RIGHT_PROCESS, 0, process));
        setup.add(copy(process, Places.OWN_SLOT, KernelAbi.RIGHT_PROCESS, 0, process));
    }

    private static Op copy(final int from, final int slot, final long rights, final long badge, final long process) {
        return Op.must(KernelAbi.SYS_HANDLE_COPY, from, slot, rights, badge, process);
    }

    private int priority() {
        return Places.PRIORITIES.get(random.nextInt(Places.PRIORITIES.size()));
    }

    /** What the supervisor does meanwhile. */
    private List<Op> deeds() {
        final List<Op> deeds = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            deeds.add(Op.call(KernelAbi.SYS_SLEEP, 1 + random.nextInt(LONGEST_SLEEP)));
            deeds.add(switch (random.nextInt(8)) {
                case 0, 1 -> Op.call(KernelAbi.SYS_KILL, PROCESS_SLOT + random.nextInt(SUPERVISOR_END - PROCESS_SLOT));
                case 2 -> Op.call(KernelAbi.SYS_HANDLE_REVOKE, random.nextInt(PROCESS_SLOT));
                case 3 -> Op.call(KernelAbi.SYS_HANDLE_CLOSE,
                        Places.SCRATCH_SLOT + random.nextInt(PROCESS_SLOT - Places.SCRATCH_SLOT));
                default -> Op.call(KernelAbi.SYS_SIGNAL, Places.NOTIFICATION_SLOT, 1 + random.nextInt(8));
            });
        }
        deeds.add(Op.call(KernelAbi.SYS_SLEEP, 1 + random.nextInt(LONGEST_SLEEP)));
        return deeds;
    }

    /** Ends all that there is; revoking the program's page and the lists too, of which the processes have copies. */
    private List<Op> teardown() {
        final List<Op> teardown = new ArrayList<>(IntStream.range(PROCESS_SLOT, PROCESS_SLOT + PROCESSES)
                .mapToObj(slot -> Op.call(KernelAbi.SYS_KILL, slot)).toList());
        Collections.shuffle(teardown, random);
        final List<Op> closes = new ArrayList<>(IntStream.range(Places.SCRATCH_SLOT, SUPERVISOR_END)
                .mapToObj(slot -> Op.call(KernelAbi.SYS_HANDLE_CLOSE, slot)).toList());
        Collections.shuffle(closes, random);
        teardown.addAll(closes);
        return teardown;
    }

    private List<Op> list() {
        final List<Op> list = new ArrayList<>();
        final List<Op> last = random.nextInt(3) == 0 ? remember() : List.of();
        // Few: for threads with floating-point registers there is no fast path.
        if (random.nextInt(4) == 0) {
            list.add(Op.floats());
        }
        while (list.size() < LIST_OPS - last.size()) {
            switch (random.nextInt(28)) {
                case 0 -> child(list);
                case 9 -> fork(list);
                case 10 -> large(list);
                case 11 -> interrupt(list);
                case 12 -> meet(list);
                case 1, 2 -> share(list);
                case 3 -> list.add(Op.of(Op.Kind.SPIN, 1 + random.nextInt(LONGEST_SPIN)));
                case 4, 5 -> list.add(odd());
                case 6, 7, 8 -> talk(list);
                default -> list.add(any());
            }
        }
        list.subList(LIST_OPS - last.size(), list.size()).clear();
        list.addAll(last);
        return list;
    }

    /** Touches a page and takes it away: touching it once more ends the process, unless a TLB remembers. */
    private List<Op> remember() {
        final int slot = 12 + random.nextInt(2);
        final long place = arguments.place();
        return List.of(Op.call(KernelAbi.SYS_HANDLE_CLOSE, slot), Op.call(KernelAbi.SYS_MEMORY_CREATE, slot, 1),
                Op.call(KernelAbi.SYS_MEMORY_MAP, slot, -1, place, 0, 1, WRITE),
                Op.of(Op.Kind.STORE, place, random.nextLong()),
                switch (random.nextInt(3)) {
                    case 0 -> Op.call(KernelAbi.SYS_MEMORY_UNMAP, -1, place);
                    case 1 -> Op.call(KernelAbi.SYS_MEMORY_PROTECT, slot, -1, place, 0, 0, READ);
                    default -> Op.call(KernelAbi.SYS_HANDLE_CLOSE, slot);
                },
                Op.of(Op.Kind.STORE, place, random.nextLong()));
    }

    private Op any() {
        final Calls.Call call = calls.get(random.nextInt(calls.size()));
        return Op.call(call.number(), arguments.of(call));
    }

    /** What no sound program does. */
    private Op odd() {
        return switch (random.nextInt(64)) {
            case 0 -> Op.of(Op.Kind.JUMP, arguments.wild());
            case 1, 2 -> Op.of(Op.Kind.TRAP, random.nextInt(TRAPS), arguments.wild());
            case 3 -> Op.of(Op.Kind.STORE, arguments.wild(), random.nextLong());
            case 4 -> Op.of(Op.Kind.LOAD, arguments.place());
            case 5, 6, 12, 13 -> Op.call(KernelAbi.SYS_COUNT + random.nextInt(3), arguments.wild());
            case 7 -> Op.call((int) arguments.wild(), arguments.wild());
            case 8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23 -> flags();
            default -> Op.of(random.nextBoolean() ? Op.Kind.STORE : Op.Kind.LOAD, arguments.stack() - Long.BYTES,
                    random.nextLong());
        };
    }

    /** A call with flags that no thread of the kernel's making has: AC, DF, NT, any but TF, which ends the process. */
    private Op flags() {
        final Op call = any();
        final List<Long> registers = new ArrayList<>(call.registers());
        registers.set(8, random.nextInt(12) == 0 ? random.nextLong() : random.nextLong() & ~0x100L & 0x3f_ffffL);
        registers.set(9, arguments.stack());
        return new Op(Op.Kind.FLAGS, call.number(), registers, false);
    }

    /** Makes a process that runs the same program, and lets it have some handles. */
    private void child(final List<Op> list) {
        final int slot = 14 + random.nextInt(2);
        list.add(Op.call(KernelAbi.SYS_PROCESS_CREATE, slot, 0xb000 + random.nextInt(4) * 0x3000, 0x64_6c69_6863L));
        list.add(Op.call(KernelAbi.SYS_MEMORY_MAP, Places.CODE_SLOT, slot, image.code(), 0, 1, EXECUTE));
        list.add(Op.call(KernelAbi.SYS_MEMORY_MAP, Places.LISTS_SLOT, slot, Places.LISTS, 0,
                Places.LISTS_SIZE / Places.PAGE, READ));
        list.add(Op.call(KernelAbi.SYS_MEMORY_MAP, Places.SCRATCH_SLOT, slot, Places.SCRATCH, 0, Places.SCRATCH_PAGES,
                WRITE));
        for (int from = 0; from < Places.FREE_SLOT; from++) {
            if (random.nextInt(2) == 0) {
                list.add(Op.call(KernelAbi.SYS_HANDLE_COPY, from, from,
                        GIVEN.get(from),
                        random.nextInt(4) == 0 ? random.nextInt(4) : 0, slot));
            }
        }
        for (int thread = 1 + random.nextInt(2); thread > 0; thread--) {
            list.add(Op.call(KernelAbi.SYS_THREAD_CREATE, 16 + random.nextInt(3), slot, image.entry(),
                    arguments.stack(), arguments.list(), priority()));
        }
    }

    /** Maps memory, touches it, and mostly gives another process some of it. */
    private void share(final List<Op> list) {
        final int slot = random.nextInt(3) == 0 ? Places.SCRATCH_SLOT : 12 + random.nextInt(2);
        final long place = arguments.place();
        if (slot != Places.SCRATCH_SLOT) {
            list.add(Op.call(KernelAbi.SYS_MEMORY_CREATE, slot, 1 + random.nextInt(3)));
        }
        list.add(Op.call(KernelAbi.SYS_MEMORY_MAP, slot, -1, place, 0, 1, WRITE));
        if (random.nextInt(4) > 0) {
            list.add(Op.call(KernelAbi.SYS_HANDLE_COPY, slot, slot, random.nextBoolean() ? ALL : READ, 0,
                    Places.NEXT_SLOT));
            list.add(Op.call(KernelAbi.SYS_MEMORY_MAP, slot, Places.NEXT_SLOT, place, 0, 1, WRITE));
        }
        if (random.nextInt(3) > 0) {
            list.add(Op.of(Op.Kind.STORE, place, random.nextLong()));
        }
        list.add(Op.call(List.of(KernelAbi.SYS_HANDLE_REVOKE, KernelAbi.SYS_HANDLE_CLOSE, KernelAbi.SYS_HANDLE_COPY,
                KernelAbi.SYS_NULL).get(random.nextInt(4)), slot, 19, READ, 0, -1));
        if (random.nextInt(10) == 0) {
            list.add(Op.of(Op.Kind.STORE, place, random.nextLong()));
        }
    }

    /** Maps memory and a fork of it, and writes to both: each gets pages of its own. */
    private void fork(final List<Op> list) {
        final long place = arguments.place();
        final long other = arguments.place();
        final int from = random.nextInt(3) == 0 ? Places.SCRATCH_SLOT : 12;
        list.add(Op.call(KernelAbi.SYS_MEMORY_CREATE, 12, 1 + random.nextInt(3)));
        list.add(Op.call(KernelAbi.SYS_MEMORY_MAP, from, -1, place, 0, 1, WRITE));
        if (random.nextBoolean()) {
            list.add(Op.of(Op.Kind.STORE, place, random.nextLong()));
        }
        list.add(Op.call(KernelAbi.SYS_MEMORY_FORK, 13, from));
        list.add(Op.call(KernelAbi.SYS_MEMORY_MAP, 13, random.nextInt(3) == 0 ? Places.NEXT_SLOT : -1, other, 0, 1,
                random.nextInt(4) == 0 ? EXECUTE : WRITE));
        list.add(Op.of(Op.Kind.STORE, random.nextInt(8) == 0 ? other : Places.SCRATCH + 64, random.nextLong()));
        if (random.nextInt(3) == 0) {
            list.add(Op.of(Op.Kind.STORE, place, random.nextLong()));
        }
        list.add(Op.call(KernelAbi.SYS_MEMORY_PROTECT, 13, -1, other, 0, 0, random.nextBoolean() ? READ : WRITE));
    }

    private void large(final List<Op> list) {
        list.add(Op.call(KernelAbi.SYS_MEMORY_CREATE, 12, KernelAbi.LARGE_PAGES | KernelAbi.MEMORY_LARGE));
        list.add(Op.call(KernelAbi.SYS_MEMORY_MAP, 12, random.nextInt(3) == 0 ? Places.NEXT_SLOT : -1, Places.LARGE, 0,
                KernelAbi.LARGE_PAGES, WRITE));
        list.add(Op.call(KernelAbi.SYS_MEMORY_FORK, 13, 12));
        list.add(Op.call(KernelAbi.SYS_MEMORY_PROTECT, 12, -1, Places.LARGE, 0, 0, READ));
        if (random.nextBoolean()) {
            list.add(Op.call(KernelAbi.SYS_HANDLE_CLOSE, 12));
        }
    }

    private void interrupt(final List<Op> list) {
        final int slot = Arguments.INTERRUPTS[random.nextInt(Arguments.INTERRUPTS.length)];
        list.add(Op.call(KernelAbi.SYS_INTERRUPT_CREATE, slot, 1 + random.nextInt(3), Places.MACHINE_SLOT));
        list.add(Op.call(KernelAbi.SYS_INTERRUPT_BIND, slot, Places.NOTIFICATION_SLOT, 1 + random.nextInt(7)));
        list.add(Op.call(KernelAbi.SYS_INTERRUPT_ACK, slot));
        if (random.nextInt(3) == 0) {
            list.add(Op.call(KernelAbi.SYS_INTERRUPT_UNBIND, slot));
        }
        if (random.nextBoolean()) {
            list.add(Op.call(KernelAbi.SYS_HANDLE_CLOSE, slot));
        }
    }

    /** Waits for a word of the shared memory, or wakes those who do; some hear the notification before. */
    private void meet(final List<Op> list) {
        if (random.nextInt(4) == 0) {
            list.add(Op.call(KernelAbi.SYS_NOTIFICATION_BIND, Places.NOTIFICATION_SLOT, KernelAbi.HANDLE_SELF));
        }
        final long word = Places.SCRATCH + random.nextInt(2) * KernelAbi.FUTEX_SIZE;
        list.add(random.nextInt(3) == 0 ? Op.call(KernelAbi.SYS_FUTEX_WAIT, word, 0)
                : Op.call(KernelAbi.SYS_FUTEX_WAKE, word, 1 + random.nextInt(3)));
    }

    /** Serves an endpoint for a while, some callers by their handles, or calls one some times. */
    private void talk(final List<Op> list) {
        final long endpoint = Places.ENDPOINT_SLOT + random.nextInt(2);
        final boolean serves = random.nextBoolean();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            list.add(Op.call(serves ? KernelAbi.SYS_REPLY_RECV
                            : random.nextInt(4) == 0 ? KernelAbi.SYS_SEND : KernelAbi.SYS_CALL,
                    endpoint, random.nextInt(5) | (random.nextInt(4) == 0 ? KernelAbi.TAG_LONG : 0),
                    random.nextLong(), random.nextLong()));
            if (serves && random.nextInt(3) == 0) {
                final int slot = Arguments.REPLIES[random.nextInt(Arguments.REPLIES.length)];
                list.add(Op.call(KernelAbi.SYS_REPLY_TAKE, slot));
                list.add(Op.call(KernelAbi.SYS_REPLY, slot, random.nextInt(5), random.nextLong()));
            }
        }
    }
}

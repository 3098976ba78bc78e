package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.toolchain.codegen.Reg64.R10;
import static ringside.toolchain.codegen.Reg64.R11;
import static ringside.toolchain.codegen.Reg64.R12;
import static ringside.toolchain.codegen.Reg64.R13;
import static ringside.toolchain.codegen.Reg64.R14;
import static ringside.toolchain.codegen.Reg64.R15;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.R9;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RBP;
import static ringside.toolchain.codegen.Reg64.RBX;
import static ringside.toolchain.codegen.Reg64.RCX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;
import static ringside.toolchain.codegen.Reg64.RSP;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.MachineConfig;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.Task;
import ringside.kernel.build.TaskPlan;
import ringside.kernel.user.Arg;
import ringside.kernel.user.UserCode;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.Probe;

/**
 * Threads of random priorities signal, wait, wait for a time, poll, hear signals among messages and sleep, in random
 * order. Whatever the path of a signal: each thread has the same registers behind each of its calls, in the same order
 * of all, and the kernel tells of the same queues, switches and results.
 */
class SignalPathsTest {
    private static final int WAITERS = 6;
    private static final int SIGNALS = 130;
    private static final int TURNS = 22;
    private static final int LOG = 400;
    private static final int NOTIFICATIONS = 4;
    private static final int BOUND = NOTIFICATIONS - 1;
    private static final int PRIORITY = 100;
    private static final int[] PRIORITIES = {60, 99, 100, 100, 101, 140};

    private static final int WORK = 2;
    private static final int PLAIN = 10;
    private static final int BADGED = 20;
    private static final int WAIT_ONLY = 30;
    private static final int EMPTY = 40;
    private static final long BADGE = 6;
    private static final long[] REFUSED = {WAIT_ONLY, EMPTY, WORK, KernelAbi.HANDLE_COUNT, -1, (1L << 32) + PLAIN};
    private static final long[] BITS = {0, 1, 2, BADGE, 8, 1L << 63, -1};

    private static final List<Reg64> SHOWN = List.of(RAX, RDI, RSI, RDX, R8, R9, R10);
    private static final List<Reg64> PRESERVED = List.of(RBX, RBP, R12, R13, R14, R15, RSP);
    /** The thread, those that are shown, and the sum of those that are preserved and of the flags. */
    private static final int ENTRY = 1 + SHOWN.size() + 1;
    private static final int TURN = 3;

    private static final Set<String> TOLD = Set.of("ready_enqueue", "ready_dequeue", "context_switch", "call_result",
            "sleepers_enqueue", "sleepers_dequeue", "wait_timeout", "signals_message", "ipc_message");

    /** What the kernel tells; threads are numbered as they appear. */
    private static final class Told implements MachineObserver {
        private final List<Probe> probes;
        private final List<String> events = new ArrayList<>();
        private final Map<Long, Integer> threads = new HashMap<>();
        private int general;

        Told(final GuestImage image) {
            probes = image.probes();
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.PROBE);
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            final String kind = probes.get(probe).kind();
            if (kind.equals("switch_choose")) {
                general++;
            } else if (kind.equals("call_result")) {
                events.add(kind + " " + first);
            } else if (TOLD.contains(kind)) {
                events.add(kind + (probes.get(probe).registers().isEmpty() ? ""
                        : " " + threads.computeIfAbsent(first, _ -> threads.size())));
            }
        }
    }

    private record Outcome(List<List<Long>> log, List<String> events, int general) {
    }

    private final UserCode user = UserCode.program("signals");
    private final Map<Long, List<long[]>> turnsOf = new HashMap<>();
    private Random random;

    private static long[] turn(final int number, final long first, final long second) {
        return new long[] {number, first, second};
    }

    private long[] signal() {
        final int which = random.nextInt(NOTIFICATIONS);
        final long handle = switch (random.nextInt(8)) {
            case 0 -> REFUSED[random.nextInt(REFUSED.length)];
            case 1, 2, 3 -> BADGED + which;
            default -> PLAIN + which;
        };
        return turn(KernelAbi.SYS_SIGNAL, handle, BITS[random.nextInt(BITS.length)]);
    }

    /** Ticks of a wait: none, some that pass while somebody sleeps, or more than the run has. */
    private long ticks() {
        return List.of(0L, 0L, 0L, 2L, 1L << 30).get(random.nextInt(5));
    }

    private List<long[]> signaller() {
        final List<long[]> turns = new ArrayList<>();
        turns.add(turn(KernelAbi.SYS_SLEEP, 2, 0));
        for (int i = 0; i < SIGNALS; i++) {
            turns.add(switch (random.nextInt(10)) {
                case 0 -> turn(KernelAbi.SYS_SLEEP, 1, 0);
                case 1 -> turn(KernelAbi.SYS_YIELD, 0, 0);
                case 2 -> turn(KernelAbi.SYS_POLL, PLAIN + random.nextInt(NOTIFICATIONS), 0);
                default -> signal();
            });
        }
        turns.add(turn(KernelAbi.SYS_EXIT, 0, 0));
        return turns;
    }

    private List<long[]> waiter() {
        final List<long[]> turns = new ArrayList<>();
        turns.add(turn(KernelAbi.SYS_SLEEP, 1, 0));
        for (int i = 0; i < TURNS; i++) {
            turns.add(random.nextInt(4) == 0 ? signal()
                    : turn(KernelAbi.SYS_WAIT, PLAIN + random.nextInt(NOTIFICATIONS), ticks()));
        }
        turns.add(turn(KernelAbi.SYS_KILL, KernelAbi.HANDLE_SELF, 0));
        return turns;
    }

    private List<long[]> receiver() {
        final List<long[]> turns = new ArrayList<>();
        turns.add(turn(KernelAbi.SYS_SLEEP, 1, 0));
        turns.add(turn(KernelAbi.SYS_NOTIFICATION_BIND, PLAIN + BOUND, KernelAbi.HANDLE_SELF));
        for (int i = 0; i < TURNS; i++) {
            turns.add(random.nextInt(4) == 0 ? turn(KernelAbi.SYS_SLEEP, 1, 0) : turn(KernelAbi.SYS_RECV, WORK, 0));
        }
        turns.add(turn(KernelAbi.SYS_KILL, KernelAbi.HANDLE_SELF, 0));
        return turns;
    }

    private static long pattern(final long id, final Reg64 register) {
        return (id + 1 << 32) + register.number() * 0x0101_0101L;
    }

    /** A thread that makes its calls in turn, with a pattern of its own in all registers, and logs each behind it. */
    private void thread(final int id, final List<long[]> turns) {
        turnsOf.put((long) id, turns);
        final String table = "turns_" + id;
        final String next = "next_" + id;
        user.constants(table, turns.stream().flatMapToLong(Arrays::stream).toArray());
        user.cells(next, 1);
        final Label again = user.code().here();
        for (final Reg64 register : List.of(RDX, R8, R9, R10, RBX, RBP, R12, R13, R14, R15)) {
            user.load(register, Arg.of(pattern(id, register)));
        }
        user.load(RCX, Arg.address(table));
        user.code().add(RCX, Mem.rip(next));
        user.code().add(Width.QWORD, Mem.rip(next), TURN * Long.BYTES);
        user.code().mov(RAX, Mem.at(RCX));
        user.code().mov(RDI, Mem.at(RCX, Long.BYTES));
        user.code().mov(RSI, Mem.at(RCX, 2 * Long.BYTES));
        user.code().syscall();
        PRESERVED.forEach(register -> user.code().add(R11, register));
        user.code().mov(RCX, Mem.rip("log_end"));
        user.code().mov(Width.QWORD, Mem.at(RCX), id);
        for (int i = 0; i < SHOWN.size(); i++) {
            user.code().mov(Mem.at(RCX, (long) (i + 1) * Long.BYTES), SHOWN.get(i));
        }
        user.code().mov(Mem.at(RCX, (long) (ENTRY - 1) * Long.BYTES), R11);
        user.code().add(RCX, ENTRY * Long.BYTES);
        user.code().mov(Mem.rip("log_end"), RCX);
        user.code().jmp(again);
    }

    private TaskPlan plan(final long seed) {
        random = new Random(seed);
        user.cells("log", LOG * ENTRY);
        user.cells("log_end", 1);
        user.routine("signals_main");
        user.load(RAX, Arg.address("log"));
        user.store(RAX, "log_end", 0);
        for (int i = 0; i < NOTIFICATIONS; i++) {
            user.notificationCreate(Arg.of(PLAIN + i));
            user.handleCopy(Arg.of(PLAIN + i), Arg.of(BADGED + i), Arg.of(KernelAbi.RIGHT_SIGNAL), Arg.of(BADGE),
                    Arg.of(KernelAbi.HANDLE_SELF));
        }
        user.handleCopy(Arg.of(PLAIN), Arg.of(WAIT_ONLY), Arg.of(KernelAbi.RIGHT_WAIT), Arg.of(0),
                Arg.of(KernelAbi.HANDLE_SELF));
        thread(0, signaller());
        Task task = Task.of("signals").withThread("signals_main", 0, PRIORITY);
        for (int id = 1; id <= WAITERS + 1; id++) {
            user.routine("signals_" + id);
            // The first thread, which may be the least urgent, makes the notifications meanwhile.
            user.sleep(Arg.of(1));
            thread(id, id <= WAITERS ? waiter() : receiver());
            task = task.withThread("signals_" + id, 0, PRIORITIES[random.nextInt(PRIORITIES.length)]);
        }
        return TaskPlan.only(new Task(task.name(), task.kernelMode(), task.quota(), List.of(user.program()),
                task.threads(), task.handles(), task.named()).withEndpoint("work", WORK, KernelAbi.RIGHT_RECEIVE, 0));
    }

    private static Outcome run(final TaskPlan plan, final FastPath fastPath) {
        final GuestImage image = UserRun.build(plan, fastPath);
        final Told told = new Told(image);
        final UserRun run = UserRun.of(image, MachineConfig.standard(), List.of(told));
        assertEquals(0, run.exit(), run.text());
        final long first = image.symbols().byName("log").orElseThrow().address();
        final int entries = (int) ((run.word("log_end", 0) - first) / (ENTRY * Long.BYTES));
        assertTrue(entries < LOG, "the log is full");
        return new Outcome(IntStream.range(0, entries)
                .mapToObj(entry -> IntStream.range(0, ENTRY)
                        .mapToObj(word -> run.word("log", entry * ENTRY + word)).toList())
                .toList(), told.events, told.general);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aSignalHasTheSameOutcomeByEveryPath(final long seed) {
        final TaskPlan plan = plan(seed);
        final Outcome general = run(plan, FastPath.NONE);
        final Outcome assembly = run(plan, FastPath.ASSEMBLY);
        final Outcome generated = run(plan, FastPath.GENERATED);
        assertTrue(general.log().size() > SIGNALS, "calls: " + general.log().size());
        assertEquals(general.log(), assembly.log());
        assertEquals(general.log(), generated.log());
        assertEquals(general.events(), assembly.events());
        assertEquals(general.events(), generated.events());
        checkKept(general.log());
        final int fast = general.general() - assembly.general();
        assertTrue(fast > SIGNALS / 4, "signals by the fast path: " + fast);
        assertEquals(assembly.general(), generated.general(), "both decline the same");
    }

    /** Behind a signal a thread has all that it had, but for rax and the registers of the way itself. */
    private void checkKept(final List<List<Long>> log) {
        final Map<Long, Integer> done = new HashMap<>();
        int signals = 0;
        for (final List<Long> entry : log) {
            final long id = entry.getFirst();
            final long[] turn = turnsOf.get(id).get(done.merge(id, 1, Integer::sum) - 1);
            if (turn[0] == KernelAbi.SYS_SIGNAL) {
                signals++;
                assertEquals(List.of(turn[1], turn[2], pattern(id, RDX), pattern(id, R8), pattern(id, R9),
                        pattern(id, R10)), entry.subList(2, 2 + SHOWN.size() - 1), Arrays.toString(turn));
            }
        }
        assertTrue(signals > SIGNALS / 2, "signals: " + signals);
    }
}

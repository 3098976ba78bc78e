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

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.emulator.machine.MachineConfig;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.PreservedRegisters;
import ringside.kernel.abi.SystemCall;
import ringside.kernel.abi.SystemCalls;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.Task;
import ringside.kernel.build.TaskPlan;
import ringside.kernel.user.Arg;
import ringside.kernel.user.UserCode;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/**
 * Two threads of two processes with a pattern of their own in every register: after each way through the kernel each
 * finds what {@link PreservedRegisters} promises, what the call gives, and nothing else of the other thread, at either
 * level.
 */
class PreservedRegistersTest {
    private static final List<Reg64> ALL = List.of(
            RAX, RBX, RCX, RDX, RSI, RDI, RBP, R8, R9, R10, R11, R12, R13, R14, R15, RSP);
    private static final List<Reg64> SHORT = List.of(RDX, R8, R9, R10);
    private static final List<Reg64> LONG = List.of(R12, R13, R14, R15);
    private static final Set<Integer> LEFT_OUT = Set.of(KernelAbi.SYS_EXIT, KernelAbi.SYS_KILL, KernelAbi.SYS_SLEEP);
    private static final Set<Integer> LEAF = Set.of(KernelAbi.SYS_NULL, KernelAbi.SYS_TICKS);
    private static final int LONG_8 = KernelAbi.WORDS_LONG | KernelAbi.TAG_LONG;
    private static final int RFLAGS_OF_USERS = 0x202;
    private static final long BADGE = 0xbad_0000_0bad_6e00L;
    private static final int CLIENT = 1;
    private static final int SERVER = 2;
    private static final Arg HANDLE = Arg.of(0);
    private static final int PRIORITY = 4;

    /**
     * A round trip.
     *
     * @param call   tag of the call
     * @param accept tag with which the server waits for it, its words left out
     * @param reply  tag of the answer
     */
    private record Trip(int call, int accept, int reply) {
    }

    private static final List<Trip> TRIPS = List.of(
            new Trip(0, 0, 0), new Trip(1, 0, 2), new Trip(2, 0, 1), new Trip(3, 0, 4), new Trip(4, 0, 3),
            new Trip(KernelAbi.TAG_LONG, 0, 0), new Trip(8, 0, 2), new Trip(LONG_8, KernelAbi.TAG_LONG, 8),
            new Trip(7, KernelAbi.TAG_LONG, 4), new Trip(6 | KernelAbi.TAG_LONG, 0, 8), new Trip(0, 0, 0));

    private static long pattern(final int thread, final Reg64 register) {
        return 0x5a00_0000_0000_0000L + ((long) thread << 32) + register.number() * 0x0101_0101L;
    }

    private static void fill(final UserCode user, final int thread) {
        for (final Reg64 register : ALL) {
            if (register != RSP) {
                user.load(register, Arg.of(pattern(thread, register)));
            }
        }
    }

    private static void dump(final UserCode user, final String table, final int row) {
        for (int i = 0; i < ALL.size(); i++) {
            user.store(ALL.get(i), table, row * ALL.size() + i);
        }
    }

    /** A call with all registers full; those that matter to it are set behind. */
    private static void call(final UserCode user, final int thread, final int number, final Arg rdi, final Arg rsi) {
        fill(user, thread);
        user.load(RDI, rdi);
        user.load(RSI, rsi);
        user.systemCall(number);
    }

    private static Task client() {
        final UserCode user = UserCode.program("client");
        user.cells("client_dump", (TRIPS.size() + 1) * ALL.size());
        user.routine("client_main");
        user.store(RSP, "client_dump", TRIPS.size() * ALL.size());
        for (int i = 0; i < TRIPS.size(); i++) {
            call(user, CLIENT, KernelAbi.SYS_CALL, HANDLE, Arg.of(TRIPS.get(i).call()));
            dump(user, "client_dump", i);
        }
        user.exit(Arg.of(0));
        return Task.of("client", user.program())
                .withThread("client_main", 0, PRIORITY)
                .withEndpoint("work", 0, KernelAbi.RIGHT_SEND, BADGE);
    }

    private static Task server() {
        final UserCode user = UserCode.program("server");
        user.cells("server_dump", (TRIPS.size() + 1) * ALL.size());
        user.routine("server_main");
        user.store(RSP, "server_dump", TRIPS.size() * ALL.size());
        call(user, SERVER, KernelAbi.SYS_RECV, HANDLE, Arg.of(TRIPS.getFirst().accept()));
        for (int i = 0; i < TRIPS.size(); i++) {
            dump(user, "server_dump", i);
            call(user, SERVER, KernelAbi.SYS_REPLY_RECV, HANDLE, Arg.of(replyTag(i)));
        }
        user.end();
        return Task.of("server", user.program())
                .withThread("server_main", 0, PRIORITY + 1)
                .withEndpoint("work", 0, KernelAbi.RIGHT_RECEIVE, 0);
    }

    /** The answer's tag says how the next message is accepted, too. */
    private static int replyTag(final int trip) {
        return TRIPS.get(trip).reply() | (trip + 1 < TRIPS.size() ? TRIPS.get(trip + 1).accept() : 0);
    }

    private static Task at(final boolean level0, final Task task) {
        return level0 ? task.inKernelMode() : task;
    }

    /** Fast paths go from kernel mode and never to it. */
    @ParameterizedTest
    @CsvSource({"NONE,false,false", "ASSEMBLY,false,false", "GENERATED,false,false", "NONE,true,true",
        "ASSEMBLY,true,false", "ASSEMBLY,false,true", "ASSEMBLY,true,true", "GENERATED,true,false",
        "GENERATED,false,true"})
    void messagesCarryWhatWasSentAndPreserveTheRest(
            final FastPath fastPath, final boolean clientAtLevel0, final boolean serverAtLevel0) {
        final UserRun run = UserRun.of(TaskPlan.only(at(clientAtLevel0, client()), at(serverAtLevel0, server())),
                fastPath, MachineConfig.standard());
        assertEquals(0, run.exit(), run.text());
        for (int i = 0; i < TRIPS.size(); i++) {
            final Trip trip = TRIPS.get(i);
            check(run, "server", i, received(SERVER, CLIENT, trip.call(), trip.accept(), BADGE));
            check(run, "client", i, received(CLIENT, SERVER, trip.reply(), trip.call(), 0));
        }
        final long fast = IntStream.range(0, TRIPS.size())
                .flatMap(i -> IntStream.concat(serverAtLevel0 ? IntStream.empty() : IntStream.of(TRIPS.get(i).call()),
                        clientAtLevel0 ? IntStream.empty() : IntStream.of(replyTag(i))))
                .filter(tag -> tag <= KernelAbi.WORDS_SHORT)
                .count();
        assertEquals(fastPath == FastPath.NONE ? 0 : fast, run.fastSwitches(), "all that fast paths take");
    }

    /** What the receiver of a message has in its registers, but for those of the way itself. */
    private static Map<Reg64, Long> received(
            final int receiver, final int sender, final int sent, final int accepts, final long badge) {
        final Map<Reg64, Long> expected = preserved(receiver, PreservedRegisters.SYSTEM_CALL);
        int words = sent & KernelAbi.TAG_WORDS;
        int tag = words;
        if (words > KernelAbi.WORDS_SHORT && (accepts & KernelAbi.TAG_LONG) == 0) {
            words = KernelAbi.WORDS_SHORT;
            tag = words | KernelAbi.TAG_CUT;
        }
        expected.put(RAX, (long) KernelAbi.STATUS_OK);
        expected.put(RDI, badge);
        expected.put(RSI, (long) tag);
        for (int i = 0; i < SHORT.size(); i++) {
            expected.put(SHORT.get(i), i < words ? pattern(sender, SHORT.get(i)) : 0);
        }
        for (int i = SHORT.size(); i < words; i++) {
            final Reg64 register = LONG.get(i - SHORT.size());
            expected.put(register, pattern(sender, register));
        }
        return expected;
    }

    private static Map<Reg64, Long> preserved(final int thread, final List<Reg64> registers) {
        final Map<Reg64, Long> expected = new EnumMap<>(Reg64.class);
        registers.forEach(register -> expected.put(register, pattern(thread, register)));
        return expected;
    }

    /** Looks at a row; of rsp the table knows itself what it was, rcx and r11 are the way's own. */
    private static void check(
            final UserRun run, final String program, final int row, final Map<Reg64, Long> expected) {
        final String table = program + "_dump";
        final Map<Reg64, Long> found = new EnumMap<>(Reg64.class);
        for (final Reg64 register : expected.keySet()) {
            found.put(register, run.word(table, row * ALL.size() + ALL.indexOf(register)));
        }
        expected.computeIfPresent(RSP, (register, value) -> run.word(table, TRIPS.size() * ALL.size()));
        assertEquals(expected, found, program + ", trip " + TRIPS.get(row));
        if (!expected.containsKey(RCX)) {
            final long rcx = run.word(table, row * ALL.size() + ALL.indexOf(RCX));
            assertTrue(run.isCode(rcx, program), "rcx is the thread's own: " + Long.toHexString(rcx));
            assertEquals(RFLAGS_OF_USERS, run.word(table, row * ALL.size() + ALL.indexOf(R11)));
        }
    }

    /** Each call that returns at once, with arguments that it refuses or not: what it may change is its own result. */
    @ParameterizedTest
    @CsvSource({"NONE,false", "ASSEMBLY,false", "GENERATED,false", "NONE,true", "ASSEMBLY,true"})
    void everyOtherCallPreservesTheSame(final FastPath fastPath, final boolean level0) {
        final List<SystemCall> calls = SystemCalls.all().stream()
                .filter(call -> !LEFT_OUT.contains(call.number()))
                .toList();
        final UserCode user = UserCode.program("client");
        user.cells("client_dump", Math.max(calls.size(), TRIPS.size() + 1) * ALL.size());
        user.cells("client_other", ALL.size());
        user.routine("client_other_main");
        user.forever(() -> call(user, SERVER, KernelAbi.SYS_YIELD, Arg.of(RDI), Arg.of(RSI)));
        user.routine("client_main");
        user.store(RSP, "client_other", 0);
        for (int i = 0; i < calls.size(); i++) {
            call(user, CLIENT, calls.get(i).number(), Arg.of(-2), Arg.of(RDX));
            dump(user, "client_dump", i);
        }
        user.exit(Arg.of(0));
        final UserRun run = UserRun.of(TaskPlan.only(at(level0, Task.of("client", user.program())
                .withThread("client_main", 0, PRIORITY)
                .withThread("client_other_main", 0, PRIORITY))), fastPath, MachineConfig.standard());
        assertEquals(0, run.exit(), run.text());
        for (int i = 0; i < calls.size(); i++) {
            final Collection<Reg64> preserved =
                    LEAF.contains(calls.get(i).number()) ? PreservedRegisters.LEAF : PreservedRegisters.SYSTEM_CALL;
            for (final Reg64 register : preserved) {
                final long value = run.word("client_dump", i * ALL.size() + ALL.indexOf(register));
                final long before = switch (register) {
                    case RSP -> run.word("client_other", 0);
                    case RSI -> pattern(CLIENT, RDX);
                    default -> pattern(CLIENT, register);
                };
                assertEquals(before, value, calls.get(i).name() + " " + register.text());
            }
            for (final Reg64 register : ALL) {
                final long value = run.word("client_dump", i * ALL.size() + ALL.indexOf(register));
                for (final Reg64 other : ALL) {
                    assertTrue(value != pattern(SERVER, other),
                            calls.get(i).name() + " shows the other thread's " + other.text());
                }
            }
        }
    }

    /** Two threads spin with full registers until each has seen the other one: the tick takes turns between them. */
    @ParameterizedTest
    @CsvSource({"NONE,false", "ASSEMBLY,false", "GENERATED,false", "NONE,true", "ASSEMBLY,true"})
    void anInterruptPreservesEverything(final FastPath fastPath, final boolean level0) {
        final UserCode user = UserCode.program("client");
        user.cells("client_dump", (TRIPS.size() + 1) * ALL.size());
        user.cells("server_dump", (TRIPS.size() + 1) * ALL.size());
        user.cells("client_seen", 4);
        spinner(user, "client", CLIENT, 0, 1);
        spinner(user, "server", SERVER, 1, 0);
        final UserRun run = UserRun.of(TaskPlan.only(at(level0, Task.of("client", user.program())
                .withThread("client_main", 0, PRIORITY)
                .withThread("server_main", 0, PRIORITY))), fastPath, MachineConfig.standard());
        assertEquals(0, run.exit(), run.text());
        check(run, "client", 0, preserved(CLIENT, PreservedRegisters.INTERRUPT));
        check(run, "server", 0, preserved(SERVER, PreservedRegisters.INTERRUPT));
    }

    /** Sets its cell, waits for the other's without touching a register, twice, and leaves what it has. */
    private static void spinner(
            final UserCode user, final String name, final int thread, final int own, final int other) {
        user.routine(name + "_main");
        user.store(RSP, name + "_dump", TRIPS.size() * ALL.size());
        fill(user, thread);
        for (int round = 0; round < 2; round++) {
            user.code().mov(Width.QWORD, Mem.rip("client_seen", (round * 2L + own) * Long.BYTES), 1);
            final Label again = user.code().here();
            user.code().cmp(Width.QWORD, Mem.rip("client_seen", (round * 2L + other) * Long.BYTES), 0);
            user.code().jcc(Cond.E, again);
        }
        dump(user, name + "_dump", 0);
        if (thread == CLIENT) {
            // The other one may be behind still.
            user.sleep(Arg.of(2));
            user.exit(Arg.of(0));
        } else {
            user.end();
        }
    }
}

package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ringside.emulator.machine.MachineConfig;
import ringside.fastpath.referee.Qemu;
import ringside.fastpath.referee.Tool;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.SystemCall;
import ringside.kernel.abi.SystemCalls;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.QemuCommand;
import ringside.kernel.build.Task;
import ringside.kernel.build.TaskPlan;
import ringside.kernel.user.Arg;
import ringside.kernel.user.UserCode;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** Every system call returns each of its errors, and there is a way to each. */
class SystemCallErrorsTest {
    private static final String RESULTS = "errors_results";
    private static final long MEMORY = 16 << 20;
    private static final int SCRIPT = 400;
    private static final int CALL_WORDS = 7;
    private static final Set<Integer> MAY_END =
            Set.of(KernelAbi.SYS_EXIT, KernelAbi.SYS_KILL, KernelAbi.SYS_YIELD);
    private static final List<Long> ARGUMENTS = List.of(0L, 1L, 2L, 3L, 9L, 10L, 11L, 12L, 14L, 15L, 16L, 17L, 30L, 31L,
            32L, 33L, 64L, (long) KernelAbi.HANDLE_COUNT, -1L, 1L << 32, 0x6000_0000_0000L, 0x5000_0000_0000L,
            (long) KernelAbi.RIGHT_MAP_READ, (long) (KernelAbi.RIGHT_MAP_READ | KernelAbi.RIGHT_MAP_WRITE));

    @Test
    void everyErrorThatACallDeclaresHasAProvocation() {
        final Set<String> declared = new TreeSet<>();
        for (final SystemCall call : SystemCalls.all()) {
            call.errors().forEach(failure -> declared.add(pair(call.number(), failure.status())));
        }
        final Set<String> provoked = new TreeSet<>();
        Provocations.all().forEach(one -> provoked.add(pair(one.number(), one.status())));
        assertEquals(declared, provoked);
    }

    /** Tries all, leaves what each got, and exits with how many got something else. */
    private static TaskPlan tryAll(final List<Provocations.Provocation> all) {
        final UserCode user = UserCode.program("errors");
        user.cells(RESULTS, all.size() + 1);
        user.cells("errors_others", 1);
        user.routine("errors_main");
        Provocations.prepare(user);
        for (int i = 0; i < all.size(); i++) {
            all.get(i).code().accept(user);
            attempt(user, i, all.get(i).status());
        }
        user.systemCall(KernelAbi.SYS_COUNT);
        attempt(user, all.size(), KernelAbi.STATUS_NUMBER);
        user.exit(Arg.cell("errors_others", 0));
        Provocations.routines(user);
        return plan(user);
    }

    private static void attempt(final UserCode user, final int index, final int status) {
        final Label expected = user.code().newLabel();
        user.store(Reg64.RAX, RESULTS, index);
        user.code().cmp(Reg64.RAX, status);
        user.code().jcc(Cond.E, expected);
        user.code().inc(Width.QWORD, Mem.rip("errors_others"));
        user.code().bind(expected);
        user.code().call("errors_clear");
    }

    @ParameterizedTest
    @EnumSource
    void everyProvocationGetsItsError(final FastPath fastPath) {
        final List<Provocations.Provocation> all = Provocations.all();
        final UserRun run = run(tryAll(all), fastPath);
        final List<String> others = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            final Provocations.Provocation one = all.get(i);
            final int status = (int) run.word(RESULTS, i);
            if (status != one.status()) {
                others.add("provocation " + i + ": " + pair(one.number(), one.status()) + ", but it was "
                        + SystemCall.statusName(status));
            }
        }
        assertEquals(List.of(), others);
        assertEquals(KernelAbi.STATUS_NUMBER, run.word(RESULTS, all.size()));
        assertEquals(0, run.exit(), run.text());
    }

    @ParameterizedTest
    @EnumSource
    void everyProvocationGetsItsErrorInQemuToo(final FastPath fastPath, @TempDir final Path directory)
            throws IOException, InterruptedException {
        Tool.assumePresent(QemuCommand.PROGRAM);
        final Path file = directory.resolve("errors.elf");
        Files.write(file, UserRun.build(tryAll(Provocations.all()), fastPath).bytes());
        Qemu.boot(file, QemuCommand.EXIT_GOOD, "-m", Long.toString(MEMORY >> 20));
    }

    /** Calls that neither wait nor end anybody, with arguments that are right, nearly right and wrong. */
    @Test
    void noCallReturnsAnErrorThatItDoesNotDeclare() {
        final Random random = new Random(5);
        final List<SystemCall> calls = SystemCalls.all().stream()
                .filter(call -> call.waiting().equals(SystemCall.NEVER_WAITS) && !MAY_END.contains(call.number()))
                .toList();
        final long[] script = new long[SCRIPT * CALL_WORDS];
        for (int i = 0; i < script.length; i++) {
            script[i] = i % CALL_WORDS == 0 ? calls.get(random.nextInt(calls.size())).number()
                    : ARGUMENTS.get(random.nextInt(ARGUMENTS.size()));
        }
        final UserCode user = UserCode.program("errors");
        user.cells(RESULTS, SCRIPT);
        user.constants("errors_script", script);
        user.routine("errors_main");
        Provocations.prepare(user);
        user.load(Reg64.RBX, Arg.address("errors_script"));
        user.load(Reg64.R13, Arg.address(RESULTS));
        user.repeat(Reg64.R12, SCRIPT, () -> {
            int word = 1;
            for (final Reg64 register : List.of(
                    Reg64.RDI, Reg64.RSI, Reg64.RDX, Reg64.R8, Reg64.R9, Reg64.R10)) {
                user.load(register, Arg.at(Reg64.RBX, (long) word++ * Long.BYTES));
            }
            user.load(Reg64.RAX, Arg.at(Reg64.RBX, 0));
            user.code().syscall();
            user.code().mov(Mem.at(Reg64.R13), Reg64.RAX);
            user.code().add(Reg64.R13, Long.BYTES);
            user.code().add(Reg64.RBX, CALL_WORDS * Long.BYTES);
        });
        user.exit(Arg.of(0));
        Provocations.routines(user);

        final UserRun run = run(plan(user), FastPath.ASSEMBLY);
        assertEquals(0, run.exit(), run.text());
        final Set<String> seen = new TreeSet<>();
        for (int i = 0; i < SCRIPT; i++) {
            seen.add(pair((int) script[i * CALL_WORDS], (int) run.word(RESULTS, i)));
        }
        final Set<String> undeclared = new TreeSet<>(seen);
        for (final SystemCall call : SystemCalls.all()) {
            undeclared.remove(pair(call.number(), KernelAbi.STATUS_OK));
            call.errors().forEach(failure -> undeclared.remove(pair(call.number(), failure.status())));
        }
        assertEquals(Set.of(), undeclared);
        assertTrue(seen.size() > calls.size() * 2, seen.toString());
    }

    private static TaskPlan plan(final UserCode user) {
        return TaskPlan.only(
                Task.of("errors", user.program()).withThread("errors_main", 0, Provocations.PRIORITY));
    }

    private static UserRun run(final TaskPlan plan, final FastPath fastPath) {
        return UserRun.of(plan, fastPath, MachineConfig.standard().withMemory(MEMORY));
    }

    private static String pair(final int number, final int status) {
        return SystemCalls.of(number).name() + " " + SystemCall.statusName(status);
    }
}

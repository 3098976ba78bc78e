package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.SystemCalls;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.Task;
import ringside.kernel.build.TaskPlan;
import ringside.kernel.user.Arg;
import ringside.kernel.user.UserCode;
import ringside.toolchain.codegen.Reg64;

/** How long a call keeps interrupts off is no matter of how many others have prepared for it. */
class InterruptLatencyTest {
    private static final Budget ALL = Budget.steps(50_000_000);
    private static final int SENDERS = 100;
    /** For one call, and the walks to the pages of one message. */
    private static final int MOST = 3000;
    private static final int PAGES = 15;
    private static final long PAGE = 4096;
    private static final long PLACE = 0x5000_0000_0000L;
    private static final int PRIORITY = 4;
    private static final Arg SELF = Arg.of(KernelAbi.HANDLE_SELF);
    private static final Arg NONE = Arg.of(0);
    private static final Arg ENDPOINT = Arg.of(20);
    private static final Arg DONE = Arg.of(21);
    private static final Arg MEMORY = Arg.of(22);
    private static final Arg LAST_PAGE = Arg.of(23);
    private static final Arg THREAD = Arg.of(24);
    private static final Arg LAST_PLACE = Arg.of(PLACE + PAGES * PAGE);
    private static final Arg WRITE = Arg.of(KernelAbi.RIGHT_MAP_READ | KernelAbi.RIGHT_MAP_WRITE);

    /** The longest row of kernel instructions that system calls of a number began. */
    private static final class Longest implements MachineObserver {
        private final long number;
        private long row;
        private long longest;
        private int calls;
        private boolean counts;

        Longest(final long number) {
            this.number = number;
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.SYSCALL, EventKind.BLOCK);
        }

        @Override
        public void syscall(final long cycle, final int cpu, final long rip, final long call) {
            counts = call == number;
            calls += counts ? 1 : 0;
            row = 0;
        }

        @Override
        public void block(final long cycle, final int cpu, final int code, final long address, final int size,
                final int instructions, final int level) {
            counts &= level == 0;
            row += instructions;
            longest = Math.max(longest, counts ? row : 0);
        }
    }

    private static void start(final UserCode user, final String routine, final int priority) {
        user.threadCreate(THREAD, SELF, Arg.address(routine), NONE, NONE, Arg.of(priority));
        user.handleClose(THREAD);
    }

    /** All senders have a page that is not there any more behind many that must be looked at. */
    private static TaskPlan sendersWithoutTheirLastPage() {
        final UserCode user = UserCode.program("senders");
        user.routine("senders_main");
        user.endpointCreate(ENDPOINT);
        user.notificationCreate(DONE);
        user.memoryCreate(MEMORY, Arg.of(PAGES));
        user.memoryCreate(LAST_PAGE, Arg.of(1));
        user.memoryMap(MEMORY, SELF, Arg.of(PLACE), NONE, Arg.of(PAGES), WRITE);
        user.memoryMap(LAST_PAGE, SELF, LAST_PLACE, NONE, Arg.of(1), WRITE);
        user.repeat(Reg64.RBX, SENDERS, () -> start(user, "senders_send", 2));
        start(user, "senders_all", 1);
        user.waitBits(DONE);
        user.memoryUnmap(SELF, LAST_PLACE);
        user.load(Reg64.R14, Arg.of(PLACE));
        user.load(Reg64.R15, Arg.of(Long.BYTES));
        user.systemCall(SystemCalls.of(KernelAbi.SYS_RECV), ENDPOINT,
                Arg.of(KernelAbi.TAG_ROOM | KernelAbi.TAG_NO_WAIT));
        user.exit(Arg.of(Reg64.RAX));

        user.routine("senders_send");
        user.load(Reg64.R12, Arg.of(PLACE));
        user.load(Reg64.R13, Arg.of((PAGES + 1) * PAGE));
        user.systemCall(SystemCalls.of(KernelAbi.SYS_SEND), ENDPOINT, Arg.of(KernelAbi.TAG_BUFFER));
        user.end();

        user.routine("senders_all");
        user.signal(DONE, Arg.of(1));
        user.end();
        return TaskPlan.only(Task.of("senders", user.program()).withThread("senders_main", 0, PRIORITY));
    }

    @Test
    void aReceiverLooksAtOneSenderWhoseMemoryIsGoneAtATime() {
        final Longest receive = new Longest(KernelAbi.SYS_RECV);
        try (Machine machine = Machine.boot(MachineConfig.standard(),
                UserRun.build(sendersWithoutTheirLastPage(), FastPath.ASSEMBLY))) {
            machine.addObserver(receive);
            final RunResult.Exited end = assertInstanceOf(RunResult.Exited.class, machine.run(ALL));
            assertEquals(KernelAbi.STATUS_WOULD_WAIT & 0xff, end.code() & 0xff);
        }
        assertTrue(receive.calls >= SENDERS, "each begins the call again: " + receive.calls);
        assertTrue(receive.longest < MOST, "kernel instructions: " + receive.longest);
    }
}

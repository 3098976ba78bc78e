package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelStates;
import ringside.kernel.build.Task;
import ringside.kernel.build.TaskPlan;
import ringside.kernel.user.Arg;
import ringside.kernel.user.UserCode;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;

/** A server that is paged by a handler faults while more callers wait behind each other than the kernel looks at. */
class FaultChainTest {
    private static final int CALLERS = KernelStates.FAULT_CALLERS + 4;
    private static final int PRIORITY = 4;
    private static final Arg LOWER = Arg.of(1);
    private static final Arg SELF = Arg.of(KernelAbi.HANDLE_SELF);
    private static final Arg NONE = Arg.of(0);
    private static final Arg HANDLER = Arg.of(20);
    private static final Arg DONE = Arg.of(21);
    private static final Arg MEMORY = Arg.of(22);
    private static final Arg THREAD = Arg.of(23);
    private static final int SERVER = 100;
    private static final long PLACE = 0x5000_0000_0000L;

    private static void start(final UserCode user, final String routine, final Arg argument) {
        user.threadCreate(THREAD, SELF, Arg.address(routine), NONE, argument, LOWER);
        user.handleClose(THREAD);
    }

    private static TaskPlan plan() {
        final UserCode user = UserCode.program("chain");
        user.routine("chain_main");
        user.endpointCreate(HANDLER);
        user.notificationCreate(DONE);
        user.memoryCreate(MEMORY, Arg.of(1));
        user.faultHandler(SELF, HANDLER);
        user.load(Reg64.R12, Arg.of(SERVER));
        user.repeat(Reg64.RBX, CALLERS, () -> {
            user.endpointCreate(Arg.of(Reg64.R12));
            user.code().inc(Reg64.R12);
        });
        start(user, "chain_handler", NONE);
        start(user, "chain_server", NONE);
        user.load(Reg64.R12, Arg.of(SERVER + 1));
        user.repeat(Reg64.RBX, CALLERS - 1, () -> {
            start(user, "chain_link", Arg.of(Reg64.R12));
            user.code().inc(Reg64.R12);
        });
        start(user, "chain_first", Arg.of(SERVER + CALLERS - 1));
        user.waitBits(DONE);
        user.exit(NONE);

        user.routine("chain_handler");
        user.recv(HANDLER, 0);
        user.memoryMap(MEMORY, SELF, Arg.of(PLACE), NONE, Arg.of(1), Arg.of(KernelAbi.RIGHT_MAP_READ));
        user.replyRecv(HANDLER, Arg.of(KernelAbi.FAULT_RESUME));
        user.end();

        user.routine("chain_server");
        user.recv(Arg.of(SERVER), 0);
        user.load(Reg64.RBX, Arg.of(PLACE));
        user.code().mov(Reg64.RBX, Mem.at(Reg64.RBX, 0));
        user.signal(DONE, Arg.of(1));
        user.end();

        user.routine("chain_link");
        user.load(Reg64.RBX, Arg.of(Reg64.RDI));
        user.recv(Arg.of(Reg64.RBX), 0);
        user.code().dec(Reg64.RBX);
        user.sysCall(Arg.of(Reg64.RBX));
        user.end();

        user.routine("chain_first");
        user.sysCall(Arg.of(Reg64.RDI));
        user.end();
        return TaskPlan.only(Task.of("chain", user.program()).withThread("chain_main", 0, PRIORITY));
    }

    @Test
    void noNumberOfCallersKeepsAFaultFromItsHandler() {
        final UserRun run = UserRun.of(plan());
        assertEquals(0, run.exit(), run.text());
    }
}

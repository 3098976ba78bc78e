package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.toolchain.codegen.Reg64.R12;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RBX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;

import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.kernel.abi.FirstTasks;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.SystemCalls;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.kernel.build.Task;
import ringside.kernel.build.TaskPlan;
import ringside.kernel.user.Arg;
import ringside.kernel.user.UserCode;
import ringside.toolchain.image.LinkException;

/** User programs that Java generates run as processes of Bantam, beside the standard ones or instead of them. */
class UserCodeTest {
    private static final int PRIORITY = 3;
    private static final int WORK = 2;

    private static Task client() {
        final UserCode user = UserCode.program("probe");
        user.cells("probe_results", 4);
        user.routine("probe_main");
        user.load(RBX, Arg.of(0));
        user.repeat(R12, 10, () -> {
            user.sysCall(Arg.of(WORK), Arg.of(R12), Arg.of(1));
            user.code().add(RBX, RDX);
        });
        user.store(RBX, "probe_results", 0);
        // Every argument comes from the register of another one.
        user.load(RDI, Arg.of(WORK));
        user.load(RSI, Arg.of(5));
        user.load(RDX, Arg.of(7));
        user.systemCall(SystemCalls.of(KernelAbi.SYS_CALL),
                Arg.of(RDI), Arg.of(2), Arg.of(RSI), Arg.of(RDX));
        user.store(RDX, "probe_results", 1);
        // Two registers change places.
        user.load(RSI, Arg.of(WORK));
        user.load(RDI, Arg.of(2));
        user.load(RDX, Arg.of(20));
        user.load(R8, Arg.of(22));
        user.systemCall(SystemCalls.of(KernelAbi.SYS_CALL), Arg.of(RSI), Arg.of(RDI), Arg.of(R8), Arg.of(RDX));
        user.store(RDX, "probe_results", 3);
        user.endpointCreate(Arg.of(WORK));
        user.store(RAX, "probe_results", 2);
        user.say("probe: a text of more than one block, to be sure\n");
        user.exit(Arg.cell("probe_results", 1));
        return Task.of("probe", user.program())
                .withThread("probe_main", 0, PRIORITY)
                .withEndpoint(Task.CONSOLE, FirstTasks.HANDLE_CONSOLE, KernelAbi.RIGHT_SEND, 0)
                .withEndpoint("work", WORK, KernelAbi.RIGHT_SEND, 0);
    }

    /** Answers the sum of two words. */
    private static Task server() {
        final UserCode user = UserCode.program("adder");
        user.routine("adder_main");
        user.recv(Arg.of(0), 0);
        user.forever(() -> {
            user.code().add(RDX, R8);
            user.replyRecv(Arg.of(0), Arg.of(RDX));
        });
        return Task.of("adder", user.program())
                .withThread("adder_main", 0, PRIORITY)
                .withEndpoint("work", 0, KernelAbi.RIGHT_RECEIVE, 0);
    }

    @Test
    void generatedProgramsRunInsteadOfTheStandardOnes() {
        final UserRun run = UserRun.of(TaskPlan.only(client(), server(), Task.console()));
        assertEquals("bantam: first light, fast path in assembly\n"
                + "probe: a text of more than one block, to be sure\n", run.text());
        assertEquals(12, run.exit());
        assertEquals(55 + 10, run.word("probe_results", 0));
        assertEquals(12, run.word("probe_results", 1));
        assertEquals(42, run.word("probe_results", 3));
        assertEquals(KernelAbi.STATUS_SLOT, run.word("probe_results", 2));
    }

    @Test
    void generatedProgramsRunBesideTheStandardOnes() {
        final UserRun run = UserRun.of(TaskPlan.STANDARD.with(client()).with(server()));
        assertEquals(0, run.exit());
        assertEquals(55 + 10, run.word("probe_results", 0));
        assertTrue(run.text().contains("probe: a text of more than one block, to be sure\n"), run.text());
        assertTrue(run.text().endsWith("bantam: done\n"), run.text());
    }

    @Test
    void aThreadThatStartsNowhereIsRefused() {
        try (KernelImageBuilder builder = KernelImageBuilder.start()) {
            assertThrows(LinkException.class, () -> builder.build(new KernelFeatures(FastPath.NONE), List.of(),
                    TaskPlan.only(client().withThread("probe_nowhere", 0, 1), server())));
        }
    }
}

package ringside.fastpath.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.toolchain.image.GuestImage;

/** Typed views of a Bantam that runs all of its programs, wherever a program of the only CPU runs. */
class KernelStateTest {
    private static final int USER_LEVEL = 3;
    private static final int PAUSE = 30_011;
    private static final int SHORT = 37;
    private static final long PAGE = 4096;

    private final Set<ThreadState> states = EnumSet.noneOf(ThreadState.class);
    private final Set<String> names = new TreeSet<>();
    private int sleepers;
    private int words;
    private int lent;

    @Test
    void everyThreadIsWhereItsStateSaysAndEveryPageBelongsToAMapping() {
        final GuestImage image;
        try (BantamImages images = BantamImages.open()) {
            image = images.build(Variant.FAST_ASM);
        }
        try (Machine machine = Machine.boot(MachineConfig.standard(), image)) {
            final KernelView view = new KernelView(image, machine.cpu().memory());
            RunResult result = machine.run(Budget.steps(1));
            while (result instanceof RunResult.BudgetSpent) {
                final boolean user = machine.cpu().read(CpuRegister.CPL) == USER_LEVEL;
                if (user) {
                    look(KernelState.of(view, 1), machine.cpu().read(CpuRegister.CR3));
                }
                result = machine.run(Budget.steps(user ? PAUSE : SHORT));
            }
            assertEquals(new RunResult.Exited(0), result);
        }
        assertTrue(states.containsAll(EnumSet.of(ThreadState.RUNNABLE, ThreadState.RECEIVING, ThreadState.FUTEX,
                ThreadState.AWAITING_REPLY, ThreadState.SLEEPING, ThreadState.WAITING)), states.toString());
        assertTrue(names.contains("console"), names.toString());
        assertTrue(sleepers > 0 && words > 0 && lent > 0, sleepers + " " + words + " " + lent);
    }

    private void look(final KernelState state, final long cr3) {
        final CpuQueues cpu = state.cpus().getFirst();
        final ThreadView running = state.thread(cpu.running().orElseThrow());
        assertEquals(ThreadState.RUNNABLE, running.state());
        assertEquals(KernelView.FRAME_MASK & cr3,
                KernelView.FRAME_MASK & state.space(running.process()).cr3());
        final Set<Long> ready = new HashSet<>(List.of(running.address()));
        cpu.ready().forEach((priority, queue) -> queue.forEach(thread -> {
            assertEquals(priority, state.thread(thread).priority());
            assertTrue(ready.add(thread));
        }));
        for (final ThreadView thread : state.threads()) {
            states.add(thread.state());
            if (thread.state() == ThreadState.DEAD) {
                continue;
            }
            lent += thread.priority() > thread.ownPriority() ? 1 : 0;
            assertEquals(ready.contains(thread.address()), thread.state() == ThreadState.RUNNABLE, thread.toString());
            assertEquals(cpu.sleepers().contains(thread.address()), thread.timed(), thread.toString());
            assertEquals(0, thread.cpu());
            assertTrue(state.space(thread.process()).threads().contains(thread.address()));
            thread.caller().ifPresent(caller ->
                    assertEquals(thread.address(), state.thread(caller).waitsOn().orElseThrow()));
        }
        for (final EndpointView endpoint : state.endpoints()) {
            endpoint.senders().forEach(thread -> assertEquals(endpoint.address(),
                    state.thread(thread).waitsOn().orElseThrow()));
            endpoint.receivers().forEach(thread -> assertEquals(ThreadState.RECEIVING, state.thread(thread).state()));
        }
        for (final LockView lock : state.locks()) {
            words += lock.waiters().size();
            lock.waiters().forEach(one -> assertEquals(ThreadState.FUTEX, state.thread(one.thread()).state()));
        }
        sleepers += cpu.sleepers().size();
        state.spaces().forEach(this::look);
    }

    /** The first processes have pages of the image, without a mapping; all mappings have theirs. */
    private void look(final SpaceView space) {
        names.add(space.name());
        assertTrue(space.used() <= space.quota(), space.name());
        for (final SpaceView.Mapping mapping : space.mappings()) {
            assertTrue(IntStream.range(0, (int) mapping.pages()).allMatch(page ->
                    space.pages().headMap(mapping.address() + page * PAGE + 1).size() > 0), space.name());
        }
    }
}

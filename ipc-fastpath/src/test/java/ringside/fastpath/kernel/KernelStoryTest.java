package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.fastpath.view.KernelView;
import ringside.toolchain.image.GuestImage;

/** What Bantam's probes tell is what its memory holds, and a fast path tells what the general one would. */
class KernelStoryTest {
    private static final Budget ALL = Budget.steps(1_000_000_000);
    private static final int USER_LEVEL = 3;
    private static final int PAUSE = 400_000;

    private static GuestImage image(final Variant variant, final boolean smp) {
        try (BantamImages images = BantamImages.open()) {
            return images.build(variant, smp);
        }
    }

    private static KernelStory run(final GuestImage image, final int cpus, final long quantum) {
        final KernelStory story = new KernelStory(image);
        try (Machine machine = Machine.boot(MachineConfig.standard().withVcpus(cpus).withQuantum(quantum), image)) {
            machine.addObserver(story);
            assertEquals(new RunResult.Exited(0), machine.run(ALL));
            assertEquals(List.of(), story.differences(new KernelView(image, machine.cpu().memory()), cpus));
        }
        return story;
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void queuesThreadsAndPagesAreWheneverAProgramRunsWhatTheEventsSay(final Variant variant) {
        final GuestImage image = image(variant, false);
        final KernelStory story = new KernelStory(image);
        final Random random = new Random(1);
        int looks = 0;
        try (Machine machine = Machine.boot(MachineConfig.standard(), image)) {
            machine.addObserver(story);
            final KernelView view = new KernelView(image, machine.cpu().memory());
            RunResult result = machine.run(Budget.steps(1));
            while (result instanceof RunResult.BudgetSpent) {
                if (machine.cpu().read(CpuRegister.CPL) == USER_LEVEL) {
                    assertEquals(List.of(), story.differences(view, 1), "at step " + machine.steps());
                    looks++;
                    result = machine.run(Budget.steps(1 + random.nextInt(PAUSE)));
                } else {
                    result = machine.run(Budget.steps(1 + random.nextInt(PAUSE / 10_000)));
                }
            }
            assertEquals(new RunResult.Exited(0), result);
            assertEquals(List.of(), story.differences(view, 1));
        }
        assertTrue(looks > 20, "looks: " + looks);
        assertTrue(story.kinds().containsAll(Set.of("ready_enqueue", "ready_dequeue", "senders_enqueue",
                "senders_dequeue", "receivers_enqueue", "receivers_dequeue", "waiters_enqueue", "waiters_dequeue",
                "sleepers_enqueue", "sleepers_dequeue", "timer_begin", "timer_end", "block_send", "block_call",
                "block_reply", "block_receive", "block_sleep", "block_signal", "block_futex", "thread_wake",
                "thread_kill", "page_map", "page_unmap", "page_change", "space_end")), () -> story.kinds().toString());
    }

    @ParameterizedTest
    @CsvSource({"FAST_ASM, 4, 20000", "SLOW, 2, 1009", "FAST_GENERATED, 3, 97"})
    void theyAreWhatTheEventsSayOnSeveralCpus(final Variant variant, final int cpus, final long quantum) {
        run(image(variant, true), cpus, quantum);
    }

    @Test
    void allVariantsTellTheSameOfHowThreadsWaitAndWake() {
        final Map<Variant, List<List<String>>> stories = new EnumMap<>(Variant.class);
        for (final Variant variant : Variant.values()) {
            stories.put(variant, new ArrayList<>(run(image(variant, false), 1, 20_000).stories()));
        }
        final List<List<String>> slow = stories.get(Variant.SLOW);
        for (final Variant variant : Variant.values()) {
            final List<List<String>> other = stories.get(variant);
            assertEquals(slow.size(), other.size(), variant + ": threads");
            final List<String> differences = new ArrayList<>();
            for (int i = 0; i < slow.size(); i++) {
                if (!slow.get(i).equals(other.get(i))) {
                    differences.add(difference(i, slow.get(i), other.get(i)));
                }
            }
            assertEquals(List.of(), differences, variant.toString());
        }
    }

    private static String difference(final int thread, final List<String> one, final List<String> other) {
        int at = 0;
        while (at < Math.min(one.size(), other.size()) && one.get(at).equals(other.get(at))) {
            at++;
        }
        return "thread " + thread + " of " + one.size() + " and " + other.size() + " at " + at + ": "
                + one.subList(Math.max(0, at - 3), Math.min(one.size(), at + 5)) + " and "
                + other.subList(Math.max(0, at - 3), Math.min(other.size(), at + 5)) + "\n";
    }
}

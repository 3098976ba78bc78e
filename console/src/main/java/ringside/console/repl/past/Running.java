package ringside.console.repl.past;

import java.util.stream.IntStream;
import ringside.emulator.machine.Machine;
import ringside.fastpath.view.KernelView;
import ringside.kernel.abi.KernelLayouts;

/** Which threads a Bantam's CPUs run. */
final class Running {
    /** The mark that tells of another one. */
    static final String SWITCH = "context_switch";
    private static final int CURRENT = KernelLayouts.CPU.offset("current");

    private Running() {
    }

    /** {@return the address of the block of a CPU} */
    static long block(final KernelView view, final int cpu) {
        return view.symbol("cpu_block") + (long) cpu * KernelLayouts.CPU.size();
    }

    /** {@return the thread of each CPU, 0 where it has none} */
    static long[] on(final Machine machine) {
        final KernelView view = new KernelView(machine.image(), machine.cpu().memory());
        return IntStream.range(0, machine.config().vcpus()).mapToLong(cpu -> view.word(block(view, cpu) + CURRENT))
            .toArray();
    }
}

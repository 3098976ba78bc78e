package ringside.fastpath.kernel.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Machine;
import ringside.fastpath.view.KernelObjects;
import ringside.fastpath.view.KernelView;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelMemory;
import ringside.kernel.abi.KernelStates;

/** No register of a program's holds an address of the kernel's, but those that the plan has put there. */
final class Leaks {
    private static final List<String> SAVED = List.of("rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp", "r8",
            "r9", "r10", "r11", "r12", "r13", "r14", "r15");
    private static final int STATE = KernelLayouts.THREAD.offset("state");

    private Leaks() {
    }

    /** {@return what is wrong, of all threads that wait and of the one that runs on each CPU} */
    static List<String> check(final Machine machine, final KernelView view, final int cpus) {
        final List<String> wrong = new ArrayList<>();
        final long end = KernelMemory.DIRECT_BASE + machine.config().memory();
        for (final long thread : new KernelObjects(view).of(KernelObjects.THREAD)) {
            for (final String register : SAVED) {
                final long value = view.word(thread + KernelLayouts.THREAD.offset(register));
                if (view.half(thread + STATE) != KernelStates.STATE_DEAD && isKernels(value, end)) {
                    wrong.add("leak: " + register + " of the thread at 0x" + Long.toHexString(thread) + " is 0x"
                            + Long.toHexString(value));
                }
            }
        }
        for (int cpu = 0; cpu < cpus; cpu++) {
            for (final String register : SAVED) {
                final long value = machine.cpu(cpu).read(CpuRegister.valueOf(register.toUpperCase(Locale.ROOT)));
                if (machine.cpu(cpu).read(CpuRegister.CPL) == FuzzRun.USER_LEVEL && isKernels(value, end)) {
                    wrong.add("leak: " + register + " of CPU " + cpu + " is 0x" + Long.toHexString(value));
                }
            }
        }
        return wrong;
    }

    /** Plans have addresses of the kernel's that are a page's or one beside it. */
    private static boolean isKernels(final long value, final long end) {
        final long inPage = value & KernelView.PAGE - 1;
        return (value >= KernelMemory.DIRECT_BASE && value < end
                || value >= KernelMemory.KERNEL_BASE + KernelMemory.TEXT
                        && value < KernelMemory.KERNEL_BASE + KernelMemory.PROGRAMS)
                && inPage > 1 && inPage < KernelView.PAGE - 1;
    }
}

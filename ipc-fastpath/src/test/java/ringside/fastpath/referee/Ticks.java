package ringside.fastpath.referee;

import ringside.kernel.abi.KernelAbi;
import ringside.kernel.build.KernelSources;
import ringside.toolchain.asm.SourceTree;

/** When kernels tick that run in other emulators as well. */
final class Ticks {
    private static final int TIMES = 10;

    private Ticks() {
    }

    /**
     * {@return sources of a kernel whose ticks are a tenth as many: those emulators take theirs from the host's clock,
     * and a busy host lets several pass between two instructions}
     */
    static SourceTree seldom() {
        return KernelSources.ticking(TIMES * KernelAbi.TICK_PERIOD);
    }
}

package ringside.kernel.build;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import ringside.toolchain.platform.PcLayout;

/**
 * What is under study in an image of Bantam: images of one experiment differ in nothing but this.
 *
 * @param fastPath what fills the slot of the fast paths
 * @param smp      whether it runs on all CPUs that there are, with one lock around the kernel; otherwise on one
 */
public record KernelFeatures(FastPath fastPath, boolean smp) {
    /** Refuses a slot that nobody decided on. */
    public KernelFeatures {
        Objects.requireNonNull(fastPath, "fastPath");
    }

    /**
     * The features of an image for one CPU.
     *
     * @param fastPath what fills the slot of the fast paths
     */
    public KernelFeatures(final FastPath fastPath) {
        this(fastPath, false);
    }

    /** What fills the slot of {@code ipc_fast_call}, {@code ipc_fast_reply_recv} and {@code ipc_fast_signal}. */
    public enum FastPath {
        /** Nothing: every call takes the general path. */
        NONE(0),
        /** The routines in {@code ipc/ipc_fast_call.asm} and the files beside it. */
        ASSEMBLY(1),
        /** Routines that a Java generator emits; the builder is given their object code. */
        GENERATED(2);

        private final long number;

        FastPath(final long number) {
            this.number = number;
        }
    }

    /** {@return what an image with these features is called, e.g. {@code bantam-assembly.elf}} */
    public String imageName() {
        return "bantam-" + fastPath.name().toLowerCase(Locale.ROOT) + (smp ? "-smp" : "") + ".elf";
    }

    /** {@return the features as the constants that the sources' conditionals ask for} */
    public Map<String, Long> constants() {
        return Map.of("FASTPATH", fastPath.number, "SMP", smp ? 1L : 0L,
                "CPU_LIMIT", smp ? (long) PcLayout.MOST_CPUS : 1L);
    }
}

package ringside.kernel.build;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What is under study in an image of Bantam: images of one experiment differ in nothing but this.
 *
 * @param fastPath what fills the slot of the message fast paths
 */
public record KernelFeatures(FastPath fastPath) {
    /** Refuses a slot that nobody decided on. */
    public KernelFeatures {
        Objects.requireNonNull(fastPath, "fastPath");
    }

    /** What fills the slot of {@code ipc_fast_call} and {@code ipc_fast_reply_recv}. */
    public enum FastPath {
        /** Nothing: every call takes the general path. */
        NONE(0),
        /** The routines in {@code ipc/ipc_fast_call.asm} and {@code ipc/ipc_fast_reply_recv.asm}. */
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
        return "bantam-" + fastPath.name().toLowerCase(Locale.ROOT) + ".elf";
    }

    /** {@return the features as the constants that the sources' conditionals ask for} */
    public Map<String, Long> constants() {
        return Map.of("FASTPATH", fastPath.number);
    }
}

package ringside.fastpath.codegen;

import java.util.List;
import ringside.toolchain.image.ObjectCode;

/** All generated units of a kernel with {@code FastPath.GENERATED}. */
public final class FastPaths {
    private FastPaths() {
    }

    /** {@return units that define all routines of {@link #generate(boolean)}, for one CPU} */
    public static List<ObjectCode> generate() {
        return generate(false);
    }

    /**
     * {@return units that define {@code ipc_fast_call}, {@code ipc_fast_reply_recv} and {@code ipc_fast_signal}}
     *
     * @param smp whether they give the kernel's lock back
     */
    public static List<ObjectCode> generate(final boolean smp) {
        return List.of(FastCall.generate(smp), FastReplyRecv.generate(smp), FastSignal.generate(smp));
    }
}

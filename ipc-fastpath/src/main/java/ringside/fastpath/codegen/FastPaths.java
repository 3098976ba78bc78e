package ringside.fastpath.codegen;

import java.util.List;
import ringside.toolchain.image.ObjectCode;

/** All generated units of a kernel with {@code FastPath.GENERATED}. */
public final class FastPaths {
    private FastPaths() {
    }

    /** {@return units that define {@code ipc_fast_call} and {@code ipc_fast_reply_recv}, for one CPU} */
    public static List<ObjectCode> generate() {
        return generate(false);
    }

    /**
     * {@return units that define {@code ipc_fast_call} and {@code ipc_fast_reply_recv}}
     *
     * @param smp whether they give the kernel's lock back
     */
    public static List<ObjectCode> generate(final boolean smp) {
        return List.of(FastCall.generate(smp), FastReplyRecv.generate(smp));
    }
}

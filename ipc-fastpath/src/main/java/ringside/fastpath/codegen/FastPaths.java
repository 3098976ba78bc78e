package ringside.fastpath.codegen;

import java.util.List;
import ringside.toolchain.image.ObjectCode;

/** All generated units of a kernel with {@code FastPath.GENERATED}. */
public final class FastPaths {
    private FastPaths() {
    }

    /** {@return units that define {@code ipc_fast_call} and {@code ipc_fast_reply_recv}} */
    public static List<ObjectCode> generate() {
        return List.of(FastCall.generate(), FastReplyRecv.generate());
    }
}

package ringside.emulator.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A routine of the host's machine code without arguments and result, called as System V has it. What it does to the
 * process is its maker's business: nothing here can hold it back.
 */
public final class HostCode {
    private final MethodHandle function;

    private HostCode(final MethodHandle function) {
        this.function = function;
    }

    /**
     * {@return the routine at the start of pages that {@link HostMemory#seal} made executable}
     *
     * @param code stays mapped while it may be called
     */
    public static HostCode at(final MemorySegment code) {
        return new HostCode(Linker.nativeLinker().downcallHandle(code, FunctionDescriptor.ofVoid()));
    }

    /** Calls it. */
    public void run() {
        try {
            function.invokeExact();
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new IllegalStateException("machine code threw", e);
        }
    }
}

package ringside.kernel.abi;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import ringside.toolchain.codegen.Reg64;

/** Which registers of a user thread hold what they held, by the way through the kernel. */
public final class PreservedRegisters {
    /**
     * By a system call, whichever path it takes, unless words 4-7 of a message, or bytes in memory, were accepted and
     * came.
     */
    public static final List<Reg64> SYSTEM_CALL = List.of(
            Reg64.RBX, Reg64.RBP, Reg64.R12, Reg64.R13, Reg64.R14, Reg64.R15, Reg64.RSP);
    /** By {@code SYS_NULL} and {@code SYS_TICKS}, which answer where {@code SYSCALL} arrives. */
    public static final Set<Reg64> LEAF =
            EnumSet.complementOf(EnumSet.of(Reg64.RAX, Reg64.RCX, Reg64.R11, Reg64.RDI));
    /** By the fast path of {@code SYS_SIGNAL}; the general path of any call promises less. */
    public static final Set<Reg64> SIGNAL =
            EnumSet.complementOf(EnumSet.of(Reg64.RAX, Reg64.RCX, Reg64.R11));
    /** By an interrupt, and by a fault that was dealt with: all, and RFLAGS. */
    public static final List<Reg64> INTERRUPT = List.of(Reg64.values());
    /** That a system call may have given other values: results, or values of the thread's own. */
    public static final Set<Reg64> LOST = EnumSet.complementOf(EnumSet.copyOf(SYSTEM_CALL));

    private PreservedRegisters() {
    }
}

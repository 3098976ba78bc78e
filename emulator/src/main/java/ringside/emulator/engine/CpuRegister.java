package ringside.emulator.engine;

/** The registers that a machine reads and writes by name; all are 64 bits wide here. */
public enum CpuRegister {
    /** General register. */
    RAX,
    /** General register. */
    RCX,
    /** General register. */
    RDX,
    /** General register. */
    RBX,
    /** Stack pointer. */
    RSP,
    /** General register. */
    RBP,
    /** General register. */
    RSI,
    /** General register. */
    RDI,
    /** General register. */
    R8,
    /** General register. */
    R9,
    /** General register. */
    R10,
    /** General register. */
    R11,
    /** General register. */
    R12,
    /** General register. */
    R13,
    /** General register. */
    R14,
    /** General register. */
    R15,
    /** Instruction pointer. */
    RIP,
    /** Flags. */
    RFLAGS,
    /** Paging and protection switches. */
    CR0,
    /** The address of the last page fault. */
    CR2,
    /** The page-table root. */
    CR3,
    /** Extensions. */
    CR4,
    /** Extended feature enable MSR. */
    EFER,
    /** Privilege level, 0 to 3; read only. */
    CPL,
    /** Base of segment FS, an MSR. */
    FS_BASE,
    /** Base of segment GS, an MSR. */
    GS_BASE,
    /** What SWAPGS exchanges with GS's base, an MSR. */
    KERNEL_GS_BASE
}

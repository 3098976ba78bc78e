package ringside.profiler.model;

import java.util.Locale;

/** What costs a fixed number of cycles whatever runs around it: a row each in a microarchitecture's {@code costs}. */
public enum FixedCost {
    /** SYSCALL: to the first instruction of the handler. */
    SYSCALL,
    /** SYSRET: to the first instruction behind it. */
    SYSRET,
    /** SWAPGS. */
    SWAPGS,
    /** MOV to CR3 that drops the translations of the PCID, or with no PCIDs. */
    CR3_FLUSH,
    /** MOV to CR3 with bit 63: translations stay. */
    CR3_KEEP,
    /** MOV to and from other control registers, CLTS, LMSW. */
    CONTROL_REGISTER,
    /** MOV to and from a debug register. */
    DEBUG_REGISTER,
    /** WRMSR. */
    WRMSR,
    /** RDMSR. */
    RDMSR,
    /** IRET: to the first instruction behind it. */
    IRET,
    /** From a faulting instruction to the first of its handler. */
    EXCEPTION_ENTRY,
    /** From a recognised interrupt to the first instruction of its handler. */
    INTERRUPT_ENTRY,
    /** INT n, INT3, INT1 in place of {@link #EXCEPTION_ENTRY}. */
    SOFTWARE_INTERRUPT,
    /** INVLPG. */
    INVLPG,
    /** INVPCID. */
    INVPCID,
    /** VMFUNC 0, EPTP switching. */
    VMFUNC,
    /** VMCALL and other instructions that leave to a hypervisor. */
    HYPERCALL,
    /** From the store to the APIC's ICR to the first instruction of the other CPU's handler. */
    IPI,
    /** CPUID. */
    CPUID,
    /** From the wake-up interrupt to the instruction behind HLT, the interrupt's entry apart. */
    HLT_WAKE,
    /** MWAIT and MONITOR. */
    MWAIT,
    /** MFENCE. */
    MFENCE,
    /** LFENCE. */
    LFENCE,
    /** SFENCE. */
    SFENCE,
    /** PAUSE. */
    PAUSE,
    /** RDTSC. */
    RDTSC,
    /** RDTSCP. */
    RDTSCP,
    /** RDPMC. */
    RDPMC,
    /** FXSAVE. */
    FXSAVE,
    /** FXRSTOR. */
    FXRSTOR,
    /** XSAVE, XSAVEOPT, XSAVEC, XSAVES of x87 and SSE state. */
    XSAVE,
    /** XRSTOR, XRSTORS of the same. */
    XRSTOR,
    /** XGETBV. */
    XGETBV,
    /** XSETBV. */
    XSETBV,
    /** CLI. */
    CLI,
    /** STI. */
    STI,
    /** PUSHF. */
    PUSHF,
    /** POPF. */
    POPF,
    /** CLD and STD. */
    DIRECTION,
    /** A segment register's load, by MOV, POP or LSS and its like. */
    SEGMENT_LOAD,
    /** RDFSBASE, WRFSBASE and their GS kin. */
    SEGMENT_BASE,
    /** LGDT, LIDT, LLDT, LTR. */
    TABLE_LOAD,
    /** Far JMP, CALL and RET. */
    FAR_TRANSFER,
    /** IN, OUT, INS, OUTS: the instruction without what the device takes. */
    PORT,
    /** WBINVD, INVD, of an empty cache. */
    WBINVD,
    /** CLFLUSH, CLFLUSHOPT, CLWB. */
    CLFLUSH,
    /** RDRAND, RDSEED. */
    RANDOM;

    /** {@return its key in the file} */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

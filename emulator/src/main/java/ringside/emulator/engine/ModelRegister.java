package ringside.emulator.engine;

/** The model-specific registers that change how instructions run, which the engine keeps (Intel SDM volume 4). */
public enum ModelRegister {
    /** Page attributes. */
    PAT(0x277),
    /** Extended features: long mode, SYSCALL, no-execute. */
    EFER(0xC000_0080),
    /** Selectors of SYSCALL and SYSRET. */
    STAR(0xC000_0081),
    /** Where SYSCALL of 64-bit code goes. */
    LSTAR(0xC000_0082),
    /** Where SYSCALL of 32-bit code would go. */
    CSTAR(0xC000_0083),
    /** Flags that SYSCALL clears. */
    FMASK(0xC000_0084),
    /** Base of FS. */
    FS_BASE(0xC000_0100),
    /** Base of GS. */
    GS_BASE(0xC000_0101),
    /** What SWAPGS exchanges with GS's base. */
    KERNEL_GS_BASE(0xC000_0102),
    /** What RDTSCP puts into ECX. */
    TSC_AUX(0xC000_0103);

    private final int number;

    ModelRegister(final int number) {
        this.number = number;
    }

    /** {@return its number, as RDMSR has it in ECX} */
    public int number() {
        return number;
    }
}

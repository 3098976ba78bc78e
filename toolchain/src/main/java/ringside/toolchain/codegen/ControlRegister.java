package ringside.toolchain.codegen;

/** A control register (SDM 3A 2.5). */
public enum ControlRegister {
    /** Paging, protection, write protection. */
    CR0(0),
    /** The address of the last page fault. */
    CR2(2),
    /** The root of the page tables. */
    CR3(3),
    /** Features. */
    CR4(4),
    /** The task priority of the local APIC. */
    CR8(8);

    private final int number;

    ControlRegister(final int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}

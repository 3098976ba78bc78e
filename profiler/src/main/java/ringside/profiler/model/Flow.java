package ringside.profiler.model;

/** Where the instruction after one comes from. */
public enum Flow {
    /** From behind it. */
    NEXT,
    /** Conditional branch. */
    CONDITIONAL,
    /** Jump to an address in the code. */
    JUMP,
    /** Call of an address in the code. */
    CALL,
    /** Jump to an address in a register or in memory. */
    INDIRECT_JUMP,
    /** Call of an address in a register or in memory. */
    INDIRECT_CALL,
    /** Near return. */
    RETURN,
    /** Far transfer, SYSCALL, SYSRET, IRET, interrupt instruction: the front end starts anew behind it. */
    FAR
}

package ringside.profiler.model;

/**
 * What instructions read and write, and so wait for: a number each, for arrays of ready times.
 *
 * <p>Flags are two resources, because INC and DEC leave CF alone, and processors rename it apart.
 */
public final class Resource {
    /** RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8 … R15: the encoding's order. */
    public static final int GENERAL = 0;
    /** RSP, whose changes by PUSH, POP, CALL and RET a processor follows ahead of execution. */
    public static final int RSP = 4;
    /** XMM0 … XMM15. */
    public static final int VECTOR = 16;
    /** The x87 and MMX registers, which nobody's kernel computes with: all one. */
    public static final int X87 = 32;
    /** CF. */
    public static final int CARRY = 33;
    /** OF, SF, ZF, AF, PF. */
    public static final int FLAGS = 34;
    /** DF, IF and the rest of RFLAGS. */
    public static final int SYSTEM_FLAGS = 35;
    /** MXCSR. */
    public static final int MXCSR = 36;
    /** Segment registers, their bases, control and debug registers, descriptor tables. */
    public static final int SYSTEM = 37;
    /** How many there are. */
    public static final int COUNT = 38;

    private Resource() {
    }
}

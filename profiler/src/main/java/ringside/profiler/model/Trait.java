package ringside.profiler.model;

/** What is peculiar about an instruction, as bits of {@link StaticInstruction#traits()}. */
public final class Trait {
    /** A move between registers that renaming does without execution. */
    public static final int ELIMINATED_MOVE = 1;
    /** A LOCK prefix, or XCHG with memory. */
    public static final int LOCKED = 1 << 1;
    /** Its memory operand has an index register. */
    public static final int INDEXED = 1 << 2;
    /** Its memory operand is addressed by RSP, as PUSH, POP, CALL and RET do it, too. */
    public static final int STACK = 1 << 3;
    /** A string instruction with a repeat prefix: it counts once and accesses memory again and again. */
    public static final int REPEATED = 1 << 4;
    /** MFENCE: waits for all stores before it. */
    public static final int WAITS_FOR_STORES = 1 << 5;
    /** What {@code serial} says is from the microarchitecture's table of privileged events. */
    public static final int PRIVILEGED = 1 << 6;
    /** A compare or test that a conditional branch right behind it may be fused with. */
    public static final int FUSES_WITH_BRANCH = 1 << 7;
    /** No row of the table fits: its cost is a guess by its kind, and results have to say so. */
    public static final int GUESSED = 1 << 8;
    /** Reads and writes one place in memory. */
    public static final int READ_MODIFY_WRITE = 1 << 9;

    /** Its memory operand has 16 bytes, which the machine's accesses may have in two halves. */
    public static final int WIDE = 1 << 10;
    /** Its memory operand has an index register times 2, 4 or 8. */
    public static final int SCALED = 1 << 16;
    /** It exchanges two registers, which renaming does. */
    public static final int SWAP = 1 << 12;
    /** A product of which the upper half, in RDX, comes a cycle behind the lower. */
    public static final int HIGH_LATER = 1 << 13;

    /** Writes a control register or is INVLPG: it may drop translations. */
    public static final int DROPS_TRANSLATIONS = 1 << 11;
    /** It computes with RSP, or moves it to another register. */
    public static final int READS_STACK_POINTER = 1 << 14;

    /** SFENCE: takes its turn among the stores. */
    public static final int ORDERS_STORES = 1 << 15;

    private Trait() {
    }
}

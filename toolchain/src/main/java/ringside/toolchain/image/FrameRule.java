package ringside.toolchain.image;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a debugger comes from a place in code to whatever called, or was interrupted there: where the stack was and where
 * registers are kept. Registers have DWARF's numbers (System V ABI for x86-64, figure 3.36).
 *
 * @param kind   how it is to be read
 * @param base   the register that offsets count from
 * @param offset for {@link Kind#STACK} and {@link Kind#SYSCALL}, from the base to where the stack pointer was
 * @param saved  where registers are: for {@link Kind#STACK}, bytes below where the stack pointer was; for
 *               {@link Kind#STORED}, bytes above the base, RIP and RSP among them
 */
public record FrameRule(Kind kind, int base, int offset, Map<Integer, Integer> saved) {
    /** DWARF's number of RCX. */
    public static final int RCX = 2;
    /** DWARF's number of RSP. */
    public static final int RSP = 7;
    /** DWARF's number of the return address. */
    public static final int RIP = 16;

    /** Nobody knows: nothing is told. */
    public static final FrameRule UNKNOWN = new FrameRule(Kind.UNKNOWN, RSP, 0, Map.of());
    /** There is nothing to go back to. */
    public static final FrameRule NONE = new FrameRule(Kind.NONE, RSP, 0, Map.of());
    /** A routine that was just called. */
    public static final FrameRule CALL = new FrameRule(Kind.STACK, RSP, Long.BYTES, Map.of());
    /** Behind SYSCALL: the address is in RCX, and the stack is the caller's. */
    public static final FrameRule SYSCALL = new FrameRule(Kind.SYSCALL, RSP, 0, Map.of());

    /** DWARF's numbers, by the general registers' own. */
    private static final int[] NUMBERS = {0, 2, 1, 3, 7, 6, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15};
    private static final String[] NAMES = {"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10",
        "r11", "r12", "r13", "r14", "r15"};

    /** How a rule is to be read. */
    public enum Kind {
        /** Not at all. */
        UNKNOWN,
        /** As the end of the way. */
        NONE,
        /** The return address is just below where the stack pointer was. */
        STACK,
        /** The address is in RCX. */
        SYSCALL,
        /** All is stored, as the CPU's or a kernel's frame has it. */
        STORED,
        /**
         * The same, for a debugger that comes from a routine which is called there: it must not wonder that the way
         * goes to another stack, and so takes it for one through a signal.
         */
        STORED_ACROSS
    }

    /** Copies the map. */
    public FrameRule {
        saved = Map.copyOf(saved);
    }

    /**
     * {@return DWARF's number of a 64-bit register, or -1}
     *
     * @param name as Intel writes it
     */
    public static int number(final String name) {
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].equals(name)) {
                return NUMBERS[i];
            }
        }
        return name.equals("rip") ? RIP : -1;
    }

    /**
     * {@return the rule when the stack pointer has moved}
     *
     * @param bytes by how many it is lower
     */
    public FrameRule moved(final int bytes) {
        if (base != RSP || kind == Kind.NONE || kind == Kind.UNKNOWN) {
            return this;
        }
        if (kind != Kind.STORED) {
            if (offset + bytes < (kind == Kind.STACK ? Long.BYTES : 0)) {
                return NONE;
            }
            final Map<Integer, Integer> left = new TreeMap<>(saved);
            left.values().removeIf(below -> below > offset + bytes);
            return new FrameRule(kind, base, offset + bytes, left);
        }
        final Map<Integer, Integer> farther = new TreeMap<>();
        saved.forEach((register, at) -> farther.put(register, at + bytes));
        farther.values().removeIf(at -> at < 0);
        if (!farther.containsKey(RIP) || !farther.containsKey(RSP)) {
            return NONE;
        }
        return new FrameRule(kind, base, offset, farther);
    }

    /** {@return the rule for who comes from a routine that is called here} */
    public FrameRule fromCalled() {
        return kind == Kind.STORED ? new FrameRule(Kind.STORED_ACROSS, base, offset, saved) : this;
    }

    /**
     * {@return the rule when a register was pushed: it is there from now on, unless it was saved before}
     *
     * @param register its number
     */
    public FrameRule pushed(final int register) {
        final FrameRule after = moved(Long.BYTES);
        if (base != RSP || kind != Kind.STACK && kind != Kind.STORED || saved.containsKey(register)) {
            return after;
        }
        final Map<Integer, Integer> more = new TreeMap<>(after.saved);
        more.put(register, kind == Kind.STACK ? after.offset : 0);
        return new FrameRule(kind, base, after.offset, more);
    }
}

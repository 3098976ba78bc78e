package ringside.console.gdb;

import java.util.Arrays;
import ringside.emulator.machine.Machine;

/**
 * A condition that gdb compiled ("Debugging with GDB", appendix F): bytes for a machine with a stack of 64-bit numbers.
 * Of its operations those that comparisons of registers, memory and numbers are made of; jumps go forward only. So each
 * instruction is carried out once at most, and how deep the stack is at each is known before.
 */
final class AgentExpression {
    /** Bytes that one has at most. */
    static final int MOST_BYTES = 1024;
    private static final int MOST_DEPTH = 64;
    private static final int UNREACHED = -1;

    private final byte[] code;

    /** What there is: its byte, bytes behind it, numbers that it takes and leaves. */
    private enum Op {
        ADD(0x02, 0, 2, 1), SUB(0x03, 0, 2, 1), MUL(0x04, 0, 2, 1), DIV_SIGNED(0x05, 0, 2, 1),
        DIV_UNSIGNED(0x06, 0, 2, 1), REM_SIGNED(0x07, 0, 2, 1), REM_UNSIGNED(0x08, 0, 2, 1), LSH(0x09, 0, 2, 1),
        RSH_SIGNED(0x0A, 0, 2, 1), RSH_UNSIGNED(0x0B, 0, 2, 1), LOG_NOT(0x0E, 0, 1, 1), BIT_AND(0x0F, 0, 2, 1),
        BIT_OR(0x10, 0, 2, 1), BIT_XOR(0x11, 0, 2, 1), BIT_NOT(0x12, 0, 1, 1), EQUAL(0x13, 0, 2, 1),
        LESS_SIGNED(0x14, 0, 2, 1), LESS_UNSIGNED(0x15, 0, 2, 1), EXT(0x16, 1, 1, 1), REF8(0x17, 0, 1, 1),
        REF16(0x18, 0, 1, 1), REF32(0x19, 0, 1, 1), REF64(0x1A, 0, 1, 1), IF_GOTO(0x20, 2, 1, 0), GOTO(0x21, 2, 0, 0),
        CONST8(0x22, 1, 0, 1), CONST16(0x23, 2, 0, 1), CONST32(0x24, 4, 0, 1), CONST64(0x25, 8, 0, 1),
        REG(0x26, 2, 0, 1), END(0x27, 0, 1, 1), DUP(0x28, 0, 1, 2), POP(0x29, 0, 1, 0), ZERO_EXT(0x2A, 1, 1, 1),
        SWAP(0x2B, 0, 2, 2);

        private final int value;
        private final int operand;
        private final int takes;
        private final int leaves;

        Op(final int value, final int operand, final int takes, final int leaves) {
            this.value = value;
            this.operand = operand;
            this.takes = takes;
            this.leaves = leaves;
        }

        private static Op of(final byte code) {
            return Arrays.stream(values()).filter(op -> op.value == Byte.toUnsignedInt(code)).findFirst()
                    .orElseThrow(() -> PacketException.malformed("no such operation: 0x"
                            + Integer.toHexString(Byte.toUnsignedInt(code))));
        }
    }

    /**
     * Takes an expression from anywhere.
     *
     * @param code its bytes
     * @throws PacketException when it is none of these
     */
    AgentExpression(final byte[] code) {
        if (code.length == 0 || code.length > MOST_BYTES) {
            throw PacketException.malformed("a condition has 1 to " + MOST_BYTES + " bytes: " + code.length);
        }
        this.code = code.clone();
        check();
    }

    private void check() {
        final int[] depths = new int[code.length + 1];
        Arrays.fill(depths, UNREACHED);
        depths[0] = 0;
        // Where no instruction begins nothing may lead: the ways there are counted off as instructions are met.
        final boolean[] begins = new boolean[code.length + 1];
        for (int at = 0; at < code.length;) {
            final Op op = Op.of(code[at]);
            final int next = at + 1 + op.operand;
            if (next > code.length) {
                throw PacketException.malformed("the condition ends too early");
            }
            begins[at] = true;
            if (depths[at] != UNREACHED) {
                final int depth = depths[at] - op.takes + op.leaves;
                if (depths[at] < op.takes || depth > MOST_DEPTH) {
                    throw PacketException.malformed("the condition's stack has 0 to " + MOST_DEPTH + " numbers");
                }
                checkOperand(op, at);
                if (op == Op.IF_GOTO || op == Op.GOTO) {
                    final int target = (int) operand(at, 2);
                    if (target < next || target >= code.length) {
                        throw PacketException.malformed("jumps go forward within the condition");
                    }
                    lead(depths, target, depth);
                }
                if (op != Op.GOTO && op != Op.END) {
                    lead(depths, next, depth);
                }
            }
            at = next;
        }
        for (int at = 0; at <= code.length; at++) {
            if (depths[at] != UNREACHED && !begins[at]) {
                throw PacketException.malformed("the condition goes on where no operation begins: " + at);
            }
        }
    }

    private static void lead(final int[] depths, final int to, final int depth) {
        if (depths[to] != UNREACHED && depths[to] != depth) {
            throw PacketException.malformed("the condition's stack is not the same on two ways");
        }
        depths[to] = depth;
    }

    private void checkOperand(final Op op, final int at) {
        if (op == Op.REG && (operand(at, 2) >= RegisterLayout.ALL.size()
                || RegisterLayout.ALL.get((int) operand(at, 2)).bytes() > Long.BYTES)) {
            throw PacketException.malformed("no register of a number: " + operand(at, 2));
        }
        if ((op == Op.EXT || op == Op.ZERO_EXT) && (operand(at, 1) < 1 || operand(at, 1) > Long.SIZE)) {
            throw PacketException.malformed("a number has 1 to 64 bits: " + operand(at, 1));
        }
    }

    private long operand(final int at, final int bytes) {
        long value = 0;
        for (int i = 1; i <= bytes; i++) {
            value = value << Byte.SIZE | Byte.toUnsignedLong(code[at + i]);
        }
        return value;
    }

    /**
     * {@return whether it holds} Where it cannot be told, for it reads where no memory is or divides by 0, it does: gdb
     * is to stop and see.
     *
     * @param machine stopped
     * @param cpu     whose registers and memory count
     */
    boolean holds(final Machine machine, final int cpu) {
        try {
            return value(CpuRegisters.of(machine, cpu), new GuestBytes(machine.cpu(cpu), false)) != 0;
        } catch (PacketException | ArithmeticException _) {
            return true;
        }
    }

    private long value(final CpuRegisters registers, final GuestBytes memory) {
        final long[] stack = new long[MOST_DEPTH + 1];
        int depth = 0;
        int at = 0;
        while (true) {
            final Op op = Op.of(code[at]);
            final long operand = operand(at, op.operand);
            int next = at + 1 + op.operand;
            final long top = depth > 0 ? stack[depth - 1] : 0;
            final long below = depth > 1 ? stack[depth - 2] : 0;
            depth += op.leaves - op.takes;
            switch (op) {
                case END -> {
                    return top;
                }
                case GOTO -> next = (int) operand;
                case IF_GOTO -> next = top != 0 ? (int) operand : next;
                case POP -> { }
                case DUP -> stack[depth - 1] = top;
                case SWAP -> {
                    stack[depth - 1] = below;
                    stack[depth - 2] = top;
                }
                case REG -> stack[depth - 1] = Hex.little(Arrays.copyOf(registers.read((int) operand), Long.BYTES));
                case CONST8, CONST16, CONST32, CONST64 -> stack[depth - 1] = operand;
                case REF8, REF16, REF32, REF64 -> stack[depth - 1] = read(memory, top, 1 << op.ordinal()
                        - Op.REF8.ordinal());
                case EXT -> stack[depth - 1] = top << Long.SIZE - operand >> Long.SIZE - operand;
                case ZERO_EXT -> stack[depth - 1] = top << Long.SIZE - operand >>> Long.SIZE - operand;
                case LOG_NOT -> stack[depth - 1] = truth(top == 0);
                case BIT_NOT -> stack[depth - 1] = ~top;
                default -> stack[depth - 1] = of(op, below, top);
            }
            at = next;
        }
    }

    private static long read(final GuestBytes memory, final long address, final int bytes) {
        final byte[] read = memory.read(address, bytes);
        if (read.length < bytes) {
            throw PacketException.noMemory(address);
        }
        return Hex.little(Arrays.copyOf(read, Long.BYTES));
    }

    private static long of(final Op op, final long left, final long right) {
        return switch (op) {
            case ADD -> left + right;
            case SUB -> left - right;
            case MUL -> left * right;
            case DIV_SIGNED -> left / right;
            case DIV_UNSIGNED -> Long.divideUnsigned(left, right);
            case REM_SIGNED -> left % right;
            case REM_UNSIGNED -> Long.remainderUnsigned(left, right);
            case LSH -> isFar(right) ? 0 : left << right;
            case RSH_SIGNED -> left >> (isFar(right) ? Long.SIZE - 1 : right);
            case RSH_UNSIGNED -> isFar(right) ? 0 : left >>> right;
            case BIT_AND -> left & right;
            case BIT_OR -> left | right;
            case BIT_XOR -> left ^ right;
            case EQUAL -> truth(left == right);
            case LESS_SIGNED -> truth(left < right);
            case LESS_UNSIGNED -> truth(Long.compareUnsigned(left, right) < 0);
            default -> throw new IllegalStateException("no operation of two numbers: op=" + op);
        };
    }

    private static boolean isFar(final long bits) {
        return bits < 0 || bits >= Long.SIZE;
    }

    private static long truth(final boolean holds) {
        return holds ? 1 : 0;
    }
}

package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import ringside.emulator.engine.EngineCallbacks;
import ringside.toolchain.disasm.Disassembler;

/**
 * Between an exception's raising and its delivery: takes back what it kept from retiring, and makes of what the library
 * raised what the manual says (Intel SDM volume 3, chapter 6).
 *
 * <p>What the library has otherwise: a software interrupt whose delivery faults leaves RIP behind it; a bad gate's
 * error code counts in gates of 16 bytes and lacks EXT; a jump out of the canonical addresses has happened; such an
 * address on the stack is #GP; a read that is half of a write is a read; the pushed flags lack RF; INT1 is undefined;
 * an x87 instruction's operand is read before #MF.
 */
final class ExceptionServices {
    /** Answers to the stubs: to deliver; to stop before it; to deliver and call {@link #delivered}; nothing to do. */
    static final int DELIVER = 0;
    static final int STOP = 1;
    static final int DELIVER_AND_TELL = 2;
    static final int DONE = 3;

    private static final int DEBUG = 1;
    private static final int INVALID_OPCODE = 6;
    private static final int DOUBLE_FAULT = 8;
    private static final int INVALID_TASK_STATE = 10;
    private static final int STACK_FAULT = 12;
    private static final int GENERAL_PROTECTION = 13;
    private static final int PAGE_FAULT = 14;
    private static final int WRITE = 1 << 1;
    private static final int FETCH = 1 << 4;
    private static final int EXTERNAL = 1;
    private static final int IN_TABLE = 2;
    private static final long RESUME = 1 << 16;
    private static final long TRAP_FLAG = 1 << 8;
    private static final int VMFUNC_BYTES = 3;
    private static final long NEAR_THE_STACK = 32;
    private static final int RCX = Env.REGS + Long.BYTES;
    private static final int RSP = Env.REGS + 4 * Long.BYTES;

    private final UnicornEngine engine;
    private final StubServices services;
    private final EngineCallbacks callbacks;
    private final MemorySegment env;
    private final MemorySegment shared;
    private final GuestInstruction instruction = new GuestInstruction();
    /** The software interrupt that is being delivered, or -1. */
    private int software = -1;

    ExceptionServices(final UnicornEngine engine, final StubServices services, final EngineCallbacks callbacks,
            final MemorySegment env, final MemorySegment shared) {
        this.engine = engine;
        this.services = services;
        this.callbacks = callbacks;
        this.env = env;
        this.shared = shared;
    }

    /** {@return what the stub is to do about an exception that the library raised} */
    int exception(final int raised) {
        final long outside = shared.get(JAVA_LONG, Shared.OUTSIDE);
        shared.set(JAVA_LONG, Shared.OUTSIDE, 0);
        engine.cpu().settle();
        if (env.get(JAVA_INT, Env.IS_SOFTWARE) != 0) {
            return softwareInterrupt(raised);
        }
        int vector = raised;
        int behind = 0;
        final boolean nested = shared.get(JAVA_LONG, Shared.DELIVERING) != 0;
        if (nested) {
            vector = whileDelivering(vector, outside);
        } else if (vector == INVALID_OPCODE && isVmFunction() && vmFunction()) {
            return behindVmFunction();
        } else if (vector == INVALID_OPCODE && isDebugTrap()) {
            vector = DEBUG;
            behind = instruction.end();
        } else if (isX87Error(vector)) {
            vector = X87Stubs.VECTOR;
        } else if (vector == GENERAL_PROTECTION && outside != 0) {
            vector = outsideCanonical(outside);
        } else if (vector == PAGE_FAULT) {
            faultAsWrite();
        }
        if (vector == DEBUG) {
            engine.cpu().dataBreakpoints().deliver();
        } else {
            engine.cpu().dataBreakpoints().forget();
        }
        if (vector != raised) {
            setRaised(vector);
        }
        return deliver(vector, behind);
    }

    private void setRaised(final int vector) {
        engine.cpuObject().set(JAVA_INT, Env.CPU_EXCEPTION_INDEX, vector);
    }

    // RIP is the instruction's own until the delivery is through; a fault on the way is then the instruction's. A
    // data breakpoint that a load of SS has kept waiting comes behind the delivery.
    private int softwareInterrupt(final int vector) {
        final Block block = services.current();
        final long next = env.get(JAVA_LONG, Env.EIP);
        if (block == null) {
            shared.set(JAVA_LONG, Shared.DELIVERING, vector + 1L);
            return callbacks.exception(vector, 0, next) ? DELIVER : stopBefore(RingRecord.ALL_RETIRED);
        }
        env.set(JAVA_LONG, Env.EIP, block.at(block.instructions() - 1) - Env.codeBase(env));
        if (!callbacks.exception(vector, 0, next)) {
            return stopBefore(services.takeBackFrom(block, block.instructions() - 1));
        }
        software = vector;
        shared.set(JAVA_LONG, Shared.DELIVERING, vector + 1L);
        return DELIVER_AND_TELL;
    }

    /** The software interrupt is delivered. */
    void delivered() {
        services.recordException(RingRecord.ALL_RETIRED, software, 0, env.get(JAVA_LONG, Env.NEXT_EIP));
        services.forgetCurrent();
        software = -1;
    }

    private int stopBefore(final int retired) {
        engine.cpu().dataBreakpoints().forget();
        env.set(JAVA_INT, Env.OLD_EXCEPTION, -1);
        services.recordCut(retired);
        services.forgetCurrent();
        software = -1;
        engine.stop();
        return STOP;
    }

    private int deliver(final int vector, final int behind) {
        final int errorCode = env.get(JAVA_INT, Env.ERROR_CODE);
        final Block block = services.current();
        int retired = RingRecord.ALL_RETIRED;
        if (block != null && !afterTheBlock(vector, errorCode)) {
            retired = services.takeBackFrom(block, block.before(Env.linear(env)) + (behind == 0 ? 0 : 1));
        }
        env.set(JAVA_LONG, Env.EIP, env.get(JAVA_LONG, Env.EIP) + behind);
        final long rip = env.get(JAVA_LONG, Env.EIP);
        if (!callbacks.exception(vector, errorCode, rip)) {
            return stopBefore(retired);
        }
        software = -1;
        services.recordException(retired, vector, errorCode, rip);
        services.forgetCurrent();
        if (vector == DEBUG) {
            shared.set(JAVA_LONG, Shared.STEPPED, 0);
            DebugRegisters.endGeneralDetect(env);
        } else if (vector != DOUBLE_FAULT) {
            env.set(JAVA_LONG, Env.EFLAGS, env.get(JAVA_LONG, Env.EFLAGS) | RESUME);
        }
        shared.set(JAVA_LONG, Shared.DELIVERING, vector + 1L);
        return DELIVER;
    }

    /**
     * Whether an exception came behind the block that ran, which is then whole: a single step, or a fault in fetching
     * the next one. The fetch bit is there when NXE or SMEP is on; without it RIP outside the block says the same, and
     * so it does for other traps.
     */
    private boolean afterTheBlock(final int vector, final int errorCode) {
        final boolean step = vector == DEBUG && shared.get(JAVA_LONG, Shared.STEPPED) != 0;
        return step || vector == PAGE_FAULT && (errorCode & FETCH) != 0;
    }

    private int whileDelivering(final int raised, final long outside) {
        final boolean protectedMode = (env.get(JAVA_INT, Env.HFLAGS) & Env.HF_PE) != 0;
        if (raised < INVALID_TASK_STATE || raised > GENERAL_PROTECTION || !protectedMode) {
            return raised;
        }
        int errorCode = env.get(JAVA_INT, Env.ERROR_CODE);
        if ((errorCode & IN_TABLE) != 0) {
            errorCode = (int) shared.get(JAVA_LONG, Shared.DELIVERING) - 1 << 3 | IN_TABLE;
        }
        env.set(JAVA_INT, Env.ERROR_CODE, software < 0 ? errorCode | EXTERNAL : errorCode);
        return raised == GENERAL_PROTECTION && outside != 0 && !inTables(outside) ? STACK_FAULT : raised;
    }

    private boolean inTables(final long address) {
        return inTable(Env.IDT, address) || inTable(Env.GDT, address) || inTable(Env.LDT, address)
                || inTable(Env.TR, address);
    }

    private boolean inTable(final int table, final long address) {
        final long offset = address - env.get(JAVA_LONG, table + Env.SEG_BASE);
        return offset >= 0 && offset <= Integer.toUnsignedLong(env.get(JAVA_INT, table + Env.SEG_LIMIT));
    }

    // A pending x87 exception comes before the operand is looked at, which the library reads first.
    private boolean isX87Error(final int vector) {
        return vector >= STACK_FAULT && vector <= PAGE_FAULT && FloatingPoint.pendingX87(env)
                && (env.get(JAVA_INT, Env.CR) & X87Stubs.NUMERIC_ERROR) != 0
                && readInstruction(Env.linear(env)) && instruction.waitsBeforeMemory();
    }

    private boolean readInstruction(final long linear) {
        final int length = services.decoder().readCode(engine, linear, instruction.code());
        return instruction.parse(length, Env.codeBits(env));
    }

    private boolean isVmFunction() {
        final int opcode = 1;
        final int modRm = 0xD4;
        return readInstruction(Env.linear(env)) && instruction.is(GuestInstruction.TWO_BYTES, opcode)
                && instruction.end() == VMFUNC_BYTES && instruction.byteAt(VMFUNC_BYTES - 1) == modRm;
    }

    private boolean vmFunction() {
        return callbacks.vmFunction((int) env.get(JAVA_LONG, Env.REGS), (int) env.get(JAVA_LONG, RCX));
    }

    /** VMFUNC is done: it retires, and the next instruction is fetched anew. */
    private int behindVmFunction() {
        final Block block = services.current();
        if (block != null) {
            services.cut(block, block.before(Env.linear(env)) + 1);
        }
        env.set(JAVA_LONG, Env.EIP, env.get(JAVA_LONG, Env.EIP) + VMFUNC_BYTES);
        env.set(JAVA_INT, Env.HFLAGS, env.get(JAVA_INT, Env.HFLAGS) & ~Env.HF_INHIBIT_IRQ);
        final long flags = env.get(JAVA_LONG, Env.EFLAGS) & ~RESUME;
        env.set(JAVA_LONG, Env.EFLAGS, flags);
        if ((flags & TRAP_FLAG) == 0) {
            return DONE;
        }
        DebugRegisters.stepped(env);
        setRaised(DEBUG);
        return deliver(DEBUG, 0);
    }

    // INT1, also called ICEBP (Intel SDM volume 2, INT n): a trap whose gate's privilege level is not looked at.
    private boolean isDebugTrap() {
        final int opcode = 0xF1;
        return readInstruction(Env.linear(env)) && instruction.is(GuestInstruction.ONE_BYTE, opcode)
                && !instruction.lock();
    }

    /** {@return the vector for an access outside the canonical addresses} A near branch to there is taken back. */
    private int outsideCanonical(final long address) {
        final long rip = Env.linear(env);
        final Block block = services.current();
        if (rip == address && block != null) {
            takeBackBranch(block.at(block.instructions() - 1));
            return GENERAL_PROTECTION;
        }
        if (!readInstruction(rip)) {
            return GENERAL_PROTECTION;
        }
        final long distance = address - env.get(JAVA_LONG, RSP);
        final boolean stack = instruction.usesStack() && Math.abs(distance) <= NEAR_THE_STACK
                || instruction.memory() && instruction.memorySegment() == Env.SS;
        return stack ? STACK_FAULT : GENERAL_PROTECTION;
    }

    // CALL and RET fault before they move the stack pointer (Intel SDM volume 2, CALL and RET).
    private void takeBackBranch(final long at) {
        env.set(JAVA_LONG, Env.EIP, at - Env.codeBase(env));
        if (!readInstruction(at) || instruction.map() != GuestInstruction.ONE_BYTE) {
            return;
        }
        final int width = instruction.narrowOperand() ? Short.BYTES : Long.BYTES;
        final long moved = switch (instruction.opcode()) {
            case 0xC3 -> width;
            case 0xC2 -> width + (instruction.byteAt(instruction.end())
                    | instruction.byteAt(instruction.end() + 1) << Byte.SIZE);
            case 0xE8 -> -width;
            case 0xFF -> instruction.extension() == 2 ? -width : 0;
            default -> 0;
        };
        env.set(JAVA_LONG, RSP, env.get(JAVA_LONG, RSP) - moved);
    }

    // What an instruction reads in order to write it again is read with the right to write. Where neither NXE nor SMEP
    // is on, no bit says that the fault was a fetch, but the address does.
    private void faultAsWrite() {
        final int errorCode = env.get(JAVA_INT, Env.ERROR_CODE);
        final long rip = Env.linear(env);
        final long distance = env.get(JAVA_LONG, Env.CR + 2 * Long.BYTES) - rip;
        final boolean fetch = (errorCode & FETCH) != 0 || distance >= 0 && distance < Disassembler.LONGEST;
        if ((errorCode & WRITE) == 0 && !fetch && readInstruction(rip) && instruction.readsAndWritesMemory()) {
            env.set(JAVA_INT, Env.ERROR_CODE, errorCode | WRITE);
        }
    }
}

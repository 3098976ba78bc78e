package ringside.emulator.device.apic;

import ringside.emulator.bus.BusDevice;
import ringside.emulator.bus.MessageBus;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * The two ways to a local APIC's registers: a page of memory, where what is wrong is an error bit or nothing, and MSRs,
 * where it is a general-protection fault (Intel SDM volume 3, 11.4.1 and 11.12.1).
 */
final class ApicPort implements BusDevice, Stateful {
    private static final int FIRST_MSR = 0x800;
    private static final int REGISTERS = 0x40;
    private static final int REGISTER_SHIFT = 4;
    private static final int SET_REGISTERS = 8;
    private static final int VERSION = 0x0005_0014;
    private static final int OCTET = 0xFF;
    private static final int SPURIOUS_MASK = 0x1FF;
    private static final int DIVIDE_MASK = 0xB;
    private static final long WORD = 0xFFFF_FFFFL;
    private static final int DESTINATION_SHIFT = 24;
    private static final int READ_ONLY_VECTOR_BITS = 1 << 12 | 1 << 14;

    private static final int COMMAND_BUSY = 1 << 12;
    private static final int COMMAND_LOGICAL = 1 << 11;
    private static final int COMMAND_ASSERT = 1 << 14;
    private static final int COMMAND_LEVEL = 1 << 15;
    private static final int COMMAND_SHORTHAND_SHIFT = 18;
    private static final int COMMAND_MODE_SHIFT = 8;
    private static final int COMMAND_WRITABLE = 0xC_CFFF;

    private final LocalApic apic;
    private int commandLow;
    private int commandHigh;

    ApicPort(final LocalApic apic) {
        this.apic = apic;
    }

    void reset() {
        commandLow = 0;
        commandHigh = 0;
    }

    private static boolean isRegister(final int offset, final int size) {
        return size == Integer.BYTES && (offset & (1 << REGISTER_SHIFT) - 1) == 0;
    }

    @Override
    public long read(final int offset, final int size) {
        if (!isRegister(offset, size)) {
            return 0;
        }
        final int register = offset >> REGISTER_SHIFT;
        return WORD & switch (register) {
            case ApicRegister.ID -> (long) apic.id << DESTINATION_SHIFT;
            case ApicRegister.ARBITRATION_PRIORITY, ApicRegister.END_OF_INTERRUPT, ApicRegister.REMOTE_READ -> 0;
            case ApicRegister.DESTINATION_FORMAT -> apic.destinationFormat;
            case ApicRegister.COMMAND_HIGH -> commandHigh;
            default -> {
                if (exists(register)) {
                    yield value(register);
                }
                apic.error(LocalApic.ERROR_ILLEGAL_REGISTER);
                yield 0;
            }
        };
    }

    /** Whether both faces have the register and it can be read. */
    private static boolean exists(final int register) {
        return switch (register) {
            case ApicRegister.ID, ApicRegister.VERSION, ApicRegister.TASK_PRIORITY, ApicRegister.PROCESSOR_PRIORITY,
                ApicRegister.LOGICAL_DESTINATION, ApicRegister.SPURIOUS, ApicRegister.ERROR_STATUS,
                ApicRegister.COMMAND_LOW, ApicRegister.INITIAL_COUNT, ApicRegister.CURRENT_COUNT,
                ApicRegister.DIVIDE -> true;
            default -> register >= ApicRegister.IN_SERVICE && register < ApicRegister.REQUEST + SET_REGISTERS
                    || LocalVectors.entry(register) >= 0;
        };
    }

    private long value(final int register) {
        return switch (register) {
            case ApicRegister.ID -> apic.id;
            case ApicRegister.VERSION -> VERSION;
            case ApicRegister.TASK_PRIORITY -> apic.taskPriority;
            case ApicRegister.PROCESSOR_PRIORITY -> apic.processorPriority();
            case ApicRegister.LOGICAL_DESTINATION -> apic.logicalDestination;
            case ApicRegister.SPURIOUS -> apic.spurious;
            case ApicRegister.ERROR_STATUS -> apic.errorStatus;
            case ApicRegister.COMMAND_LOW -> commandLow;
            case ApicRegister.INITIAL_COUNT -> apic.timer.initialCount();
            case ApicRegister.CURRENT_COUNT -> apic.timer.currentCount();
            case ApicRegister.DIVIDE -> apic.timer.divide();
            default -> {
                final int entry = LocalVectors.entry(register);
                yield entry >= 0 ? apic.localVectors.get(entry) : setRegister(register);
            }
        };
    }

    private int setRegister(final int register) {
        final int index = register & SET_REGISTERS - 1;
        return switch (register - index) {
            case ApicRegister.IN_SERVICE -> apic.inService.register(index);
            case ApicRegister.TRIGGER_MODE -> apic.triggeredByLevel.register(index);
            default -> apic.request.register(index);
        };
    }

    @Override
    public void write(final int offset, final int size, final long value) {
        if (!isRegister(offset, size)) {
            return;
        }
        final int register = offset >> REGISTER_SHIFT;
        final int word = (int) value;
        switch (register) {
            case ApicRegister.ID -> apic.id = word >>> DESTINATION_SHIFT;
            case ApicRegister.LOGICAL_DESTINATION -> apic.logicalDestination = word & OCTET << DESTINATION_SHIFT;
            case ApicRegister.DESTINATION_FORMAT -> apic.destinationFormat = word | ~0 >>> REGISTER_SHIFT;
            case ApicRegister.COMMAND_HIGH -> commandHigh = word & OCTET << DESTINATION_SHIFT;
            case ApicRegister.COMMAND_LOW -> {
                commandLow = word & COMMAND_WRITABLE & ~COMMAND_BUSY;
                command(commandHigh >>> DESTINATION_SHIFT);
            }
            case ApicRegister.VERSION, ApicRegister.ARBITRATION_PRIORITY, ApicRegister.PROCESSOR_PRIORITY,
                ApicRegister.REMOTE_READ, ApicRegister.CURRENT_COUNT -> { }
            default -> {
                if (isWritable(register)) {
                    set(register, word);
                } else if (!exists(register)) {
                    apic.error(LocalApic.ERROR_ILLEGAL_REGISTER);
                }
            }
        }
    }

    /** Whether both faces write the register alike. */
    private static boolean isWritable(final int register) {
        return switch (register) {
            case ApicRegister.TASK_PRIORITY, ApicRegister.END_OF_INTERRUPT, ApicRegister.SPURIOUS,
                ApicRegister.ERROR_STATUS, ApicRegister.INITIAL_COUNT, ApicRegister.DIVIDE -> true;
            default -> LocalVectors.entry(register) >= 0;
        };
    }

    /** What a write may set there; all else is ignored in memory and a fault in an MSR. */
    private static long writable(final int register) {
        return switch (register) {
            case ApicRegister.TASK_PRIORITY, ApicRegister.SELF_INTERRUPT -> OCTET;
            case ApicRegister.END_OF_INTERRUPT, ApicRegister.ERROR_STATUS -> 0;
            case ApicRegister.SPURIOUS -> SPURIOUS_MASK;
            case ApicRegister.INITIAL_COUNT -> WORD;
            case ApicRegister.DIVIDE -> DIVIDE_MASK;
            default -> LocalVectors.writable(LocalVectors.entry(register)) | READ_ONLY_VECTOR_BITS;
        };
    }

    private void set(final int register, final int value) {
        final int allowed = (int) (value & writable(register));
        switch (register) {
            case ApicRegister.TASK_PRIORITY -> {
                apic.taskPriority = allowed;
                apic.changed();
            }
            case ApicRegister.END_OF_INTERRUPT -> apic.end();
            case ApicRegister.SPURIOUS -> apic.writeSpurious(allowed);
            case ApicRegister.ERROR_STATUS -> apic.latchErrors();
            case ApicRegister.INITIAL_COUNT -> apic.timer.start(allowed & WORD);
            case ApicRegister.DIVIDE -> apic.timer.divide(allowed);
            default -> apic.writeLocalVector(LocalVectors.entry(register), allowed);
        }
    }

    // INIT with the level de-asserted only synchronised arbitration, long ago (11.6.1).
    private void command(final int destination) {
        final int mode = commandLow >> COMMAND_MODE_SHIFT & 7;
        final boolean deassert = (commandLow & (COMMAND_ASSERT | COMMAND_LEVEL)) == COMMAND_LEVEL;
        if (mode == MessageBus.INIT && deassert) {
            return;
        }
        apic.send(commandLow >> COMMAND_SHORTHAND_SHIFT & 3, destination, (commandLow & COMMAND_LOGICAL) != 0, mode,
                commandLow & OCTET);
    }

    boolean readMsr(final int msr, final long[] result) {
        final int register = msr - FIRST_MSR;
        if (register >= REGISTERS || !exists(register)) {
            return false;
        }
        result[0] = value(register) & WORD;
        if (register == ApicRegister.COMMAND_LOW) {
            result[0] |= (long) commandHigh << Integer.SIZE;
        }
        return true;
    }

    boolean writeMsr(final int msr, final long value) {
        final int register = msr - FIRST_MSR;
        if (register == ApicRegister.COMMAND_LOW) {
            if ((value & WORD & ~(COMMAND_WRITABLE | COMMAND_BUSY)) != 0) {
                return false;
            }
            commandLow = (int) value & ~COMMAND_BUSY;
            commandHigh = (int) (value >>> Integer.SIZE);
            command(commandHigh);
            return true;
        }
        final boolean self = register == ApicRegister.SELF_INTERRUPT;
        if (register >= REGISTERS || !self && !isWritable(register) || (value & ~writable(register)) != 0) {
            return false;
        }
        if (self) {
            apic.send(1, 0, false, MessageBus.FIXED, (int) value);
        } else {
            set(register, (int) value);
        }
        return true;
    }

    @Override
    public void save(final StateWriter out) {
        out.i32(commandLow).i32(commandHigh);
    }

    @Override
    public void load(final StateReader in) {
        commandLow = in.i32();
        if ((commandLow & ~COMMAND_WRITABLE) != 0) {
            throw in.refused("the command register has bits that it cannot have: value=" + commandLow);
        }
        commandHigh = in.i32();
    }
}

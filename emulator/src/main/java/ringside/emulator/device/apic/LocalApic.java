package ringside.emulator.device.apic;

import java.util.Arrays;
import ringside.emulator.bus.BusDevice;
import ringside.emulator.timing.CycleClock;

/**
 * An xAPIC behind its page of registers: priorities, in-service and request bits, EOI, self-IPI and the timer, one
 * tick a cycle before the divider (Intel SDM volume 3, chapter 11).
 *
 * <p><b>Not modelled:</b> other CPUs, logical destinations, the local interrupt pins, the error register, x2APIC and
 * TSC-deadline mode.
 */
public final class LocalApic implements BusDevice {
    private static final int ID = 0x20;
    private static final int VERSION = 0x30;
    private static final int TASK_PRIORITY = 0x80;
    private static final int PROCESSOR_PRIORITY = 0xA0;
    private static final int END_OF_INTERRUPT = 0xB0;
    private static final int LOGICAL_DESTINATION = 0xD0;
    private static final int DESTINATION_FORMAT = 0xE0;
    private static final int SPURIOUS = 0xF0;
    private static final int IN_SERVICE = 0x100;
    private static final int TRIGGER_MODE = 0x180;
    private static final int REQUEST = 0x200;
    private static final int BIT_REGISTERS = 0x80;
    private static final int COMMAND_LOW = 0x300;
    private static final int COMMAND_HIGH = 0x310;
    private static final int TIMER_VECTOR = 0x320;
    private static final int LOCAL_VECTORS_END = 0x370;
    private static final int INITIAL_COUNT = 0x380;
    private static final int CURRENT_COUNT = 0x390;
    private static final int DIVIDE = 0x3E0;

    private static final int REGISTER_SHIFT = 4;
    private static final int VERSION_VALUE = 0x0005_0014;
    private static final int SPURIOUS_ENABLE = 1 << 8;
    private static final int SPURIOUS_RESET = 0xFF;
    private static final int SPURIOUS_MASK = 0x1FF;
    private static final int MASKED = 1 << 16;
    private static final int PERIODIC = 1 << 17;
    private static final int LOCAL_VECTOR_MASK = 0x3_07FF;
    private static final int SHORTHAND_SHIFT = 18;
    private static final int SHORTHAND_MASK = 3;
    private static final int SHORTHAND_SELF = 1;
    private static final int SHORTHAND_ALL = 2;
    private static final int DESTINATION_SHIFT = 24;
    private static final int COMMAND_PENDING = 1 << 12;
    private static final int DELIVERY_MODE = 7 << 8;
    private static final int DIVIDE_MASK = 0xB;
    private static final int CLASS = 0xF0;
    private static final int VECTOR = 0xFF;
    private static final int FIRST_LEGAL_VECTOR = 16;
    private static final long COUNT_MASK = 0xFFFF_FFFFL;

    private final CycleClock clock;
    private final Runnable changed;
    private final CycleClock.Deadline expiry;
    private final VectorSet request = new VectorSet();
    private final VectorSet inService = new VectorSet();
    private final int[] localVectors = new int[(LOCAL_VECTORS_END - TIMER_VECTOR >> REGISTER_SHIFT) + 1];
    private int taskPriority;
    private int logicalDestination;
    private int destinationFormat = -1;
    private int spurious = SPURIOUS_RESET;
    private int commandLow;
    private int commandHigh;
    private int divide;
    private long initialCount;
    private long startedAt;

    /**
     * Makes an APIC after reset: disabled, everything masked.
     *
     * @param clock   runs the timer
     * @param changed told when {@link #pending()} may have changed
     */
    public LocalApic(final CycleClock clock, final Runnable changed) {
        this.clock = clock;
        this.changed = changed;
        expiry = clock.deadline(this::expire);
        Arrays.fill(localVectors, MASKED);
    }

    /** {@return whether an interrupt wants to be delivered and its priority allows it} */
    public boolean pending() {
        final int highest = request.highest();
        return highest != VectorSet.NONE && (highest & CLASS) > (processorPriority() & CLASS);
    }

    /** {@return whether the timer runs and will interrupt; one that is masked never wakes anybody} */
    public boolean expectsInterrupt() {
        return expiry.at() != CycleClock.NEVER && (localVectors[0] & MASKED) == 0;
    }

    /** {@return the vector to deliver, now in service; only after {@link #pending()} said so} */
    public int acknowledge() {
        final int vector = request.highest();
        request.remove(vector);
        inService.add(vector);
        return vector;
    }

    private int processorPriority() {
        final int serving = Math.max(inService.highest(), 0);
        return (taskPriority & CLASS) >= (serving & CLASS) ? taskPriority : serving & CLASS;
    }

    private void raise(final int vector) {
        if (vector >= FIRST_LEGAL_VECTOR && (spurious & SPURIOUS_ENABLE) != 0) {
            request.add(vector);
            changed.run();
        }
    }

    private void expire() {
        final int timer = localVectors[0];
        if ((timer & PERIODIC) != 0) {
            startedAt += initialCount << divideShift();
            expiry.set(startedAt + (initialCount << divideShift()));
        } else {
            initialCount = 0;
        }
        if ((timer & MASKED) == 0) {
            raise(timer & VECTOR);
        }
    }

    private int divideShift() {
        final int code = divide & 3 | divide >> 1 & 4;
        return code + 1 & 7;
    }

    private long currentCount() {
        if (initialCount == 0) {
            return 0;
        }
        final long passed = clock.now() - startedAt >> divideShift();
        return Math.max(initialCount - passed, 0);
    }

    private void startTimer(final long count) {
        initialCount = count;
        startedAt = clock.now();
        expiry.set(count == 0 ? CycleClock.NEVER : startedAt + (count << divideShift()));
    }

    // What is left of the count goes on at the new rate.
    private void changeDivider(final int value) {
        final long left = currentCount();
        divide = value;
        if (initialCount != 0) {
            startedAt = clock.now() - (initialCount - left << divideShift());
            expiry.set(startedAt + (initialCount << divideShift()));
        }
    }

    @Override
    public long read(final int offset, final int size) {
        if (size != Integer.BYTES || (offset & (1 << REGISTER_SHIFT) - 1) != 0) {
            return 0;
        }
        return COUNT_MASK & switch (offset) {
            case ID -> 0;
            case VERSION -> VERSION_VALUE;
            case TASK_PRIORITY -> taskPriority;
            case PROCESSOR_PRIORITY -> processorPriority();
            case LOGICAL_DESTINATION -> logicalDestination;
            case DESTINATION_FORMAT -> destinationFormat;
            case SPURIOUS -> spurious;
            case COMMAND_LOW -> commandLow;
            case COMMAND_HIGH -> commandHigh;
            case INITIAL_COUNT -> initialCount;
            case CURRENT_COUNT -> currentCount();
            case DIVIDE -> divide;
            default -> readFamily(offset);
        };
    }

    private long readFamily(final int offset) {
        if (offset >= IN_SERVICE && offset < TRIGGER_MODE) {
            return inService.register(offset - IN_SERVICE >> REGISTER_SHIFT);
        }
        if (offset >= REQUEST && offset < REQUEST + BIT_REGISTERS) {
            return request.register(offset - REQUEST >> REGISTER_SHIFT);
        }
        if (offset >= TIMER_VECTOR && offset <= LOCAL_VECTORS_END) {
            return localVectors[offset - TIMER_VECTOR >> REGISTER_SHIFT];
        }
        return 0;
    }

    @Override
    public void write(final int offset, final int size, final long value) {
        if (size != Integer.BYTES || (offset & (1 << REGISTER_SHIFT) - 1) != 0) {
            return;
        }
        final int word = (int) value;
        switch (offset) {
            case TASK_PRIORITY -> {
                taskPriority = word & VECTOR;
                changed.run();
            }
            case END_OF_INTERRUPT -> {
                if (inService.highest() != VectorSet.NONE) {
                    inService.remove(inService.highest());
                }
                changed.run();
            }
            case LOGICAL_DESTINATION -> logicalDestination = word & ~(int) (COUNT_MASK >>> Byte.SIZE);
            case DESTINATION_FORMAT -> destinationFormat = word | ~0 >>> REGISTER_SHIFT;
            case SPURIOUS -> writeSpurious(word & SPURIOUS_MASK);
            case COMMAND_LOW -> command(word);
            case COMMAND_HIGH -> commandHigh = word;
            case INITIAL_COUNT -> startTimer(value & COUNT_MASK);
            case DIVIDE -> changeDivider(word & DIVIDE_MASK);
            default -> {
                if (offset >= TIMER_VECTOR && offset <= LOCAL_VECTORS_END) {
                    final int disabled = (spurious & SPURIOUS_ENABLE) == 0 ? MASKED : 0;
                    localVectors[offset - TIMER_VECTOR >> REGISTER_SHIFT] = word & LOCAL_VECTOR_MASK | disabled;
                }
            }
        }
    }

    // A disabled APIC has all its local vectors masked (11.4.7.2).
    private void writeSpurious(final int value) {
        spurious = value;
        if ((value & SPURIOUS_ENABLE) == 0) {
            for (int i = 0; i < localVectors.length; i++) {
                localVectors[i] |= MASKED;
            }
        }
    }

    private void command(final int word) {
        commandLow = word & ~COMMAND_PENDING;
        final int shorthand = word >> SHORTHAND_SHIFT & SHORTHAND_MASK;
        final boolean toSelf = shorthand == SHORTHAND_SELF || shorthand == SHORTHAND_ALL
                || shorthand == 0 && commandHigh >>> DESTINATION_SHIFT == 0;
        if (toSelf && (word & DELIVERY_MODE) == 0) {
            raise(word & VECTOR);
        }
    }
}

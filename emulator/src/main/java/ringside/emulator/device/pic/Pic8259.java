package ringside.emulator.device.pic;

import ringside.emulator.bus.BusDevice;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * One 8259A (Intel data sheet 231468): eight inputs, a priority among them, and the vector of the one that wins.
 *
 * <p><b>Not modelled:</b> the 8085's mode, buffered mode, and initialisation that says there is no cascade.
 */
final class Pic8259 implements BusDevice, Stateful {
    private static final int INPUTS = 8;
    private static final int ALL = 0xFF;
    private static final int LOWEST = 7;
    static final int NONE = -1;

    private static final int ICW1 = 1 << 4;
    private static final int ICW1_WITH_ICW4 = 1;
    private static final int ICW1_SINGLE = 1 << 1;
    private static final int ICW1_LEVEL = 1 << 3;
    private static final int ICW2_VECTOR = 0xF8;
    private static final int ICW4_AUTOMATIC_END = 1 << 1;
    private static final int ICW4_FULLY_NESTED = 1 << 4;
    private static final int OCW3 = 1 << 3;
    private static final int OCW3_POLL = 1 << 2;
    private static final int OCW3_MASK_COMMAND = 1 << 6;
    private static final int OCW3_MASK_MODE = 1 << 5;
    private static final int OCW3_READ_COMMAND = 1 << 1;
    private static final int OCW2_SHIFT = 5;
    private static final int POLLED = 1 << 7;

    private final boolean cascades;
    private final int cascadeInput;
    private final int levelAllowed;
    private final Runnable changed;
    private int inputs;
    private int request;
    private int inService;
    private int mask;
    private int levels;
    private boolean allLevels;
    private int vectorBase;
    private int lowestPriority = LOWEST;
    private int nextWord;
    private boolean withIcw4;
    private boolean automaticEnd;
    private boolean rotateOnEnd;
    private boolean fullyNested;
    private boolean specialMask;
    private boolean readInService;
    private boolean polling;

    /**
     * Makes a controller as firmware leaves it: initialised, everything masked.
     *
     * @param vectorBase   of input 0
     * @param cascadeInput where another one's output arrives, or -1
     * @param levelAllowed inputs that the level register can switch
     * @param changed      told when {@link #asks()} may have changed
     */
    Pic8259(final int vectorBase, final int cascadeInput, final int levelAllowed, final Runnable changed) {
        this.vectorBase = vectorBase;
        this.cascadeInput = cascadeInput;
        this.levelAllowed = levelAllowed;
        this.changed = changed;
        cascades = cascadeInput >= 0;
        mask = ALL;
    }

    /** {@return what its registers hold} */
    PicState state() {
        return new PicState(vectorBase, request, inService, mask, allLevels ? ALL : levels);
    }

    private boolean isLevel(final int input) {
        return allLevels || (levels >> input & 1) != 0;
    }

    /** A request lasts while its input is high, be it made by an edge or by a level. */
    void set(final int input, final boolean level) {
        final int bit = 1 << input;
        final boolean rises = level && (inputs & bit) == 0;
        inputs = level ? inputs | bit : inputs & ~bit;
        if (!level) {
            request &= ~bit;
        } else if (rises || isLevel(input)) {
            request |= bit;
        }
        changed.run();
    }

    boolean listens(final int input) {
        return (mask >> input & 1) == 0;
    }

    /** {@return the distance from the highest priority, 8 for an empty set} */
    private int urgency(final int set) {
        int urgency = 0;
        while (urgency < INPUTS && (set >> (lowestPriority + 1 + urgency & LOWEST) & 1) == 0) {
            urgency++;
        }
        return urgency;
    }

    /** {@return the input that is to interrupt, or {@link #NONE}} */
    private int winner() {
        final int urgency = urgency(request & ~mask);
        int serving = inService;
        if (specialMask) {
            serving &= ~mask;
        }
        if (fullyNested && cascades) {
            serving &= ~(1 << cascadeInput);
        }
        return urgency < urgency(serving) ? lowestPriority + 1 + urgency & LOWEST : NONE;
    }

    boolean asks() {
        return winner() != NONE;
    }

    /** {@return the input that the CPU's acknowledgement puts in service; {@link #NONE} where nobody asks any more} */
    int acknowledge() {
        final int input = winner();
        if (input != NONE) {
            final int bit = 1 << input;
            if (!isLevel(input)) {
                request &= ~bit;
            }
            if (!automaticEnd) {
                inService |= bit;
            } else if (rotateOnEnd) {
                lowestPriority = input;
            }
            changed.run();
        }
        return input;
    }

    /** {@return the vector of an input; without one that of input 7, the spurious one} */
    int vector(final int input) {
        return vectorBase | (input == NONE ? LOWEST : input);
    }

    @Override
    public long read(final int offset, final int size) {
        if (polling) {
            polling = false;
            final int input = acknowledge();
            return input == NONE ? 0 : POLLED | input;
        }
        if (offset != 0) {
            return mask;
        }
        return readInService ? inService : request;
    }

    @Override
    public void write(final int offset, final int size, final long value) {
        final int octet = (int) value & ALL;
        if (offset != 0) {
            writeData(octet);
        } else if ((octet & ICW1) != 0) {
            initialise(octet);
        } else if ((octet & OCW3) != 0) {
            writeOcw3(octet);
        } else {
            writeOcw2(octet >> OCW2_SHIFT, octet & LOWEST);
        }
        changed.run();
    }

    // What is asserted by level goes on asking; an edge must come again.
    private void initialise(final int icw1) {
        withIcw4 = (icw1 & ICW1_WITH_ICW4) != 0;
        allLevels = (icw1 & ICW1_LEVEL) != 0;
        nextWord = (icw1 & ICW1_SINGLE) != 0 ? 2 | INPUTS : 2;
        request = inputs & (allLevels ? ALL : levels);
        inService = 0;
        mask = 0;
        lowestPriority = LOWEST;
        automaticEnd = false;
        rotateOnEnd = false;
        fullyNested = false;
        specialMask = false;
        readInService = false;
        polling = false;
    }

    private void writeData(final int octet) {
        switch (nextWord & LOWEST) {
            case 2 -> {
                vectorBase = octet & ICW2_VECTOR;
                nextWord = (nextWord & INPUTS) == 0 ? 3 : afterCascade();
            }
            case 3 -> nextWord = afterCascade();
            case 4 -> {
                automaticEnd = (octet & ICW4_AUTOMATIC_END) != 0;
                fullyNested = (octet & ICW4_FULLY_NESTED) != 0;
                nextWord = 0;
            }
            default -> mask = octet;
        }
    }

    private int afterCascade() {
        return withIcw4 ? 4 : 0;
    }

    private void writeOcw2(final int command, final int level) {
        final int urgency = urgency(inService);
        final int serving = urgency == INPUTS ? NONE : lowestPriority + 1 + urgency & LOWEST;
        switch (command) {
            case 0 -> rotateOnEnd = false;
            case 4 -> rotateOnEnd = true;
            case 1 -> end(serving, false);
            case 5 -> end(serving, true);
            case 3 -> end(level, false);
            case 7 -> end(level, true);
            case 6 -> lowestPriority = level;
            default -> { }
        }
    }

    private void end(final int input, final boolean rotate) {
        if (input != NONE) {
            inService &= ~(1 << input);
            if (rotate) {
                lowestPriority = input;
            }
        }
    }

    private void writeOcw3(final int octet) {
        polling = (octet & OCW3_POLL) != 0;
        if ((octet & OCW3_READ_COMMAND) != 0) {
            readInService = (octet & 1) != 0;
        }
        if ((octet & OCW3_MASK_COMMAND) != 0) {
            specialMask = (octet & OCW3_MASK_MODE) != 0;
        }
    }

    int levels() {
        return levels;
    }

    /** Sets which inputs are triggered by level (the ELCR of a PCI chip set). */
    void levels(final int value) {
        levels = value & levelAllowed;
        request = request & ~levels | inputs & levels;
        changed.run();
    }

    @Override
    public void save(final StateWriter out) {
        out.u8(inputs).u8(request).u8(inService).u8(mask).u8(levels).bool(allLevels).u8(vectorBase)
                .u8(lowestPriority).u8(nextWord).bool(withIcw4).bool(automaticEnd).bool(rotateOnEnd)
                .bool(fullyNested).bool(specialMask).bool(readInService).bool(polling);
    }

    @Override
    public void load(final StateReader in) {
        inputs = in.u8();
        request = in.u8();
        inService = in.u8();
        mask = in.u8();
        levels = in.u8() & levelAllowed;
        allLevels = in.bool();
        vectorBase = in.u8();
        lowestPriority = in.u8() & LOWEST;
        nextWord = in.u8();
        withIcw4 = in.bool();
        automaticEnd = in.bool();
        rotateOnEnd = in.bool();
        fullyNested = in.bool();
        specialMask = in.bool();
        readInService = in.bool();
        polling = in.bool();
    }
}

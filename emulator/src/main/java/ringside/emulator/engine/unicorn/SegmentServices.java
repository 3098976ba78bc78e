package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import ringside.emulator.engine.GuestPaging;

/**
 * Segments: bases of LDTR and TR that are no addresses, and those of FS and GS that stay when a return to an outer
 * level makes the selector null (Intel SDM volume 2, IRET and RET: the selector is cleared, nothing else is).
 */
final class SegmentServices {
    private static final int INDEX_AND_TABLE = 0xFFFC;
    private static final int IN_LOCAL_TABLE = 4;
    private static final int INDEX = 0xFFF8;
    private static final int LONG_DESCRIPTOR = 16;
    private static final int PRESENT = 1 << 15;
    private static final int LOW_BASE = 16;
    private static final int MIDDLE_BASE = 0xFF;
    private static final int HIGH_BASE = 0xFF << 24;

    private final UnicornEngine engine;
    private final MemorySegment env;
    private boolean returning;
    private int fsSelector;
    private int gsSelector;
    private long fsBase;
    private long gsBase;

    SegmentServices(final UnicornEngine engine, final MemorySegment env) {
        this.engine = engine;
        this.env = env;
    }

    /** {@return whether LLDT or LTR is refused because of the base} A segment that is not present is another fault. */
    boolean refused(final int selector) {
        final int offset = selector & INDEX;
        final int limit = env.get(JAVA_INT, Env.GDT + Env.SEG_LIMIT);
        if ((selector & INDEX_AND_TABLE) == 0 || (selector & IN_LOCAL_TABLE) != 0
                || Integer.toUnsignedLong(limit) < offset + LONG_DESCRIPTOR - 1) {
            return false;
        }
        final long descriptor = env.get(JAVA_LONG, Env.GDT + Env.SEG_BASE) + offset;
        final int low = word(descriptor);
        final int high = word(descriptor + Integer.BYTES);
        final long base = (long) word(descriptor + 2 * Integer.BYTES) << Integer.SIZE
                | Integer.toUnsignedLong(low >>> LOW_BASE | (high & MIDDLE_BASE) << LOW_BASE | high & HIGH_BASE);
        return (high & PRESENT) != 0 && !ModelRegisters.canonical(base);
    }

    /** Four bytes as level 0 reads them; 0 where there is a fault to come. */
    private int word(final long linear) {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            final long physical = ModelRegisters.canonical(linear + i)
                    ? GuestPaging.translate(engine, linear + i) : GuestPaging.UNMAPPED;
            if (physical == GuestPaging.UNMAPPED) {
                return 0;
            }
            value |= Byte.toUnsignedInt(engine.ram().get(JAVA_BYTE, physical)) << i * Byte.SIZE;
        }
        return value;
    }

    /** A return begins that may make FS or GS null. What becomes of it is looked at before anything else runs. */
    void returns() {
        returning = true;
        fsSelector = selector(Env.FS);
        gsSelector = selector(Env.GS);
        fsBase = env.get(JAVA_LONG, Env.segment(Env.FS) + Env.SEG_BASE);
        gsBase = env.get(JAVA_LONG, Env.segment(Env.GS) + Env.SEG_BASE);
        engine.demandAttention();
    }

    /** A return that began has been done by now, or has faulted. */
    void settle() {
        if (returning) {
            returning = false;
            settle(Env.FS, fsSelector, fsBase);
            settle(Env.GS, gsSelector, gsBase);
        }
    }

    private void settle(final int segment, final int selector, final long base) {
        if (selector != 0 && selector(segment) == 0) {
            env.set(JAVA_LONG, Env.segment(segment) + Env.SEG_BASE, base);
        }
    }

    private int selector(final int segment) {
        return env.get(JAVA_INT, Env.segment(segment) + Env.SEG_SELECTOR) & INDEX_AND_TABLE;
    }
}

package ringside.emulator.machine;

import java.util.function.LongSupplier;
import ringside.emulator.device.apic.LocalApic;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.toolchain.platform.PcLayout;

/**
 * The model-specific registers that belong to the machine: time, the local APIC, memory types and what kernels ask of
 * the model (Intel SDM volume 4, table 2-2). The engine keeps those that change how instructions run; there are no
 * others.
 *
 * <p>Memory types are kept and mean nothing: the model's caches are coherent.
 */
final class Msrs implements Stateful {
    private static final int TIME_STAMP_COUNTER = 0x10;
    private static final int PLATFORM_ID = 0x17;
    private static final int APIC_BASE = 0x1B;
    private static final int FEATURE_CONTROL = 0x3A;
    private static final int TSC_ADJUST = 0x3B;
    private static final int MICROCODE_REVISION = 0x8B;
    private static final int PLATFORM_INFO = 0xCE;
    private static final int MTRR_CAPABILITIES = 0xFE;
    private static final int PERFORMANCE_STATUS = 0x198;
    private static final int PERFORMANCE_CONTROL = 0x199;
    private static final int MISC_ENABLE = 0x1A0;
    private static final int DEBUG_CONTROL = 0x1D9;
    private static final int MTRR_VARIABLE = 0x200;
    private static final int MTRR_FIXED_64K = 0x250;
    private static final int MTRR_FIXED_16K = 0x258;
    private static final int MTRR_FIXED_4K = 0x268;
    private static final int MTRR_DEFAULT = 0x2FF;
    private static final int TSC_DEADLINE = 0x6E0;
    private static final int X2APIC = 0x800;
    private static final int X2APIC_END = 0x900;

    private static final int VARIABLE_REGISTERS = 16;
    private static final int FIXED_16K_REGISTERS = 2;
    private static final int FIXED_4K_REGISTERS = 8;
    private static final int FIXED_REGISTERS = 1 + FIXED_16K_REGISTERS + FIXED_4K_REGISTERS;
    /** Eight variable ranges, fixed ranges, write combining. */
    private static final long CAPABILITIES = VARIABLE_REGISTERS / 2 | 1 << 8 | 1 << 10;
    private static final long ADDRESS = (1L << 40) - 1;
    private static final long VARIABLE_BASE_WRITABLE = ADDRESS & ~0xF00L;
    private static final long VARIABLE_MASK_WRITABLE = ADDRESS & ~0x7FFL;
    private static final long DEFAULT_WRITABLE = 0xCFF;
    private static final int OCTET = 0xFF;
    private static final int WRITE_BACK = 6;

    private static final long LOCKED = 1;
    /** Fast strings; neither branch tracing nor precise events. */
    private static final long MISC_RESET = 1 | 1 << 11 | 1 << 12;
    private static final long MISC_WRITABLE = 1 | 1 << 3 | 1 << 11 | 1 << 12 | 1 << 16 | 1 << 18 | 1 << 23;
    /** Bus clock of 100 MHz: the nominal frequency's multiple, where processors of the family tell it. */
    private static final long RATIO = PcLayout.CYCLES_PER_SECOND / 100_000_000 << 8;
    private static final long MICROCODE = 1L << Integer.SIZE;

    private final LocalApic apic;
    private final LongSupplier cycles;
    private long start;
    private long adjust;
    private long miscEnable = MISC_RESET;
    private long mtrrDefault;
    private final long[] variable = new long[VARIABLE_REGISTERS];
    private final long[] fixed = new long[FIXED_REGISTERS];

    /** Makes the registers after reset: the time-stamp counter starts at 0 now. */
    Msrs(final LocalApic apic, final LongSupplier cycles) {
        this.apic = apic;
        this.cycles = cycles;
        start = cycles.getAsLong();
        adjust(0);
    }

    long timeStamp() {
        return cycles.getAsLong() - start + adjust;
    }

    private void adjust(final long value) {
        adjust = value;
        apic.tscOffset(value - start);
    }

    boolean read(final int msr, final long[] result) {
        if (msr >= X2APIC && msr < X2APIC_END) {
            return apic.readMsr(msr, result);
        }
        if (isVariable(msr)) {
            result[0] = variable[msr - MTRR_VARIABLE];
            return true;
        }
        final int fixedIndex = fixedIndex(msr);
        if (fixedIndex >= 0) {
            result[0] = fixed[fixedIndex];
            return true;
        }
        switch (msr) {
            case TIME_STAMP_COUNTER -> result[0] = timeStamp();
            case TSC_ADJUST -> result[0] = adjust;
            case TSC_DEADLINE -> result[0] = apic.deadline();
            case APIC_BASE -> result[0] = apic.base();
            case FEATURE_CONTROL -> result[0] = LOCKED;
            case MICROCODE_REVISION -> result[0] = MICROCODE;
            case PLATFORM_INFO, PERFORMANCE_STATUS, PERFORMANCE_CONTROL -> result[0] = RATIO;
            case MTRR_CAPABILITIES -> result[0] = CAPABILITIES;
            case MTRR_DEFAULT -> result[0] = mtrrDefault;
            case MISC_ENABLE -> result[0] = miscEnable;
            case PLATFORM_ID, DEBUG_CONTROL -> result[0] = 0;
            default -> {
                return false;
            }
        }
        return true;
    }

    boolean write(final int msr, final long value) {
        if (msr >= X2APIC && msr < X2APIC_END) {
            return apic.writeMsr(msr, value);
        }
        if (isVariable(msr)) {
            return writeVariable(msr - MTRR_VARIABLE, value);
        }
        final int fixedIndex = fixedIndex(msr);
        if (fixedIndex >= 0) {
            return writeFixed(fixedIndex, value);
        }
        switch (msr) {
            case TIME_STAMP_COUNTER -> adjust(adjust + value - timeStamp());
            case TSC_ADJUST -> adjust(value);
            case TSC_DEADLINE -> apic.writeDeadline(value);
            case APIC_BASE -> {
                return apic.writeBase(value);
            }
            case MTRR_DEFAULT -> {
                final boolean valid = (value & ~DEFAULT_WRITABLE) == 0 && isMemoryType((int) value & OCTET);
                mtrrDefault = valid ? value : mtrrDefault;
                return valid;
            }
            case MISC_ENABLE -> {
                final boolean valid = (value & ~MISC_WRITABLE) == 0;
                miscEnable = valid ? value : miscEnable;
                return valid;
            }
            case MICROCODE_REVISION, PERFORMANCE_CONTROL -> { }
            case DEBUG_CONTROL -> {
                return value == 0;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean isVariable(final int msr) {
        return msr >= MTRR_VARIABLE && msr < MTRR_VARIABLE + VARIABLE_REGISTERS;
    }

    private static int fixedIndex(final int msr) {
        if (msr == MTRR_FIXED_64K) {
            return 0;
        }
        if (msr >= MTRR_FIXED_16K && msr < MTRR_FIXED_16K + FIXED_16K_REGISTERS) {
            return 1 + msr - MTRR_FIXED_16K;
        }
        if (msr >= MTRR_FIXED_4K && msr < MTRR_FIXED_4K + FIXED_4K_REGISTERS) {
            return 1 + FIXED_16K_REGISTERS + msr - MTRR_FIXED_4K;
        }
        return -1;
    }

    // Uncached, write combining, write through, write protected, write back.
    private static boolean isMemoryType(final int type) {
        return type <= 1 || type >= 4 && type <= WRITE_BACK;
    }

    private boolean writeVariable(final int index, final long value) {
        final boolean isBase = (index & 1) == 0;
        final boolean valid = (value & ~(isBase ? VARIABLE_BASE_WRITABLE : VARIABLE_MASK_WRITABLE)) == 0
                && (!isBase || isMemoryType((int) value & OCTET));
        variable[index] = valid ? value : variable[index];
        return valid;
    }

    private boolean writeFixed(final int index, final long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            if (!isMemoryType((int) (value >>> shift) & OCTET)) {
                return false;
            }
        }
        fixed[index] = value;
        return true;
    }

    @Override
    public void save(final StateWriter out) {
        out.i64(start).i64(adjust).i64(miscEnable).i64(mtrrDefault);
        for (final long register : variable) {
            out.i64(register);
        }
        for (final long register : fixed) {
            out.i64(register);
        }
    }

    @Override
    public void load(final StateReader in) {
        start = in.i64(0, Long.MAX_VALUE / 2);
        adjust(in.i64());
        miscEnable = in.i64();
        mtrrDefault = in.i64();
        for (int i = 0; i < variable.length; i++) {
            variable[i] = in.i64();
        }
        for (int i = 0; i < fixed.length; i++) {
            fixed[i] = in.i64();
        }
    }
}

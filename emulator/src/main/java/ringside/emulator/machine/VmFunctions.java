package ringside.emulator.machine;

import ringside.emulator.engine.CpuEngine;
import ringside.emulator.engine.ExtendedPaging;
import ringside.emulator.engine.GuestPaging;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * VM function 0, EPTP switching (Intel SDM volume 3, 25.5.6.3), for a CPU that has no VMX: <b>simulated</b>, and off
 * unless the configuration asks for it. The machine stands for the hypervisor underneath: what that would write into
 * the fields of its control structure the guest writes into two registers of the range that no processor uses
 * (volume 4, table 2-2: 40000000H to 400000FFH), and a leaf of CPUID tells of them. VMFUNC itself, the list of 512
 * EPTPs and the tables behind them are as the manual has them.
 *
 * <p>Where the manual has a VM exit for VMFUNC (another function, an index beyond the list, a bad pointer), this
 * hypervisor answers with #UD. The TLB forgets all at a switch, which costs no cycles and changes no translation.
 */
final class VmFunctions implements Stateful {
    /** Physical address of the list; 0 for none, and then VMFUNC is #UD. */
    static final int EPTP_LIST = 0x4000_00F0;
    /** The EPTP in use; 0 for none. */
    static final int EPTP = 0x4000_00F1;
    /** Leaf of CPUID whose EAX has bit 0 where this is on. */
    static final int LEAF = 0x4000_0001;
    private static final int ENTRIES = 512;
    private static final int LIST_BYTES = ENTRIES * Long.BYTES;

    private final boolean enabled;
    private final CpuEngine engine;
    private long list;

    VmFunctions(final boolean enabled, final CpuEngine engine) {
        this.enabled = enabled;
        this.engine = engine;
    }

    /** Adds to the answer of CPUID. */
    void amend(final int leaf, final int[] result) {
        final int hypervisor = LEAF - 1;
        if (enabled && leaf == hypervisor) {
            result[0] = LEAF;
        } else if (enabled && leaf == LEAF) {
            result[0] = 1;
        }
    }

    boolean read(final int msr, final long[] result) {
        if (!enabled || msr != EPTP_LIST && msr != EPTP) {
            return false;
        }
        result[0] = msr == EPTP ? engine.extendedPageTables() : list;
        return true;
    }

    boolean write(final int msr, final long value) {
        if (!enabled) {
            return false;
        }
        return switch (msr) {
            case EPTP_LIST -> {
                final boolean taken = isList(value);
                list = taken ? value : list;
                yield taken;
            }
            case EPTP -> use(value);
            default -> false;
        };
    }

    private boolean isList(final long physical) {
        return physical >= 0 && physical % LIST_BYTES == 0 && physical <= engine.ram().byteSize() - LIST_BYTES;
    }

    private boolean use(final long pointer) {
        final boolean taken = pointer == 0 || ExtendedPaging.isPointer(pointer);
        if (taken) {
            engine.extendedPageTables(pointer);
        }
        return taken;
    }

    /** {@return whether VMFUNC with these registers is done} */
    boolean execute(final int function, final int index) {
        if (list == 0 || function != 0 || Integer.toUnsignedLong(index) >= ENTRIES) {
            return false;
        }
        final long pointer = GuestPaging.entry(engine.ram(), list + (long) index * Long.BYTES);
        return ExtendedPaging.isPointer(pointer) && use(pointer);
    }

    @Override
    public void save(final StateWriter out) {
        out.i64(list);
    }

    @Override
    public void load(final StateReader in) {
        list = in.i64();
        if (!isList(list) || !enabled && list != 0) {
            throw in.refused("no list of EPTPs: physical=0x" + Long.toHexString(list));
        }
    }
}

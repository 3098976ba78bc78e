package ringside.emulator.device.vga;

import ringside.emulator.bus.ByteDevice;
import ringside.emulator.state.StateException;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * The CRT controller of a colour VGA as far as kernels in text mode use it: an index port and a data port behind which
 * 25 registers keep what was written, the cursor's place in registers 14 and 15 among them. A kernel that asks where
 * the cursor is gets a place on the screen; the screen itself is RAM at 0xB8000 that nobody looks at.
 *
 * <p><b>Not modelled:</b> everything that a register does to a picture, and the write protection of registers 0 to 7.
 */
public final class CursorRegisters implements ByteDevice, Stateful {
    private static final int INDEX = 0;
    private static final int REGISTERS = 25;
    private static final int ALL_ONES = 0xFF;

    private final byte[] registers = new byte[REGISTERS];
    private int index;

    /** Makes the registers, all zero: the cursor is at the top. */
    public CursorRegisters() {
    }

    @Override
    public int readByte(final int offset) {
        if (offset == INDEX) {
            return index;
        }
        return index < REGISTERS ? Byte.toUnsignedInt(registers[index]) : ALL_ONES;
    }

    @Override
    public void writeByte(final int offset, final int octet) {
        if (offset == INDEX) {
            index = octet;
        } else if (index < REGISTERS) {
            registers[index] = (byte) octet;
        }
    }

    @Override
    public void save(final StateWriter out) {
        out.section("crt-controller").u8(index).bytes(registers);
    }

    @Override
    public void load(final StateReader in) {
        index = in.section("crt-controller").u8();
        final byte[] kept = in.bytes(REGISTERS);
        if (kept.length != REGISTERS) {
            throw new StateException("crt-controller", "registers=" + kept.length);
        }
        System.arraycopy(kept, 0, registers, 0, REGISTERS);
    }
}

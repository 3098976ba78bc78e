package ringside.emulator.boot;

import ringside.toolchain.platform.PcLayout;

/**
 * The interrupt vectors of real mode, for kernels that go back there to ask a BIOS.
 *
 * <p>There are no services: every call says so, by a set carry flag and AH = 0x86, which is an answer that callers have
 * to expect. Only those two that cannot fail answer: how much low memory there is, and what equipment. Hardware
 * interrupts on the vectors that a BIOS gives them are acknowledged and forgotten.
 */
final class RealModeVectors {
    /** What INT 0x11 answers, and the BIOS data area has: a coprocessor and one serial port. */
    static final int EQUIPMENT = 1 << 1 | 1 << 9;

    private static final int VECTORS = 256;
    private static final int EQUIPMENT_CALL = 0x11;
    private static final int MEMORY_CALL = 0x12;
    private static final int FIRST_LINE = 0x08;
    private static final int EIGHTH_LINE = 0x70;
    private static final int LINES = 8;
    private static final int KIB_SHIFT = 10;

    private static final int IRET = 0xCF;
    private static final int MOV_AX = 0xB8;
    /** {@code push bp; mov bp, sp; or byte [bp+6], 1; pop bp; mov ah, 0x86; iret}. */
    private static final byte[] NOT_SUPPORTED = {0x55, (byte) 0x89, (byte) 0xE5, (byte) 0x80, 0x4E, 6, 1, 0x5D,
        (byte) 0xB4, (byte) 0x86, (byte) IRET};
    /** {@code push ax; mov al, 0x20; out 0xa0, al; out 0x20, al; pop ax; iret}. */
    private static final byte[] ACKNOWLEDGE_BOTH = {0x50, (byte) 0xB0, 0x20, (byte) 0xE6, (byte) 0xA0, (byte) 0xE6,
        0x20, 0x58, (byte) IRET};
    /** The same without the second controller. */
    private static final byte[] ACKNOWLEDGE = {0x50, (byte) 0xB0, 0x20, (byte) 0xE6, 0x20, 0x58, (byte) IRET};

    private RealModeVectors() {
    }

    /**
     * Appends the code.
     *
     * @param rom  what is at {@link PcLayout#BIOS_AREA} and behind
     * @return the table for address 0
     */
    static byte[] write(final Bytes rom) {
        final int none = append(rom, NOT_SUPPORTED);
        final int first = append(rom, ACKNOWLEDGE);
        final int eighth = append(rom, ACKNOWLEDGE_BOTH);
        final int equipment = append(rom, answer(EQUIPMENT));
        final int memory = append(rom, answer((int) (PcLayout.BOOT_AREA >> KIB_SHIFT)));
        final Bytes table = new Bytes();
        for (int vector = 0; vector < VECTORS; vector++) {
            final int handler;
            if (vector >= FIRST_LINE && vector < FIRST_LINE + LINES) {
                handler = first;
            } else if (vector >= EIGHTH_LINE && vector < EIGHTH_LINE + LINES) {
                handler = eighth;
            } else {
                handler = vector == EQUIPMENT_CALL ? equipment : vector == MEMORY_CALL ? memory : none;
            }
            table.u16(handler).u16((int) (PcLayout.BIOS_AREA >> 4));
        }
        return table.toArray();
    }

    /** {@code mov ax, value; iret}. */
    private static byte[] answer(final int value) {
        return new Bytes().u8(MOV_AX).u16(value).u8(IRET).toArray();
    }

    private static int append(final Bytes rom, final byte[] code) {
        final int at = rom.size();
        rom.put(code);
        return at;
    }
}

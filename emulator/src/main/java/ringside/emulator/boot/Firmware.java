package ringside.emulator.boot;

import ringside.toolchain.platform.PcLayout;

/**
 * What a kernel looks for in the first megabyte because a BIOS leaves it there: the BIOS data area, the start of the
 * extended one, the tables that describe the machine, and vectors for real mode that say no.
 */
final class Firmware {
    private static final int COM1_BASE = 0x400;
    private static final int EBDA_SEGMENT = 0x40E;
    private static final int EQUIPMENT = 0x410;
    private static final int LOW_MEMORY_KIB = 0x413;

    private Firmware() {
    }

    /**
     * Writes it.
     *
     * @param cpus how many there are
     * @return the ACPI root pointer
     */
    static AcpiTables install(final BootMemory memory, final int cpus) {
        final long ebda = PcLayout.BOOT_AREA;
        memory.put(COM1_BASE, new Bytes().u16(PcLayout.COM1_PORT).toArray());
        memory.put(EBDA_SEGMENT, new Bytes().u16((int) (ebda >> 4)).toArray());
        memory.put(EQUIPMENT, new Bytes().u16(RealModeVectors.EQUIPMENT).toArray());
        memory.put(LOW_MEMORY_KIB, new Bytes().u16((int) (ebda >> 10)).toArray());
        memory.put(ebda, new Bytes().u8((int) (PcLayout.LOW_MEMORY_END - ebda >> 10)).toArray());

        final Bytes rom = new Bytes();
        final AcpiTables acpi = AcpiTables.write(rom, PcLayout.BIOS_AREA, cpus);
        MpTables.write(rom, PcLayout.BIOS_AREA, cpus);
        memory.put(0, RealModeVectors.write(rom));
        memory.claim("firmware", "firmware's tables", PcLayout.BIOS_AREA, rom.size());
        memory.put(PcLayout.BIOS_AREA, rom.toArray());
        return acpi;
    }
}

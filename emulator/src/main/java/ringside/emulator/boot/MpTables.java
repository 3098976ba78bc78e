package ringside.emulator.boot;

import ringside.toolchain.platform.PcLayout;

/** The tables of the MultiProcessor Specification 1.4, for kernels that find their CPUs by nothing newer. */
final class MpTables {
    private static final int ALIGN = 16;
    private static final int VERSION_1_4 = 4;
    private static final int CONFIGURATION_LENGTH = 4;
    private static final int CONFIGURATION_CHECKSUM = 7;
    private static final int CONFIGURATION_ENTRIES = 34;
    private static final int POINTER_BYTES = 16;
    private static final int POINTER_CHECKSUM = 10;

    private static final int LAPIC_VERSION = 0x14;
    private static final int IOAPIC_VERSION = 0x11;
    private static final int ENABLED = 1;
    private static final int BOOT_CPU = 2;
    /** Family 6, and a floating-point unit, CMPXCHG8B and an APIC among its features. */
    private static final int FAMILY_6 = 0x600;
    private static final int FEATURES = 1 | 1 << 8 | 1 << 9;

    private static final int PCI_BUS = 0;
    private static final int ISA_BUS = 1;
    private static final int ISA_LINES = 16;
    private static final int CASCADE_LINE = 2;
    private static final int ACTIVE_HIGH_LEVEL = 0xD;
    private static final int VECTORED = 0;
    private static final int NMI = 1;
    private static final int EXTERNAL = 3;
    private static final int EVERY_APIC = 0xff;

    private MpTables() {
    }

    /**
     * Appends the configuration table and the floating pointer to it.
     *
     * @param rom  what is at {@code base} and behind
     * @param base physical
     * @param cpus how many; their local APICs are numbered from 0
     */
    static void write(final Bytes rom, final long base, final int cpus) {
        rom.align(ALIGN);
        final long configuration = base + rom.size();
        rom.put(configuration(cpus));
        rom.align(ALIGN);
        final Bytes pointer = new Bytes().text("_MP_").u32(configuration).u8(1).u8(VERSION_1_4).zeros(6);
        pointer.patch8(POINTER_CHECKSUM, pointer.checksum(0, POINTER_BYTES));
        rom.put(pointer.toArray());
    }

    private static byte[] configuration(final int cpus) {
        final Bytes t = new Bytes().text("PCMP").u16(0).u8(VERSION_1_4).u8(0).text("RINGSIDE").text("MACHINE     ")
                .u32(0).u16(0).u16(0).u32(PcLayout.LAPIC_BASE).u32(0);
        int entries = 0;
        for (int cpu = 0; cpu < cpus; cpu++, entries++) {
            t.u8(0).u8(cpu).u8(LAPIC_VERSION).u8(cpu == 0 ? ENABLED | BOOT_CPU : ENABLED).u32(FAMILY_6).u32(FEATURES)
                    .zeros(8);
        }
        t.u8(1).u8(PCI_BUS).text("PCI   ");
        t.u8(1).u8(ISA_BUS).text("ISA   ");
        t.u8(2).u8(PcLayout.IOAPIC_ID).u8(IOAPIC_VERSION).u8(ENABLED).u32(PcLayout.IOAPIC_BASE);
        entries += 3;
        for (int line = 0; line < ISA_LINES; line++) {
            if (line != CASCADE_LINE) {
                interrupt(t, 0, ISA_BUS, line, line == 0 ? PcLayout.PIT_IOAPIC_PIN : line);
                entries++;
            }
        }
        for (final PciRoutes.Route route : PciRoutes.all()) {
            interrupt(t, ACTIVE_HIGH_LEVEL, PCI_BUS, route.device() << 2 | route.pin(), route.line());
            entries++;
        }
        t.u8(4).u8(EXTERNAL).u16(0).u8(ISA_BUS).u8(0).u8(EVERY_APIC).u8(0);
        t.u8(4).u8(NMI).u16(0).u8(ISA_BUS).u8(0).u8(EVERY_APIC).u8(1);
        entries += 2;
        t.patch8(CONFIGURATION_LENGTH, t.size());
        t.patch8(CONFIGURATION_LENGTH + 1, t.size() >> 8);
        t.patch8(CONFIGURATION_ENTRIES, entries);
        t.patch8(CONFIGURATION_CHECKSUM, t.checksum(0, t.size()));
        return t.toArray();
    }

    private static void interrupt(final Bytes to, final int flags, final int bus, final int source, final int pin) {
        to.u8(3).u8(VECTORED).u16(flags).u8(bus).u8(source).u8(PcLayout.IOAPIC_ID).u8(pin);
    }
}

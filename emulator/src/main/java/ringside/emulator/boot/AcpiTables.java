package ringside.emulator.boot;

import java.util.Arrays;
import java.util.List;
import ringside.toolchain.platform.PcLayout;

/**
 * The ACPI tables of the machine (ACPI 6.5, chapter 5): RSDP, RSDT and XSDT, FADT, FACS, DSDT, MADT.
 *
 * <p>ACPI is enabled from the start, and there is no SMI to change that. Not there: MCFG (configuration space goes by
 * ports) and HPET.
 *
 * @param rootPointer physical address of the RSDP
 * @param root        the RSDP itself; the first {@link #OLD_ROOT_BYTES} are one of ACPI 1.0
 */
record AcpiTables(long rootPointer, byte[] root) {
    /** Bytes of an RSDP of ACPI 1.0. */
    static final int OLD_ROOT_BYTES = 20;

    private static final int ROOT_BYTES = 36;
    private static final int TABLE_LENGTH = 4;
    private static final int TABLE_CHECKSUM = 9;
    private static final int TABLE_ALIGN = 16;
    private static final int FACS_ALIGN = 64;
    private static final int FACS_BYTES = 64;
    private static final int IO_SPACE = 1;

    private static final int FADT_REVISION = 3;
    private static final int PM1_EVENT_BYTES = 4;
    private static final int PM1_CONTROL_BYTES = 2;
    private static final int PM_TIMER_BYTES = 4;
    private static final int NO_SUCH_STATE = 0xfff;
    private static final int CENTURY = 0x32;
    /** Serial ports and a clock, and neither a keyboard controller nor a display. */
    private static final int BOOT_ARCHITECTURE = 1 | 1 << 2;
    /** WBINVD works, HLT on every CPU, no fixed power and sleep buttons, the reset register is there. */
    private static final long FADT_FLAGS = 1 | 1 << 2 | 1 << 4 | 1 << 5 | 1 << 10;

    private static final int MADT_REVISION = 3;
    private static final int ACTIVE_HIGH_LEVEL = 0xD;
    private static final int EVERY_CPU = 0xff;

    /**
     * Appends the tables.
     *
     * @param rom  what is at {@code base} and behind
     * @param base physical
     * @param cpus how many; their local APICs are numbered from 0
     */
    static AcpiTables write(final Bytes rom, final long base, final int cpus) {
        final long facs = append(rom, base, FACS_ALIGN,
                new Bytes().text("FACS").u32(FACS_BYTES).zeros(24).u8(1).zeros(31));
        final long dsdt = append(rom, base, TABLE_ALIGN, table("DSDT", 2, Dsdt.terms()));
        final List<Long> tables = List.of(
                append(rom, base, TABLE_ALIGN, table("FACP", FADT_REVISION, fadt(facs, dsdt))),
                append(rom, base, TABLE_ALIGN, table("APIC", MADT_REVISION, madt(cpus))));
        final Bytes narrow = new Bytes();
        final Bytes wide = new Bytes();
        for (final long table : tables) {
            narrow.u32(table);
            wide.u64(table);
        }
        final long rsdt = append(rom, base, TABLE_ALIGN, table("RSDT", 1, narrow));
        final long xsdt = append(rom, base, TABLE_ALIGN, table("XSDT", 1, wide));
        final Bytes root = root(rsdt, xsdt);
        return new AcpiTables(append(rom, base, TABLE_ALIGN, root), root.toArray());
    }

    /** {@return the RSDP as ACPI 1.0 knows it} */
    byte[] oldRoot() {
        return Arrays.copyOf(root, OLD_ROOT_BYTES);
    }

    private static long append(final Bytes rom, final long base, final int align, final Bytes table) {
        rom.align(align);
        final long at = base + rom.size();
        rom.put(table.toArray());
        return at;
    }

    private static Bytes table(final String signature, final int revision, final Bytes content) {
        final Bytes table = new Bytes().text(signature).u32(0).u8(revision).u8(0).text("RINGSD").text("RINGSIDE")
                .u32(1).text("RING").u32(1).put(content.toArray());
        table.patch32(TABLE_LENGTH, table.size());
        table.patch8(TABLE_CHECKSUM, table.checksum(0, table.size()));
        return table;
    }

    private static Bytes root(final long rsdt, final long xsdt) {
        final Bytes root = new Bytes().text("RSD PTR ").u8(0).text("RINGSD").u8(2).u32(rsdt).u32(ROOT_BYTES).u64(xsdt)
                .zeros(4);
        root.patch8(8, root.checksum(0, OLD_ROOT_BYTES));
        root.patch8(32, root.checksum(0, ROOT_BYTES));
        return root;
    }

    private static Bytes fadt(final long facs, final long dsdt) {
        final Bytes t = new Bytes().u32(facs).u32(dsdt).u8(0).u8(1).u16(PcLayout.ACPI_IRQ).u32(0).zeros(4);
        t.u32(PcLayout.ACPI_EVENT_PORT).u32(0).u32(PcLayout.ACPI_CONTROL_PORT).u32(0).u32(0);
        t.u32(PcLayout.ACPI_TIMER_PORT).u32(0).u32(0);
        t.u8(PM1_EVENT_BYTES).u8(PM1_CONTROL_BYTES).u8(0).u8(PM_TIMER_BYTES).zeros(4);
        t.u16(NO_SUCH_STATE).u16(NO_SUCH_STATE).zeros(8).u8(CENTURY).u16(BOOT_ARCHITECTURE).u8(0).u32(FADT_FLAGS);
        register(t, PcLayout.RESET_PORT, 1);
        t.u8(PcLayout.RESET_VALUE).zeros(3).u64(0).u64(dsdt);
        register(t, PcLayout.ACPI_EVENT_PORT, PM1_EVENT_BYTES);
        t.zeros(12);
        register(t, PcLayout.ACPI_CONTROL_PORT, PM1_CONTROL_BYTES);
        t.zeros(24);
        register(t, PcLayout.ACPI_TIMER_PORT, PM_TIMER_BYTES);
        return t.zeros(24);
    }

    /** A Generic Address Structure: a port of so many bytes (ACPI 6.5, 5.2.3.2). */
    private static void register(final Bytes to, final int port, final int bytes) {
        final int access = Integer.numberOfTrailingZeros(bytes) + 1;
        to.u8(IO_SPACE).u8(bytes * Byte.SIZE).u8(0).u8(access).u64(port);
    }

    private static Bytes madt(final int cpus) {
        final Bytes t = new Bytes().u32(PcLayout.LAPIC_BASE).u32(1);
        for (int cpu = 0; cpu < cpus; cpu++) {
            t.u8(0).u8(8).u8(cpu).u8(cpu).u32(1);
        }
        t.u8(1).u8(12).u8(PcLayout.IOAPIC_ID).u8(0).u32(PcLayout.IOAPIC_BASE).u32(0);
        override(t, 0, PcLayout.PIT_IOAPIC_PIN, 0);
        override(t, PcLayout.ACPI_IRQ, PcLayout.ACPI_IRQ, ACTIVE_HIGH_LEVEL);
        for (int i = 0; i < PciRoutes.LINES; i++) {
            final int line = PcLayout.PCI_FIRST_IRQ + i;
            override(t, line, line, ACTIVE_HIGH_LEVEL);
        }
        return t.u8(4).u8(6).u8(EVERY_CPU).u16(0).u8(1);
    }

    private static void override(final Bytes to, final int irq, final int pin, final int flags) {
        to.u8(2).u8(10).u8(0).u8(irq).u32(pin).u16(flags);
    }
}

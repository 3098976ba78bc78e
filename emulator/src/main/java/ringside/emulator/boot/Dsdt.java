package ringside.emulator.boot;

import ringside.toolchain.platform.PcLayout;

/** What the DSDT declares: how to switch off, the PCI root bridge, the serial port and the clock; no methods. */
final class Dsdt {
    private static final int BUS_NUMBERS = 2;
    private static final int IO_RANGE = 1;
    private static final int ENTIRE_RANGE = 3;
    private static final int WHOLE_DEVICE = 0xffff;

    private Dsdt() {
    }

    static Bytes terms() {
        final Bytes off = Aml.integer(PcLayout.ACPI_SLEEP_OFF);
        final Bytes s5 = Aml.name("_S5", Aml.pack(off, off, Aml.integer(0), Aml.integer(0)));
        return s5.put(Aml.scope("_SB", bridge(),
                device("COM1", "PNP0501", 1, Aml.ports(PcLayout.COM1_PORT, PcLayout.COM1_PORT_COUNT),
                        Aml.irq(PcLayout.COM1_IRQ)),
                device("RTC", "PNP0B00", 0, Aml.ports(PcLayout.RTC_PORT, PcLayout.RTC_PORT_COUNT),
                        Aml.irq(PcLayout.RTC_IRQ))).toArray());
    }

    private static Bytes bridge() {
        return Aml.device("PCI0",
                Aml.name("_HID", Aml.eisaId("PNP0A03")),
                Aml.name("_UID", Aml.integer(0)),
                Aml.name("_CRS", Aml.resources(
                        Aml.wordSpace(BUS_NUMBERS, 0, 0, 0),
                        Aml.ports(PcLayout.PCI_CONFIG_PORT, PcLayout.PCI_CONFIG_PORT_COUNT),
                        Aml.wordSpace(IO_RANGE, ENTIRE_RANGE, 0, PcLayout.PCI_CONFIG_PORT - 1),
                        Aml.wordSpace(IO_RANGE, ENTIRE_RANGE,
                                PcLayout.PCI_CONFIG_PORT + PcLayout.PCI_CONFIG_PORT_COUNT, 0xffff),
                        Aml.memory(PcLayout.PCI_MEMORY, PcLayout.PCI_MEMORY + PcLayout.PCI_MEMORY_SIZE - 1))),
                Aml.name("_PRT", Aml.pack(PciRoutes.all().stream().map(Dsdt::route).toArray(Bytes[]::new))));
    }

    private static Bytes route(final PciRoutes.Route route) {
        return Aml.pack(Aml.integer((long) route.device() << Short.SIZE | WHOLE_DEVICE), Aml.integer(route.pin()),
                Aml.integer(0), Aml.integer(route.line()));
    }

    private static Bytes device(final String name, final String id, final int unit, final Bytes... resources) {
        return Aml.device(name, Aml.name("_HID", Aml.eisaId(id)), Aml.name("_UID", Aml.integer(unit)),
                Aml.name("_CRS", Aml.resources(resources)));
    }
}

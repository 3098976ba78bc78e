package ringside.toolchain.platform;

import ringside.toolchain.layout.Constants;

/**
 * Where everything is on the PC that the machine models: the only place that names an address, a port or a line.
 *
 * <pre>
 *   0x00000000  low memory; the structures that the loader leaves for the kernel
 *   0x000a0000  hole: legacy video and firmware; RAM that no memory map tells of
 *   0x000f0000  the firmware's tables
 *   0x00100000  kernel images; RAM up to its configured size
 *   0xc0000000  memory of PCI devices
 *   0xfec00000  I/O APIC, one page
 *   0xfee00000  local APIC, one page
 * </pre>
 *
 * <p>Addresses are physical. What the registers of a device mean is not here: the driver and the device model each
 * read the data sheet for themselves.
 */
public final class PcLayout {
    /** Bytes in the smallest page, and the granule of every mapping. */
    public static final int PAGE_SIZE = 0x1000;

    /** Cycles of the machine's clock in a second of its own time; what a second is on the host does not matter. */
    public static final long CYCLES_PER_SECOND = 1_000_000_000L;

    /** First byte of RAM. */
    public static final long RAM_BASE = 0;
    /** RAM of a machine that is not told otherwise, bytes. */
    public static final long RAM_DEFAULT_SIZE = 64L << 20;
    /** The most RAM a machine can have: it must end below the device page at {@link #LAPIC_BASE}, bytes. */
    public static final long RAM_MAX_SIZE = 2L << 30;
    /** The most CPUs a machine can have; their local APICs are numbered from 0. */
    public static final int MOST_CPUS = 16;
    /** End of conventional memory and start of the hole below 1 MiB. */
    public static final long LOW_MEMORY_END = 0xa_0000;
    /** Where a kernel's first byte is loaded: the first megabyte is the firmware's. */
    public static final long KERNEL_LOAD = 0x10_0000;

    /**
     * Where the loader leaves its structures: up to {@link #LOW_MEMORY_END}. To the kernel it is an extended BIOS data
     * area, which every memory map reserves.
     */
    public static final long BOOT_AREA = 0x9_0000;
    /** Where a BIOS would be, up to 1 MiB: RAM with the ACPI and MP tables in it, which every memory map reserves. */
    public static final long BIOS_AREA = 0xf_0000;
    /** Room for the command line with its zero byte, bytes. */
    public static final int COMMAND_LINE_SIZE = 0x1000;

    /** The local APIC's register page (SDM 3A 11.4.1: its address after reset). */
    public static final long LAPIC_BASE = 0xfee0_0000L;
    /** Bytes the local APIC answers to. */
    public static final int LAPIC_SIZE = PAGE_SIZE;

    /** The I/O APIC's registers. */
    public static final long IOAPIC_BASE = 0xfec0_0000L;
    /** Bytes the I/O APIC answers to. */
    public static final int IOAPIC_SIZE = PAGE_SIZE;
    /** What the I/O APIC's identification register holds after reset. */
    public static final int IOAPIC_ID = 0;
    /** The I/O APIC's pin of ISA line 0, the interval timer; every other line has the pin of its own number. */
    public static final int PIT_IOAPIC_PIN = 2;

    /** Where the memory of PCI devices may be, 64 KiB aligned. */
    public static final long PCI_MEMORY = 0xc000_0000L;
    /** Bytes for the memory of PCI devices. */
    public static final long PCI_MEMORY_SIZE = 0x3ec0_0000L;

    /** ACPI's PM1a event block: status and enable, 2 bytes each. */
    public static final int ACPI_EVENT_PORT = 0x600;
    /** ACPI's PM1a control register, 2 bytes; ACPI is enabled from the start. */
    public static final int ACPI_CONTROL_PORT = 0x604;
    /** ACPI's power-management timer, 24 bits. */
    public static final int ACPI_TIMER_PORT = 0x608;
    /** Ports of ACPI's fixed hardware, from {@link #ACPI_EVENT_PORT} on. */
    public static final int ACPI_PORT_COUNT = 16;
    /** The ISA line of ACPI's interrupt. */
    public static final int ACPI_IRQ = 9;
    /** The sleep type that switches the machine off. */
    public static final int ACPI_SLEEP_OFF = 5;
    /** The reset control register, a byte between the wider ports of PCI configuration. */
    public static final int RESET_PORT = 0xcf9;
    /** What resets the machine when it is written to {@link #RESET_PORT}. */
    public static final int RESET_VALUE = 6;

    /** First port of the first serial port. */
    public static final int COM1_PORT = 0x3f8;
    /** Ports of a 16550. */
    public static final int COM1_PORT_COUNT = 8;
    /** The ISA interrupt line of the first serial port. */
    public static final int COM1_IRQ = 4;

    /** First port of the second serial port. */
    public static final int COM2_PORT = 0x2f8;
    /** Ports of the second 16550. */
    public static final int COM2_PORT_COUNT = 8;
    /** The ISA interrupt line of the second serial port. */
    public static final int COM2_IRQ = 3;

    /** Index and data port of the clock and its RAM. */
    public static final int RTC_PORT = 0x70;
    /** Ports of the clock. */
    public static final int RTC_PORT_COUNT = 2;
    /** The ISA interrupt line of the clock. */
    public static final int RTC_IRQ = 8;

    /** Command port of the first 8259. */
    public static final int PIC1_COMMAND_PORT = 0x20;
    /** Data (mask) port of the first 8259. */
    public static final int PIC1_DATA_PORT = 0x21;
    /** Command port of the second 8259. */
    public static final int PIC2_COMMAND_PORT = 0xa0;
    /** Data (mask) port of the second 8259. */
    public static final int PIC2_DATA_PORT = 0xa1;
    /** Ports of each 8259. */
    public static final int PIC_PORT_COUNT = 2;
    /** First port of the two 8259s' edge/level control registers. */
    public static final int PIC_LEVEL_PORT = 0x4d0;

    /** First port of the 8254 timer. */
    public static final int PIT_PORT = 0x40;
    /** Ports of the 8254. */
    public static final int PIT_PORT_COUNT = 4;
    /** The ISA interrupt line of the 8254. */
    public static final int PIT_IRQ = 0;
    /** System control port B: the speaker's gate. */
    public static final int SYSTEM_CONTROL_B_PORT = 0x61;

    /** Writing v here ends the run; QEMU's {@code isa-debug-exit} leaves with status 2v+1. */
    public static final int DEBUG_EXIT_PORT = 0xf4;
    /** Ports that the debug exit answers to. */
    public static final int DEBUG_EXIT_PORT_COUNT = 4;

    /** Data register of the keyboard controller. */
    public static final int KEYBOARD_DATA_PORT = 0x60;
    /** Status and command register of the keyboard controller. */
    public static final int KEYBOARD_COMMAND_PORT = 0x64;
    /** The ISA interrupt line of the keyboard. */
    public static final int KEYBOARD_IRQ = 1;
    /** System control port A: a fast reset and A20. */
    public static final int SYSTEM_CONTROL_A_PORT = 0x92;
    /** Index and data port of the colour VGA's CRT controller. */
    public static final int CRT_CONTROLLER_PORT = 0x3d4;
    /** Ports of the CRT controller. */
    public static final int CRT_CONTROLLER_PORT_COUNT = 2;
    /** Where a byte written is printed by an emulator, and by nothing else. */
    public static final int DEBUG_CONSOLE_PORT = 0xe9;

    /** First port of PCI configuration: the address, then the data. */
    public static final int PCI_CONFIG_PORT = 0xcf8;
    /** Ports of PCI configuration. */
    public static final int PCI_CONFIG_PORT_COUNT = 8;
    /** The ISA interrupt line of PIRQ A and B, level-triggered; C and D are the next one. */
    public static final int PCI_FIRST_IRQ = 10;
    /** Where the ports of PCI devices begin; a device has {@link #PCI_DEVICE_PORT_COUNT} of them. */
    public static final int PCI_PORTS = 0xc000;
    /** Ports set aside for each PCI device. */
    public static final int PCI_DEVICE_PORT_COUNT = 0x100;
    /** Bytes of {@link #PCI_MEMORY} set aside for each PCI device, the first device's from its beginning. */
    public static final int PCI_DEVICE_MEMORY_SIZE = 0x10_0000;
    /** The most virtio disks a machine can have. */
    public static final int MOST_DISKS = 8;
    /** The device number of the first disk; the others follow. */
    public static final int PCI_FIRST_DISK = 2;

    /** First port of the test device's register: QEMU's pc-testdev. */
    public static final int TEST_REGISTER_PORT = 0xe0;
    /** The same register again, byte by byte. */
    public static final int TEST_BYTES_PORT = 0xe8;
    /** Ports of each of the two. */
    public static final int TEST_REGISTER_PORT_COUNT = 4;
    /** First of the ports at which a byte sets the level of an interrupt line. */
    public static final int TEST_LINES_PORT = 0x2000;
    /** How many lines have such a port. */
    public static final int TEST_LINES_PORT_COUNT = 24;
    /** The test device's memory. */
    public static final long TEST_MEMORY_BASE = 0xff00_0000L;
    /** Bytes of the test device's memory. */
    public static final int TEST_MEMORY_SIZE = 0x1_0000;

    /** Vectors below this are exceptions (SDM 3A 6.3.1). */
    public static final int FIRST_EXTERNAL_VECTOR = 0x20;
    /** The local APIC timer's interrupt. */
    public static final int LAPIC_TIMER_VECTOR = 0x20;
    /** Another CPU has something more urgent for this one to run. */
    public static final int RESCHEDULE_VECTOR = 0x21;
    /** Another CPU waits for this one to change what its TLB holds. */
    public static final int REQUEST_VECTOR = 0x22;
    /** First vector of the ISA lines: line n arrives at this plus n. */
    public static final int ISA_FIRST_VECTOR = 0x30;
    /** The first serial port's interrupt. */
    public static final int COM1_VECTOR = ISA_FIRST_VECTOR + COM1_IRQ;
    /** Where the local APIC reports a request that went away; its low four bits must be ones on old parts. */
    public static final int SPURIOUS_VECTOR = 0xff;

    private PcLayout() {
    }

    /** {@return the map as constants for assembly, under the names that they have here} */
    public static Constants constants() {
        return Constants.group("The machine's address map")
                .hex("PAGE_SIZE", PAGE_SIZE, "bytes")
                .hex("RAM_BASE", RAM_BASE, "physical")
                .hex("LOW_MEMORY_END", LOW_MEMORY_END, "physical, start of the hole below 1 MiB")
                .hex("KERNEL_LOAD", KERNEL_LOAD, "physical")
                .hex("LAPIC_BASE", LAPIC_BASE, "physical")
                .hex("LAPIC_SIZE", LAPIC_SIZE, "bytes")
                .hex("IOAPIC_BASE", IOAPIC_BASE, "physical")
                .hex("PIT_PORT", PIT_PORT, "first port")
                .decimal("PIT_IOAPIC_PIN", PIT_IOAPIC_PIN, "line of the I/O APIC")
                .hex("COM1_PORT", COM1_PORT, "first port")
                .decimal("COM1_PORT_COUNT", COM1_PORT_COUNT, "ports")
                .decimal("COM1_IRQ", COM1_IRQ, "ISA line")
                .hex("COM2_PORT", COM2_PORT, "first port")
                .decimal("COM2_IRQ", COM2_IRQ, "ISA line")
                .hex("PIC1_COMMAND_PORT", PIC1_COMMAND_PORT, "port")
                .hex("PIC1_DATA_PORT", PIC1_DATA_PORT, "port")
                .hex("PIC2_COMMAND_PORT", PIC2_COMMAND_PORT, "port")
                .hex("PIC2_DATA_PORT", PIC2_DATA_PORT, "port")
                .hex("DEBUG_EXIT_PORT", DEBUG_EXIT_PORT, "port; writing v ends the run")
                .hex("FIRST_EXTERNAL_VECTOR", FIRST_EXTERNAL_VECTOR, "vector")
                .hex("LAPIC_TIMER_VECTOR", LAPIC_TIMER_VECTOR, "vector")
                .hex("RESCHEDULE_VECTOR", RESCHEDULE_VECTOR, "vector, from another CPU")
                .hex("REQUEST_VECTOR", REQUEST_VECTOR, "vector, from another CPU")
                .hex("ISA_FIRST_VECTOR", ISA_FIRST_VECTOR, "vector of ISA line 0")
                .hex("COM1_VECTOR", COM1_VECTOR, "vector")
                .hex("SPURIOUS_VECTOR", SPURIOUS_VECTOR, "vector")
                .build();
    }
}

package ringside.kernel.abi;

import ringside.toolchain.layout.Constants;

/** The processor's architectural numbers that Bantam uses, by their manual names (Intel SDM volume 3A and 4). */
public final class X86 {
    private X86() {
    }

    /** {@return control registers, flags and model-specific registers (SDM 3A 2.3, 2.5; SDM 4)} */
    public static Constants registers() {
        return Constants.group("Control registers, flags, model-specific registers")
                .hex("CR0_PROTECTION", 1, "PE")
                .hex("CR0_NO_FLOATING_POINT", 1 << 2, "EM: FPU and SSE instructions fault")
                .hex("CR0_NUMERIC_ERROR", 1 << 5, "NE")
                .hex("CR0_WRITE_PROTECT", 1 << 16, "WP: read-only holds for the kernel too")
                .hex("CR0_PAGING", 1L << 31, "PG")
                .hex("CR4_PAE", 1 << 5, "")
                .hex("CR4_GLOBAL_PAGES", 1 << 7, "PGE")
                .hex("CR4_SSE", 1 << 9, "OSFXSR: SSE instructions, and FXSAVE saves their registers")
                .hex("CR4_SSE_FAULTS", 1 << 10, "OSXMMEXCPT: their errors are #XM")
                .hex("CR4_UMIP", 1 << 11, "SGDT, SIDT, SLDT, STR, SMSW fault in user mode")
                .hex("CR4_PCID", 1 << 17, "PCIDE: CR3 has a process-context identifier")
                .hex("CR4_SMEP", 1 << 20, "the kernel does not execute user pages")
                .hex("CR4_SMAP", 1 << 21, "the kernel does not touch user pages")
                .hex("CR3_SPACE", 0xfff, "mask of the process-context identifier")
                .decimal("CR3_KEEP_BIT", 63, "in what is written: translations of the identifier stay")
                .hex("FLOAT_CONTROL", 0x37f, "x87 control word behind FNINIT: no faults, to nearest")
                .hex("FLOAT_MXCSR", 0x1f80, "MXCSR behind a reset: no faults, to nearest")
                .hex("EFER_SYSCALL", 1, "SCE")
                .hex("EFER_LONG_MODE", 1 << 8, "LME")
                .hex("EFER_NO_EXECUTE", 1 << 11, "NXE")
                .hex("MSR_EFER", 0xc000_0080L, "")
                .hex("MSR_STAR", 0xc000_0081L, "selectors of SYSCALL and SYSRET")
                .hex("MSR_LSTAR", 0xc000_0082L, "where SYSCALL goes")
                .hex("MSR_FMASK", 0xc000_0084L, "flags that SYSCALL clears")
                .hex("MSR_GS_BASE", 0xc000_0101L, "")
                .hex("MSR_KERNEL_GS_BASE", 0xc000_0102L, "what SWAPGS exchanges it with")
                .hex("RFLAGS_ALWAYS", 1 << 1, "reads as one")
                .hex("RFLAGS_TRAP", 1 << 8, "TF")
                .hex("RFLAGS_INTERRUPT", 1 << 9, "IF")
                .hex("RFLAGS_DIRECTION", 1 << 10, "DF")
                .hex("RFLAGS_IOPL", 3 << 12, "the least privileged level that may do port I/O")
                .hex("RFLAGS_NESTED", 1 << 14, "NT")
                .hex("RFLAGS_ALIGNMENT", 1 << 18, "AC")
                .build();
    }

    /** {@return where CPUID tells what there is (SDM 2A, CPUID)} */
    public static Constants features() {
        return Constants.group("CPUID")
                .hex("CPUID_FEATURES", 1, "leaf")
                .hex("CPUID_ECX_PCID", 1 << 17, "leaf 1")
                .decimal("CPUID_EBX_APIC_SHIFT", 24, "leaf 1: number of the local APIC")
                .hex("CPUID_STRUCTURED", 7, "leaf")
                .hex("CPUID_EBX_SMEP", 1 << 7, "leaf 7")
                .hex("CPUID_EBX_SMAP", 1 << 20, "leaf 7")
                .hex("CPUID_ECX_UMIP", 1 << 2, "leaf 7")
                .hex("CPUID_EXTENDED_MAX", 0x8000_0000L, "leaf")
                .hex("CPUID_EXTENDED", 0x8000_0001L, "leaf")
                .hex("CPUID_EDX_NO_EXECUTE", 1 << 20, "leaf 0x80000001")
                .hex("CPUID_EDX_LONG_MODE", 1 << 29, "leaf 0x80000001")
                .build();
    }

    /** {@return page-table entries and their indexes (SDM 3A 4.5)} */
    public static Constants paging() {
        return Constants.group("Paging")
                .hex("PTE_PRESENT", 1, "P")
                .hex("PTE_WRITE", 1 << 1, "R/W")
                .hex("PTE_USER", 1 << 2, "U/S")
                .hex("PTE_WRITE_THROUGH", 1 << 3, "PWT")
                .hex("PTE_NO_CACHE", 1 << 4, "PCD")
                .hex("PTE_LARGE", 1 << 7, "PS: a 2 MiB page")
                .hex("PTE_GLOBAL", 1 << 8, "G: survives a write to CR3")
                .decimal("PTE_NO_EXECUTE_BIT", 63, "XD")
                .hex("PAGE_FAULT_PRESENT", 1, "error code: the page is there, but not for this")
                .hex("PAGE_FAULT_WRITE", 1 << 1, "error code")
                .hex("PAGE_FAULT_USER", 1 << 2, "error code")
                .hex("PTE_ADDRESS", 0x000f_ffff_ffff_f000L, "mask")
                .decimal("PTE_SIZE", 8, "bytes")
                .decimal("PTE_SHIFT", 3, "log2 of PTE_SIZE")
                .hex("PTE_INDEX", 0x1ff, "mask of an index")
                .decimal("TABLE_ENTRIES", 512, "of a table of any level")
                .hex("LARGE_PAGE_SIZE", 0x20_0000, "bytes")
                .decimal("LARGE_PAGE_SHIFT", 21, "log2 of LARGE_PAGE_SIZE, and the shift of its level's index")
                .decimal("PAGE_SHIFT", 12, "log2 of PAGE_SIZE, and the shift of the last level's index")
                .decimal("PAGING_ROOT_SHIFT", 39, "shift of the first level's index")
                .decimal("PAGING_LEVEL_BITS", 9, "from one level's shift to the next")
                .decimal("PAGING_ROOT_USER_END", 256, "entries of the root below it are user memory")
                .decimal("PAGING_ROOT_DIRECT", 256, "entry of the root for the first 512 GiB of the upper half")
                .decimal("PAGING_ROOT_KERNEL", 511, "entry of the root for the last 512 GiB")
                .decimal("PAGING_DIRECTORY_KERNEL", 510, "entry below it for the last 2 GiB but one")
                .build();
    }

    /** {@return descriptors and selectors (SDM 3A 3.4, 5.8.8)} */
    public static Constants segments() {
        return Constants.group("Segments")
                .hex("SELECTOR_KERNEL_CODE", 0x08, "")
                .hex("SELECTOR_KERNEL_DATA", 0x10, "follows the code, as SYSCALL wants it")
                .hex("SELECTOR_USER_DATA", 0x1b, "precedes the code, as SYSRET wants it")
                .hex("SELECTOR_USER_CODE", 0x23, "")
                .hex("SELECTOR_TASK", 0x28, "of the first CPU, the others' follow")
                .hex("SELECTOR_BOOT_CODE", 0x18, "of the boot stub's table: 32-bit")
                .decimal("DESCRIPTOR_TASK_SHIFT", 4, "log2 of the size of a task's descriptor")
                .hex("SELECTOR_LEVEL", 3, "mask of the privilege level")
                .hex("STAR_HIGH", 0x13_0008, "SYSRET base 0x10 level 3, SYSCALL base 0x08")
                .hex("DESCRIPTOR_KERNEL_CODE", 0x00af_9b00_0000_ffffL, "64-bit")
                .hex("DESCRIPTOR_BOOT_CODE", 0x00cf_9b00_0000_ffffL, "32-bit")
                .hex("DESCRIPTOR_KERNEL_DATA", 0x00cf_9300_0000_ffffL, "")
                .hex("DESCRIPTOR_USER_DATA", 0x00cf_f300_0000_ffffL, "")
                .hex("DESCRIPTOR_USER_CODE", 0x00af_fb00_0000_ffffL, "64-bit")
                .hex("DESCRIPTOR_TASK", 0x0000_8900_0000_0000L, "64-bit TSS, available; base and limit are ORed in")
                .build();
    }

    /** {@return vectors and gates (SDM 3A 6.3, 6.14)} */
    public static Constants vectors() {
        return Constants.group("Vectors and gates")
                .decimal("VECTOR_DIVIDE", 0, "#DE")
                .decimal("VECTOR_DEBUG", 1, "#DB")
                .decimal("VECTOR_NMI", 2, "")
                .decimal("VECTOR_BREAKPOINT", 3, "#BP")
                .decimal("VECTOR_OVERFLOW", 4, "#OF")
                .decimal("VECTOR_BOUND", 5, "#BR")
                .decimal("VECTOR_OPCODE", 6, "#UD")
                .decimal("VECTOR_DEVICE", 7, "#NM")
                .decimal("VECTOR_DOUBLE_FAULT", 8, "#DF")
                .decimal("VECTOR_TASK_STATE", 10, "#TS")
                .decimal("VECTOR_SEGMENT", 11, "#NP")
                .decimal("VECTOR_STACK", 12, "#SS")
                .decimal("VECTOR_PROTECTION", 13, "#GP")
                .decimal("VECTOR_PAGE_FAULT", 14, "#PF")
                .decimal("VECTOR_FLOAT", 16, "#MF")
                .decimal("VECTOR_ALIGNMENT", 17, "#AC")
                .decimal("VECTOR_MACHINE_CHECK", 18, "#MC")
                .decimal("VECTOR_SIMD", 19, "#XM")
                .decimal("VECTOR_VIRTUALISATION", 20, "#VE")
                .decimal("VECTOR_CONTROL", 21, "#CP")
                .decimal("VECTOR_HYPERVISOR", 28, "#HV (AMD)")
                .decimal("VECTOR_COMMUNICATION", 29, "#VC (AMD)")
                .decimal("VECTOR_SECURITY", 30, "#SX (AMD)")
                .decimal("VECTOR_COUNT", 256, "")
                .hex("GATE_INTERRUPT", 0x8e, "present, clears IF")
                .hex("GATE_USER", 0x60, "user code may raise it by INT")
                .decimal("IST_DOUBLE_FAULT", 1, "stack of the TSS")
                .decimal("IST_NMI", 2, "stack of the TSS")
                .decimal("IST_MACHINE_CHECK", 3, "stack of the TSS")
                .decimal("IST_TRAP", 4, "stack of the TSS: of all other vectors")
                .decimal("IST_STACKS", 4, "of a CPU")
                .build();
    }

    /** {@return registers of the local APIC (SDM 3A 11.4.1) and of a 16550 (its data sheet)} */
    public static Constants devices() {
        return Constants.group("Devices")
                .hex("LAPIC_ID", 0x20, "number of this local APIC, in the top byte")
                .hex("LAPIC_PRIORITY", 0x80, "task priority")
                .hex("LAPIC_COMMAND", 0x300, "interrupt command, low half: writing it sends")
                .hex("LAPIC_COMMAND_TO", 0x310, "interrupt command, high half: to which APIC")
                .decimal("LAPIC_TO_SHIFT", 24, "of the number in LAPIC_COMMAND_TO")
                .decimal("LAPIC_EVERYBODY", 0xff, "not the number of an APIC")
                .hex("LAPIC_PENDING", 0x1000, "in LAPIC_COMMAND: not yet accepted")
                .hex("LAPIC_ASSERT", 0x4000, "in LAPIC_COMMAND; delivery is fixed but for these")
                .hex("LAPIC_NMI", 0x400, "in LAPIC_COMMAND: delivery")
                .hex("LAPIC_INIT", 0x500, "in LAPIC_COMMAND: delivery")
                .hex("LAPIC_STARTUP", 0x600, "in LAPIC_COMMAND: delivery; the vector is a page below 1 MiB")
                .hex("LAPIC_OTHERS", 0xc_0000, "in LAPIC_COMMAND: to all but oneself")
                .hex("LAPIC_EOI", 0xb0, "end of interrupt")
                .hex("LAPIC_SPURIOUS", 0xf0, "spurious vector and enable")
                .hex("LAPIC_ENABLE", 0x100, "in LAPIC_SPURIOUS")
                .hex("LAPIC_TIMER", 0x320, "local vector table: timer")
                .hex("LAPIC_PERIODIC", 0x2_0000, "in LAPIC_TIMER")
                .hex("LAPIC_MASKED", 0x1_0000, "in LAPIC_TIMER")
                .hex("LAPIC_INITIAL", 0x380, "timer's initial count")
                .hex("LAPIC_CURRENT", 0x390, "timer's count")
                .hex("LAPIC_DIVIDE", 0x3e0, "timer's divider")
                .hex("LAPIC_DIVIDE_BY_1", 0xb, "in LAPIC_DIVIDE")
                .hex("IOAPIC_SELECT", 0, "82093AA: which register the window shows")
                .hex("IOAPIC_WINDOW", 0x10, "82093AA: that register")
                .hex("IOAPIC_ENTRIES", 0x10, "in IOAPIC_SELECT: two registers a line, the low half first")
                .hex("IOAPIC_MASKED", 1 << 16, "in the low half; 0 beside it and the vector: edges, active high")
                .hex("IOAPIC_DESTINATION", 0xff00_0000L, "in the high half: mask of the local APIC's number")
                .hex("PIC_MASK_ALL", 0xff, "8259: no line gets through")
                .decimal("UART_INTERRUPTS", 1, "port offset: interrupt enable; divisor high while LCR bit 7 is set")
                .decimal("UART_FIFO", 2, "port offset: FIFO control")
                .decimal("UART_LINE_CONTROL", 3, "port offset")
                .decimal("UART_MODEM_CONTROL", 4, "port offset")
                .decimal("UART_LINE_STATUS", 5, "port offset")
                .hex("UART_DIVISOR_LATCH", 0x80, "in line control")
                .hex("UART_8N1", 0x03, "in line control")
                .hex("UART_FIFO_ON", 0x07, "in FIFO control: on, both cleared")
                .hex("UART_READY", 0x03, "in modem control: DTR and RTS")
                .hex("UART_DIVISOR_115200", 1, "")
                .hex("UART_LOOP_BACK", 1 << 4, "in modem control: what is sent is received")
                .hex("UART_INTERRUPTS_OUT", 1 << 3, "in modem control: OUT2, the interrupt's gate on a PC")
                .hex("UART_WHEN_RECEIVED", 1, "in interrupt enable")
                .hex("UART_WHEN_EMPTY", 1 << 1, "in interrupt enable: when it takes the next byte")
                .hex("UART_SEND_BREAK", 1 << 6, "in line control")
                .hex("UART_DATA_READY", 1, "in line status")
                .hex("UART_BREAK_SEEN", 1 << 4, "in line status: the oldest byte was a break")
                .hex("UART_TRANSMIT_EMPTY", 0x20, "in line status: takes the next byte")
                .hex("UART_ALL_SENT", 0x40, "in line status: the last byte has left")
                .decimal("UART_FIFO_DEPTH", 16, "bytes")
                .build();
    }

    /** {@return how ACPI tells of CPUs (ACPI 6.5, 5.2)} */
    public static Constants acpi() {
        return Constants.group("ACPI")
                .hex("ACPI_ROOT_SIGNATURE", 0x2052_5450_2044_5352L, "RSD PTR, and a blank")
                .decimal("ACPI_ROOT_WIDE", 2, "revision of a root with an XSDT")
                .hex("ACPI_RSDT", 0x5444_5352L, "signature: addresses of tables, 4 bytes each")
                .hex("ACPI_XSDT", 0x5444_5358L, "signature: addresses of tables, 8 bytes each")
                .hex("ACPI_MADT", 0x4349_5041L, "signature APIC: interrupt controllers")
                .decimal("ACPI_MADT_ENTRIES", 44, "offset of its entries")
                .decimal("ACPI_CPU_KIND", 0, "of an entry")
                .hex("ACPI_CPU_ENABLED", 1, "in AcpiCpu_flags")
                .decimal("ACPI_ENTRY_LEAST", 2, "bytes of an entry at least")
                .hex("ACPI_TABLE_LIMIT", 0x1_0000, "a longer table is not believed")
                .build();
    }

    /** {@return what loaders and the kernel agree on (Xen PVH; Multiboot2 specification 3.1, 3.4)} */
    public static Constants loaders() {
        return Constants.group("Loaders")
                .hex("PVH_MAGIC", 0x336e_c578, "first word of the start info")
                .hex("MULTIBOOT2_HEADER_MAGIC", 0xe852_50d6L, "in the image")
                .hex("MULTIBOOT2_LOADER_MAGIC", 0x36d7_6289, "eax at the entry")
                .decimal("MULTIBOOT2_I386", 0, "architecture: 32-bit protected mode")
                .decimal("MULTIBOOT2_TAG_END", 0, "")
                .decimal("MULTIBOOT2_TAG_COMMAND_LINE", 1, "in the information")
                .decimal("MULTIBOOT2_TAG_MEMORY_MAP", 6, "in the information")
                .decimal("MULTIBOOT2_TAG_ACPI_OLD", 14, "in the information: a copy of ACPI 1.0's root")
                .decimal("MULTIBOOT2_TAG_ACPI", 15, "in the information: a copy of ACPI's root")
                .decimal("MULTIBOOT2_TAG_ENTRY", 3, "entry address")
                .decimal("MEMORY_KIND_RAM", 1, "in the maps of both protocols: free to use")
                .decimal("MULTIBOOT2_TAG_ALIGN", 8, "bytes")
                .build();
    }
}

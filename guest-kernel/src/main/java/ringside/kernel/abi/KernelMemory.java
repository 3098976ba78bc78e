package ringside.kernel.abi;

import ringside.toolchain.layout.Constants;
import ringside.toolchain.platform.PcLayout;

/**
 * Where Bantam and its user programs are, in physical and in virtual memory.
 *
 * <pre>
 *   physical   virtual
 *   0x100000   the same                 boot stub, gone once the kernel has its own page tables
 *   0x110000   KERNEL_BASE + physical   kernel: text, read-only data, data
 *   0x200000   from USER_BASE           user programs, 1 MiB apart, each mapped where it is used
 *   (any)      from USER_STACKS         user stacks, the page below each is not mapped
 *   all RAM    DIRECT_BASE + physical   what the kernel gives out: tables, objects, user pages
 *   0xfec00000 KERNEL_IOAPIC            the I/O APIC
 *   0xfee00000 KERNEL_LAPIC             the local APIC
 * </pre>
 */
public final class KernelMemory {
    /** What the kernel adds to a physical address of its image: the last 2 GiB. */
    public static final long KERNEL_BASE = 0xffff_ffff_8000_0000L;
    /** The boot stub's zero-filled data, physical and virtual. */
    public static final long BOOT_DATA = PcLayout.KERNEL_LOAD + 0x8000;
    /** Where all RAM can be seen, in a root entry of its own. */
    public static final long DIRECT_BASE = 0xffff_8000_0000_0000L;
    /** RAM from here on has no place below {@link #DIRECT_BASE}'s root entry and is not used, physical. */
    public static final long DIRECT_LIMIT = 1L << 39;
    /** What the boot stub maps; until the kernel has tables of its own, RAM from here on is out of reach. */
    public static final long BOOT_LIMIT = 1L << 32;
    /** Kernel text, physical. */
    public static final long TEXT = PcLayout.KERNEL_LOAD + 0x1_0000;
    /** Kernel read-only data, physical. */
    public static final long READ_ONLY = PcLayout.KERNEL_LOAD + 0x2_0000;
    /** Kernel data, physical. */
    public static final long DATA = PcLayout.KERNEL_LOAD + 0x3_0000;
    /** User programs, physical. */
    public static final long PROGRAMS = 0x20_0000;
    /** From one user program to the next, physical. */
    public static final long PROGRAM_LOAD_STRIDE = 0x1_0000;
    /** The most user programs. */
    public static final int PROGRAM_LIMIT = 24;
    /** What was loaded ends here: from here on all RAM is given out, physical. */
    public static final long IMAGE_END = PROGRAMS + PROGRAM_LIMIT * PROGRAM_LOAD_STRIDE;
    /** The local APIC's page: in the first megabyte of the kernel's window, whose RAM the kernel does not use. */
    public static final long KERNEL_LAPIC = KERNEL_BASE + 0x1000;
    /** The I/O APIC's page: behind it. */
    public static final long KERNEL_IOAPIC = KERNEL_LAPIC + 0x1000;
    /** The first user program, virtual. */
    public static final long USER_BASE = 0x40_0000;
    /** From one user program to the next, virtual. */
    public static final long USER_STRIDE = 0x10_0000;
    /** From a program's text to its data, virtual and physical. */
    public static final long USER_DATA_OFFSET = 0x8000;
    /** The first user stack, virtual. */
    public static final long USER_STACKS = 0x1000_0000;
    /** From one user stack to the next, virtual. */
    public static final long USER_STACK_STRIDE = 0x1_0000;
    /**
     * End of what may be mapped for user programs. The last page below the hole stays empty, so that the address after
     * a SYSCALL is canonical and SYSRET cannot fault in the kernel (SDM 2B, SYSRET).
     */
    public static final long USER_LIMIT = 0x7fff_ffff_f000L;

    /** The least RAM that the kernel starts in, with programs that ask for little. */
    public static final long LEAST_RAM = 6L << 20;
    /** The least RAM for the demonstration, whose cases use it up and give it back. */
    public static final long LEAST_RAM_OF_DEMO = 16L << 20;

    private KernelMemory() {
    }

    /** {@return the map as constants for assembly} */
    public static Constants constants() {
        return Constants.group("The kernel's memory map")
                .hex("KERNEL_BASE", KERNEL_BASE, "virtual - physical of the kernel's image")
                .hex("DIRECT_BASE", DIRECT_BASE, "virtual - physical of all RAM")
                .hex("DIRECT_LIMIT", DIRECT_LIMIT, "physical; RAM from here on is not used")
                .hex("BOOT_LIMIT", BOOT_LIMIT, "physical; the boot tables end here")
                .hex("IMAGE_END", IMAGE_END, "physical; what the loader loaded begins at KERNEL_LOAD")
                .hex("KERNEL_LAPIC", KERNEL_LAPIC, "virtual")
                .hex("KERNEL_IOAPIC", KERNEL_IOAPIC, "virtual")
                .hex("USER_STACKS", USER_STACKS, "virtual")
                .hex("USER_STACK_STRIDE", USER_STACK_STRIDE, "bytes")
                .hex("USER_LIMIT", USER_LIMIT, "virtual; nothing is mapped from here on")
                .build();
    }
}

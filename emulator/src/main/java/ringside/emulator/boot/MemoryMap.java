package ringside.emulator.boot;

import java.util.List;
import ringside.toolchain.platform.PcLayout;

/** What RAM a kernel may use. The numbers of kinds are ACPI's, and every protocol's. */
final class MemoryMap {
    private static final int AVAILABLE = 1;
    private static final int RESERVED = 2;
    private static final int KIB_SHIFT = 10;

    private final List<Range> ranges;

    MemoryMap(final long ram) {
        ranges = List.of(
                new Range(PcLayout.RAM_BASE, PcLayout.BOOT_AREA, AVAILABLE),
                new Range(PcLayout.BOOT_AREA, PcLayout.LOW_MEMORY_END - PcLayout.BOOT_AREA, RESERVED),
                new Range(PcLayout.BIOS_AREA, PcLayout.KERNEL_LOAD - PcLayout.BIOS_AREA, RESERVED),
                new Range(PcLayout.KERNEL_LOAD, ram - PcLayout.KERNEL_LOAD, AVAILABLE));
    }

    /** So many bytes from an address on, and what they are. */
    record Range(long start, long size, int kind) {
    }

    /** {@return the ranges by rising address} */
    List<Range> ranges() {
        return ranges;
    }

    /** {@return KiB available from 0 on} */
    long lowerKib() {
        return ranges.getFirst().size >> KIB_SHIFT;
    }

    /** {@return KiB available from 1 MiB on} */
    long upperKib() {
        return ranges.getLast().size >> KIB_SHIFT;
    }
}

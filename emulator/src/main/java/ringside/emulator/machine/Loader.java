package ringside.emulator.machine;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ringside.emulator.boot.BootException;
import ringside.emulator.engine.CpuEngine;
import ringside.emulator.engine.CpuRegister;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ImageSegment;
import ringside.toolchain.platform.PcLayout;

/**
 * Puts an image into RAM and the CPU at its entry.
 *
 * <p>An image with a PVH note is entered in 32-bit protected mode with EBX at the start info (Xen's
 * {@code hvm_start_info}, version 1). One without is entered at its ELF entry in 64-bit mode, over page tables that
 * map the first 4 GiB to themselves, everything writable and executable: enough for a few bytes of code.
 */
final class Loader {
    private static final int START_MAGIC = 0x336E_C578;
    private static final int START_VERSION = 1;
    private static final int START_COMMAND_LINE = 24;
    private static final int START_MEMORY_MAP = 40;
    private static final int START_MEMORY_MAP_ENTRIES = 48;
    private static final int MAP_ENTRY_BYTES = 24;
    private static final int MAP_TYPE = 16;
    private static final int MAP_RAM = 1;

    private static final long TABLES = 0x8000;
    private static final long TABLE_BYTES = 0x1000;
    private static final int PRESENT_WRITABLE_USER = 7;
    private static final int LARGE = 1 << 7;
    private static final int IDENTITY_GIB = 4;
    private static final int ENTRIES = 512;
    private static final long BOOT_STRUCTURES_END = TABLES + (2 + IDENTITY_GIB) * TABLE_BYTES;
    private static final int LARGE_PAGE_SHIFT = 21;
    private static final long STACK_TOP = 0x7000;

    private Loader() {
    }

    static void load(final CpuEngine cpu, final GuestImage image, final MachineConfig config) {
        final MemorySegment ram = cpu.ram();
        final List<ImageSegment> segments = image.segments();
        for (int i = 0; i < segments.size(); i++) {
            place(ram, image, segments.get(i), i);
        }
        if (image.pvhEntry().isPresent()) {
            final long entry = image.pvhEntry().getAsLong();
            startInfo(ram, config);
            cpu.enterProtectedMode(entry);
            cpu.write(CpuRegister.RBX, PcLayout.PVH_START_INFO);
        } else {
            requireIdentityMapped(image, image.entry());
            identityMap(ram);
            cpu.enterLongMode(image.entry(), TABLES);
            cpu.write(CpuRegister.RSP, STACK_TOP);
        }
    }

    private static void place(
            final MemorySegment ram, final GuestImage image, final ImageSegment segment, final int index) {
        final long first = segment.physical();
        final long size = segment.memorySize();
        if (size == 0) {
            return;
        }
        final String place = "segment " + index;
        if (first < 0 || size < 0 || first > ram.byteSize() || size > ram.byteSize() - first) {
            throw new BootException(image.name(), place, "physical 0x" + Long.toHexString(first) + " to 0x"
                    + Long.toHexString(first + size - 1) + " lies outside the RAM of " + (ram.byteSize() >> 20)
                    + " MiB");
        }
        if (first < BOOT_STRUCTURES_END && first + size > PcLayout.PVH_START_INFO) {
            throw new BootException(image.name(), place, "physical 0x" + Long.toHexString(first) + " to 0x"
                    + Long.toHexString(first + size - 1) + " covers the boot structures at 0x"
                    + Long.toHexString(PcLayout.PVH_START_INFO) + " to 0x"
                    + Long.toHexString(BOOT_STRUCTURES_END - 1));
        }
        MemorySegment.copy(segment.content(), 0, ram, first, segment.content().byteSize());
    }

    private static void requireIdentityMapped(final GuestImage image, final long entry) {
        for (final ImageSegment segment : image.segments()) {
            if (segment.contains(entry)) {
                if (segment.physical() != segment.virtual()) {
                    throw new BootException(image.name(), "entry", "without a PVH note an image must be linked where "
                            + "it is loaded: virtual=0x" + Long.toHexString(segment.virtual()) + " physical=0x"
                            + Long.toHexString(segment.physical()));
                }
                return;
            }
        }
        throw new BootException(image.name(), "entry",
                "0x" + Long.toHexString(entry) + " lies in no loaded segment");
    }

    private static void startInfo(final MemorySegment ram, final MachineConfig config) {
        final long info = PcLayout.PVH_START_INFO;
        ram.set(JAVA_INT_UNALIGNED, info, START_MAGIC);
        ram.set(JAVA_INT_UNALIGNED, info + Integer.BYTES, START_VERSION);
        ram.set(JAVA_LONG_UNALIGNED, info + START_COMMAND_LINE, PcLayout.COMMAND_LINE);
        ram.set(JAVA_LONG_UNALIGNED, info + START_MEMORY_MAP, PcLayout.PVH_MEMORY_MAP);
        ram.set(JAVA_INT_UNALIGNED, info + START_MEMORY_MAP_ENTRIES, 2);
        mapEntry(ram, 0, 0, PcLayout.LOW_MEMORY_END);
        mapEntry(ram, 1, PcLayout.KERNEL_LOAD, config.memory() - PcLayout.KERNEL_LOAD);
        final byte[] line = config.commandLine().getBytes(StandardCharsets.US_ASCII);
        MemorySegment.copy(MemorySegment.ofArray(line), 0, ram, PcLayout.COMMAND_LINE, line.length);
    }

    private static void mapEntry(final MemorySegment ram, final int index, final long base, final long size) {
        final long at = PcLayout.PVH_MEMORY_MAP + (long) index * MAP_ENTRY_BYTES;
        ram.set(JAVA_LONG_UNALIGNED, at, base);
        ram.set(JAVA_LONG_UNALIGNED, at + Long.BYTES, size);
        ram.set(JAVA_INT_UNALIGNED, at + MAP_TYPE, MAP_RAM);
    }

    private static void identityMap(final MemorySegment ram) {
        final long pointers = TABLES + TABLE_BYTES;
        ram.set(JAVA_LONG_UNALIGNED, TABLES, pointers | PRESENT_WRITABLE_USER);
        for (int gib = 0; gib < IDENTITY_GIB; gib++) {
            final long directory = pointers + (gib + 1) * TABLE_BYTES;
            ram.set(JAVA_LONG_UNALIGNED, pointers + (long) gib * Long.BYTES, directory | PRESENT_WRITABLE_USER);
            for (int i = 0; i < ENTRIES; i++) {
                ram.set(JAVA_LONG_UNALIGNED, directory + (long) i * Long.BYTES,
                        (long) (gib * ENTRIES + i) << LARGE_PAGE_SHIFT | PRESENT_WRITABLE_USER | LARGE);
            }
        }
    }
}

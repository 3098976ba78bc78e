package ringside.emulator.boot;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import ringside.emulator.memory.GuestRam;
import ringside.toolchain.image.BootPlan;
import ringside.toolchain.image.BootProtocol;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ImageSegment;
import ringside.toolchain.image.SectionTable;
import ringside.toolchain.platform.PcLayout;

/**
 * Puts everything into RAM that a kernel finds at its start.
 *
 * <pre>
 *   0x00000000  interrupt vectors of real mode, BIOS data area
 *   0x00090000  structures of the boot protocol, while they fit
 *   0x000f0000  ACPI and MP tables, a few KiB
 *   0x00100000  the image, where it says; behind it modules, then sections without a segment
 * </pre>
 *
 * <p>An image may cover the vectors and the BIOS data area, and what the tables leave of the first megabyte's end: a
 * linker that puts code at 1 MiB puts its headers a page before.
 */
public final class BootLoader {
    private static final long STACK = 0x7000;
    private static final int MOST_MODULES = 256;
    private static final int SECTION_ALIGN = 64;
    private static final int LONGEST_NAME = 255;

    private final BootMemory memory;
    private final GuestImage image;
    private final BootConfig config;

    private BootLoader(final BootMemory memory, final GuestImage image, final BootConfig config) {
        this.memory = memory;
        this.image = image;
        this.config = config;
    }

    /**
     * Loads an image.
     *
     * @param ram    from physical address 0 on; all zero
     * @param image  what to load
     * @param config what goes with it
     * @return how to start it
     * @throws ringside.toolchain.image.ImageException when the image asks for what there is not
     * @throws BootException when something has no place
     */
    public static BootEntry load(final MemorySegment ram, final GuestImage image, final BootConfig config) {
        return new BootLoader(new BootMemory(ram.byteSize(),
                (address, content) -> MemorySegment.copy(content, 0, ram, address, content.byteSize())), image, config)
                .load();
    }

    /**
     * Loads an image into a machine's RAM, which notices it.
     *
     * @param ram    all zero
     * @param image  what to load
     * @param config what goes with it
     * @return how to start it
     * @throws ringside.toolchain.image.ImageException when the image asks for what there is not
     * @throws BootException when something has no place
     */
    public static BootEntry load(final GuestRam ram, final GuestImage image, final BootConfig config) {
        return new BootLoader(new BootMemory(ram.size(), ram::write), image, config).load();
    }

    private BootEntry load() {
        final BootPlan plan = image.plan(config.protocol());
        final AcpiTables acpi = Firmware.install(memory, config.cpus());
        final Structures structures = new Structures(memory, image.name(), placeImage(plan));
        final LoadedImage loaded = new LoadedImage(ownName(), config.commandLine(), placeModules(structures),
                new MemoryMap(memory.size()), acpi, plan.sections().map(table -> placeSections(structures, table)));
        return switch (plan.protocol()) {
            case PVH -> entry(plan, 0, PvhStartInfo.write(structures, loaded));
            case MULTIBOOT1 -> entry(plan, Multiboot1Info.LOADER_MAGIC, Multiboot1Info.write(structures, loaded));
            case MULTIBOOT2 -> entry(plan, Multiboot2Info.LOADER_MAGIC, Multiboot2Info.write(structures, loaded,
                    plan.movable() ? OptionalLong.of(base(plan)) : OptionalLong.empty()));
            case ELF64 -> new BootEntry(BootProtocol.ELF64, identityEntry(plan), 0, 0, STACK,
                    IdentityPaging.write(memory, structures));
        };
    }

    private static BootEntry entry(final BootPlan plan, final long eax, final long ebx) {
        return new BootEntry(plan.protocol(), plan.entry(), eax, ebx, STACK, 0);
    }

    /** {@return the end of its last segment} */
    private long placeImage(final BootPlan plan) {
        memory.claim("firmware", "boot structures", PcLayout.BOOT_AREA,
                PcLayout.LOW_MEMORY_END - PcLayout.BOOT_AREA);
        long end = 0;
        int index = 0;
        for (final ImageSegment segment : plan.segments()) {
            memory.claim(image.name(), "segment " + index, segment.physical(), segment.memorySize());
            memory.put(segment.physical(), segment.content());
            end = Math.max(end, segment.physical() + segment.memorySize());
            index++;
        }
        return end;
    }

    private List<LoadedModule> placeModules(final Structures structures) {
        final List<LoadedModule> placed = new ArrayList<>();
        if (config.modules().size() > MOST_MODULES) {
            throw new BootException(image.name(), "modules", "there are more than " + MOST_MODULES + ": modules="
                    + config.modules().size());
        }
        for (final BootModule module : config.modules()) {
            final byte[] content = module.content();
            final long start = structures.takeHigh(module.name(), "module " + placed.size(), content.length);
            memory.put(start, content);
            placed.add(new LoadedModule(start, start + content.length, module.parameters()));
        }
        return placed;
    }

    private LoadedImage.Sections placeSections(final Structures structures, final SectionTable table) {
        final List<SectionTable.Unloaded> unloaded = table.unloaded();
        final long room = table.unloadedBytes() + (long) SECTION_ALIGN * unloaded.size();
        final long[] addresses = new long[unloaded.size()];
        long at = structures.takeHigh(image.name(), "sections", room);
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = at;
            final MemorySegment content = unloaded.get(i).content();
            memory.put(at, content);
            at += content.byteSize() + SECTION_ALIGN - 1 & -SECTION_ALIGN;
        }
        return new LoadedImage.Sections(table.count(), table.entrySize(), table.names(), table.headers(addresses));
    }

    private static long base(final BootPlan plan) {
        return plan.segments().stream().mapToLong(ImageSegment::physical).min().orElseThrow();
    }

    /** The file's name as a word of a command line: printable, without folders and blanks. */
    private String ownName() {
        final String name = image.name().substring(image.name().lastIndexOf('/') + 1);
        final String word = name.replaceAll("[^!-~]", "_");
        return word.substring(0, Math.min(word.length(), LONGEST_NAME));
    }

    private long identityEntry(final BootPlan plan) {
        for (final ImageSegment segment : plan.segments()) {
            if (segment.contains(plan.entry())) {
                if (segment.physical() != segment.virtual()) {
                    throw new BootException(image.name(), "entry", "without a boot protocol an image must be linked "
                            + "where it is loaded: virtual=0x" + Long.toHexString(segment.virtual()) + " physical=0x"
                            + Long.toHexString(segment.physical()));
                }
                return plan.entry();
            }
        }
        throw new BootException(image.name(), "entry",
                "0x" + Long.toHexString(plan.entry()) + " lies in no loaded segment");
    }
}

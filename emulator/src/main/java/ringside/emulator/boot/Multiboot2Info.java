package ringside.emulator.boot;

import java.util.OptionalLong;

/**
 * The information of multiboot2 (Multiboot2 Specification 2.0, 3.6): tags in a row.
 *
 * <p>Absent: a boot device, APM and everything of a display, a network or EFI.
 */
final class Multiboot2Info {
    /** What EAX holds at the entry. */
    static final long LOADER_MAGIC = 0x36D7_6289L;

    private static final int COMMAND_LINE = 1;
    private static final int LOADER_NAME = 2;
    private static final int MODULE = 3;
    private static final int BASIC_MEMORY = 4;
    private static final int MEMORY_MAP = 6;
    private static final int ELF_SECTIONS = 9;
    private static final int ACPI_OLD = 14;
    private static final int ACPI_NEW = 15;
    private static final int LOAD_BASE = 21;
    private static final int MAP_ENTRY_BYTES = 24;
    private static final int HEADER_BYTES = 8;

    private Multiboot2Info() {
    }

    /**
     * {@return the address for EBX}
     *
     * @param base where the image begins, if it could be moved
     */
    static long write(final Structures structures, final LoadedImage image, final OptionalLong base) {
        final Bytes info = new Bytes().zeros(HEADER_BYTES);
        tag(info, COMMAND_LINE, new Bytes().text(image.commandLine()).u8(0));
        tag(info, LOADER_NAME, new Bytes().text(LoadedImage.LOADER).u8(0));
        for (final LoadedModule module : image.modules()) {
            tag(info, MODULE, new Bytes().u32(module.start()).u32(module.end()).text(module.parameters()).u8(0));
        }
        tag(info, BASIC_MEMORY, new Bytes().u32(image.map().lowerKib()).u32(image.map().upperKib()));
        final Bytes map = new Bytes().u32(MAP_ENTRY_BYTES).u32(0);
        for (final MemoryMap.Range range : image.map().ranges()) {
            map.u64(range.start()).u64(range.size()).u32(range.kind()).u32(0);
        }
        tag(info, MEMORY_MAP, map);
        image.sections().ifPresent(s -> tag(info, ELF_SECTIONS,
                new Bytes().u32(s.count()).u32(s.entrySize()).u32(s.names()).put(s.headers())));
        tag(info, ACPI_OLD, new Bytes().put(image.acpi().oldRoot()));
        tag(info, ACPI_NEW, new Bytes().put(image.acpi().root()));
        base.ifPresent(address -> tag(info, LOAD_BASE, new Bytes().u32(address)));
        tag(info, 0, new Bytes());
        info.patch32(0, info.size());
        return structures.put(info.toArray());
    }

    private static void tag(final Bytes info, final int type, final Bytes content) {
        info.u32(type).u32(HEADER_BYTES + content.size()).put(content.toArray()).align(HEADER_BYTES);
    }
}

package ringside.emulator.boot;

/**
 * The information of the first multiboot protocol (Multiboot Specification 0.6.96, 3.3).
 *
 * <p>As QEMU does, the command line begins with the image's name. Absent: a boot device, drives, a configuration table,
 * APM and everything of a display; in files without section headers, those.
 */
final class Multiboot1Info {
    /** What EAX holds at the entry. */
    static final long LOADER_MAGIC = 0x2BAD_B002L;

    private static final int BYTES = 120;
    private static final int MEMORY = 1;
    private static final int COMMAND_LINE = 1 << 2;
    private static final int MODULES = 1 << 3;
    private static final int ELF_SECTIONS = 1 << 5;
    private static final int MEMORY_MAP = 1 << 6;
    private static final int LOADER_NAME = 1 << 9;
    private static final int MAP_ENTRY_BYTES = 20;

    private Multiboot1Info() {
    }

    /** {@return the address for EBX} */
    static long write(final Structures structures, final LoadedImage image) {
        final int flags = MEMORY | COMMAND_LINE | MODULES | MEMORY_MAP | LOADER_NAME
                | (image.sections().isPresent() ? ELF_SECTIONS : 0);
        final Bytes modules = new Bytes();
        for (final LoadedModule module : image.modules()) {
            modules.u32(module.start()).u32(module.end()).u32(structures.putText(module.parameters())).u32(0);
        }
        final Bytes map = new Bytes();
        for (final MemoryMap.Range range : image.map().ranges()) {
            map.u32(MAP_ENTRY_BYTES).u64(range.start()).u64(range.size()).u32(range.kind());
        }
        final Bytes info = new Bytes().u32(flags).u32(image.map().lowerKib()).u32(image.map().upperKib()).u32(0);
        info.u32(structures.putText(commandLine(image)));
        info.u32(image.modules().size());
        info.u32(image.modules().isEmpty() ? 0 : structures.put(modules.toArray()));
        image.sections().ifPresentOrElse(
                s -> info.u32(s.count()).u32(s.entrySize()).u32(structures.put(s.headers())).u32(s.names()),
                () -> info.zeros(16));
        info.u32(map.size()).u32(structures.put(map.toArray())).zeros(12).u32(structures.putText(LoadedImage.LOADER));
        return structures.put(info.zeros(BYTES - info.size()).toArray());
    }

    private static String commandLine(final LoadedImage image) {
        return image.commandLine().isEmpty() ? image.name() : image.name() + " " + image.commandLine();
    }
}

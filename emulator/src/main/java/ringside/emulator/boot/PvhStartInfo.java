package ringside.emulator.boot;

/** The start info of PVH, version 1 (Xen, public/arch-x86/hvm/start_info.h). */
final class PvhStartInfo {
    private static final int MAGIC = 0x336E_C578;
    private static final int VERSION = 1;

    private PvhStartInfo() {
    }

    /** {@return the address for EBX} */
    static long write(final Structures structures, final LoadedImage image) {
        final Bytes modules = new Bytes();
        for (final LoadedModule module : image.modules()) {
            modules.u64(module.start()).u64(module.end() - module.start())
                    .u64(structures.putText(module.parameters())).u64(0);
        }
        final Bytes map = new Bytes();
        for (final MemoryMap.Range range : image.map().ranges()) {
            map.u64(range.start()).u64(range.size()).u32(range.kind()).u32(0);
        }
        final Bytes info = new Bytes().u32(MAGIC).u32(VERSION).u32(0).u32(image.modules().size());
        info.u64(image.modules().isEmpty() ? 0 : structures.put(modules.toArray()));
        info.u64(structures.putText(image.commandLine()));
        info.u64(image.acpi().rootPointer());
        info.u64(structures.put(map.toArray())).u32(image.map().ranges().size()).u32(0);
        return structures.put(info.toArray());
    }
}

package ringside.emulator.boot;

import java.util.List;
import java.util.Optional;

/**
 * All that the structures of a protocol tell of.
 *
 * @param name        the image file's own name, without folders
 * @param commandLine as configured
 * @param modules     in their order
 * @param map         of memory
 * @param acpi        its root pointer
 * @param sections    the ELF section headers, if the kernel gets them
 */
record LoadedImage(
        String name, String commandLine, List<LoadedModule> modules, MemoryMap map, AcpiTables acpi,
        Optional<Sections> sections) {
    /** What a kernel reads in place of the loader's name. */
    static final String LOADER = "Ringside";

    /** Section headers that say where the sections are in RAM. */
    record Sections(int count, int entrySize, int names, byte[] headers) {
    }
}

/**
 * What firmware and a boot loader leave in RAM: the image, its modules, ACPI and MP tables, and the structures of the
 * boot protocols: PVH, multiboot1, multiboot2.
 *
 * <p>Knows RAM and files; depends on no engine, device or machine.
 */
package ringside.emulator.boot;

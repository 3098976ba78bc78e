package ringside.emulator.engine;

/**
 * Where a descriptor table is: GDTR or IDTR.
 *
 * @param base  linear address of its first byte
 * @param limit offset of its last byte, 0 to 65535
 */
public record DescriptorTable(long base, int limit) {
}

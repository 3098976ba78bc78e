package ringside.emulator.boot;

import java.util.Objects;
import ringside.toolchain.image.BootProtocol;

/**
 * The state in which the first CPU starts the image: 32-bit protected mode without paging for all protocols but
 * {@link BootProtocol#ELF64}, which is 64-bit mode. Segments are flat; interrupts are off; the GDT is the kernel's own
 * affair.
 *
 * @param protocol by which the image was loaded
 * @param address  of the first instruction
 * @param eax      the loader's magic number, where there is one
 * @param ebx      physical address of the information for the kernel, where there is some
 * @param stack    of a page or more of free memory below it; no protocol promises that
 * @param root     physical address of the page-table root, in 64-bit mode
 */
public record BootEntry(BootProtocol protocol, long address, long eax, long ebx, long stack, long root) {
    /** Needs a protocol. */
    public BootEntry {
        Objects.requireNonNull(protocol, "protocol");
    }

    /** {@return whether it is 64-bit mode} */
    public boolean longMode() {
        return protocol == BootProtocol.ELF64;
    }
}

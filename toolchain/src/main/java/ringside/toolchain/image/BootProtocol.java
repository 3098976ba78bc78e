package ringside.toolchain.image;

/** A way in which a loader hands a machine over to an image. */
public enum BootProtocol {
    /** Xen's PVH: 32-bit entry of a note, start info behind EBX. */
    PVH("pvh"),
    /** Multiboot, first version: 32-bit entry, information behind EBX. */
    MULTIBOOT1("multiboot1"),
    /** Multiboot2: 32-bit entry, information behind EBX. */
    MULTIBOOT2("multiboot2"),
    /** No protocol at all: the entry of an ELF64 file in 64-bit mode, the first 4 GiB mapped to themselves. */
    ELF64("elf64");

    private final String label;

    BootProtocol(final String label) {
        this.label = label;
    }

    /** {@return its name on a command line, e.g. {@code multiboot1}} */
    public String label() {
        return label;
    }
}

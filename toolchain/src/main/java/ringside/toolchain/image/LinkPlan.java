package ringside.toolchain.image;

import java.util.List;
import java.util.Objects;

/**
 * Where sections go: the whole of what a linker script would say.
 *
 * <p>For each segment the linker also defines the constants-with-a-place {@code NAME_start}, {@code NAME_end}
 * (virtual), {@code NAME_load_start} and {@code NAME_load_end} (physical), NAME being the segment's name.
 *
 * @param segments in order of rising physical address
 * @param entry    the global symbol that ELF's {@code e_entry} gets
 * @param pvhEntry the global symbol, at a 32-bit physical address, that the Xen PVH note names; {@code null}
 *                 for an image without the note
 */
public record LinkPlan(List<Segment> segments, String entry, String pvhEntry) {
    /** Copies the list. */
    public LinkPlan {
        segments = List.copyOf(segments);
        Objects.requireNonNull(entry, "entry");
    }

    /**
     * One PT_LOAD.
     *
     * @param name     lower case, a symbol prefix
     * @param virtual  virtual address of its first byte
     * @param physical physical address of its first byte, or {@link #AFTER_PREVIOUS}
     * @param access   page rights
     * @param sections the section names it gathers, in order; {@code ".text*"} takes every section that starts
     *                 with {@code .text} and that no earlier pattern took; order inside a pattern is the order of the
     *                 objects
     */
    public record Segment(String name, long virtual, long physical, Access access, List<String> sections) {
        /** The next 4 KiB boundary after the previous segment's last byte (zero fill included). */
        public static final long AFTER_PREVIOUS = -1;

        /** Copies the list. */
        public Segment {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(access, "access");
            sections = List.copyOf(sections);
        }
    }

    /** Page rights; there is no writable and executable. */
    public enum Access {
        /** Read only. */
        READ,
        /** Read and write. */
        READ_WRITE,
        /** Read and execute. */
        READ_EXECUTE
    }
}

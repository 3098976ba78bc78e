package ringside.toolchain.image;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one protocol does with an image.
 *
 * @param protocol which
 * @param entry    of the first instruction: physical, below 4 GiB; virtual for {@link BootProtocol#ELF64}
 * @param segments what to load; physically disjoint
 * @param sections the ELF section headers, where the protocol hands them over and the file has them
 * @param movable  whether a loader could load the image elsewhere and has to say where it did
 */
public record BootPlan(
        BootProtocol protocol, long entry, List<ImageSegment> segments, Optional<SectionTable> sections,
        boolean movable) {
    /** Takes the segments as they are. */
    public BootPlan {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(sections, "sections");
        segments = List.copyOf(segments);
    }
}

package ringside.toolchain.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What protocols an image offers, and what each does with it.
 *
 * <p>The order is that of QEMU's {@code -kernel}, so that a file boots here as it does there: a multiboot1 header comes
 * first, then a PVH note. What QEMU refuses follows: multiboot2, and multiboot1 in an ELF64 file without address
 * fields, which GRUB boots.
 */
final class BootPlanner {
    private static final long END_32 = 1L << 32;

    private final ElfReader elf;
    private final Optional<MultibootHeader> multiboot1;
    private final Optional<MultibootHeader> multiboot2;

    /**
     * Looks for headers.
     *
     * @param file all of it
     * @param elf  what its ELF headers say, or {@code null} if it has none
     */
    BootPlanner(final byte[] file, final ElfReader elf) {
        this.elf = elf;
        multiboot1 = Multiboot1.find(file);
        multiboot2 = Multiboot2.find(file);
    }

    /** The protocols whose headers are there, the best first. */
    List<BootProtocol> offered() {
        final List<BootProtocol> offered = new ArrayList<>();
        final boolean grubOnly =
                elf != null && elf.wide() && multiboot1.isPresent() && multiboot1.get().segment().isEmpty();
        if (multiboot1.isPresent() && !grubOnly) {
            offered.add(BootProtocol.MULTIBOOT1);
        }
        if (elf != null && elf.pvhEntry().isPresent()) {
            offered.add(BootProtocol.PVH);
        }
        if (multiboot2.isPresent()) {
            offered.add(BootProtocol.MULTIBOOT2);
        }
        if (grubOnly) {
            offered.add(BootProtocol.MULTIBOOT1);
        }
        if (elf != null && elf.wide()) {
            offered.add(BootProtocol.ELF64);
        }
        return List.copyOf(offered);
    }

    /** The first that works out; if none does, what is wrong with the first. */
    BootPlan best() {
        CorruptException first = null;
        for (final BootProtocol protocol : offered()) {
            try {
                return plan(protocol);
            } catch (final CorruptException wrong) {
                first = first == null ? wrong : first;
            }
        }
        throw first != null ? first : new CorruptException("boot protocol",
                "a file for i386 must have a multiboot header or a PVH note, and this one has neither");
    }

    /** What a protocol does with the image. */
    BootPlan plan(final BootProtocol protocol) {
        if (!offered().contains(protocol)) {
            throw new CorruptException("boot protocol", "the image does not offer " + protocol.label() + ", only "
                    + offered().stream().map(BootProtocol::label).toList());
        }
        return switch (protocol) {
            case PVH -> new BootPlan(protocol, elf.pvhEntry().getAsLong(), elf.segments(), Optional.empty(), false);
            case MULTIBOOT1 -> plan(protocol, multiboot1.orElseThrow());
            case MULTIBOOT2 -> plan(protocol, multiboot2.orElseThrow());
            case ELF64 -> plain();
        };
    }

    /** No header may have claimed the ELF entry: what those enter is 32-bit code. */
    private BootPlan plain() {
        final Optional<BootProtocol> other = multiboot2.filter(this::usesElfEntry).map(_ -> BootProtocol.MULTIBOOT2)
                .or(() -> multiboot1.filter(this::usesElfEntry).map(_ -> BootProtocol.MULTIBOOT1));
        if (other.isPresent()) {
            throw new CorruptException("boot protocol", "elf64 enters in 64-bit mode, and the file's entry is that of "
                    + other.get().label() + ", which is 32-bit code");
        }
        return new BootPlan(BootProtocol.ELF64, elf.entry(), elf.segments(), Optional.empty(), false);
    }

    /** It names no other one, or the same. */
    private boolean usesElfEntry(final MultibootHeader header) {
        return header.refusal().isEmpty()
                && (header.entry().isEmpty() || header.entry().getAsLong() == physicalEntry());
    }

    private BootPlan plan(final BootProtocol protocol, final MultibootHeader header) {
        if (header.refusal().isPresent()) {
            throw new CorruptException(header.place(), header.refusal().get());
        }
        if (header.segment().isEmpty() && elf == null) {
            throw new CorruptException(header.place(), "the file is no ELF file, and its header has no addresses");
        }
        final List<ImageSegment> segments = header.segment().map(List::of).orElseGet(() -> elf.segments());
        final long entry = header.entry().orElseGet(this::physicalEntry);
        if (entry < 0 || entry >= END_32
                || segments.stream().noneMatch(s -> Long.compareUnsigned(entry - s.physical(), s.memorySize()) < 0)) {
            throw new CorruptException(header.place(), "its entry is in no segment: address="
                    + MultibootHeader.hex(entry));
        }
        return new BootPlan(protocol, entry, segments,
                header.segment().isPresent() ? Optional.empty() : elf.sections().table(), header.movable());
    }

    /** The ELF entry is virtual if it is in a segment as the code sees it, as GRUB has it; else physical (QEMU). */
    private long physicalEntry() {
        for (final ImageSegment segment : elf.segments()) {
            if (segment.contains(elf.entry())) {
                return elf.entry() - segment.virtual() + segment.physical();
            }
        }
        return elf.entry();
    }
}

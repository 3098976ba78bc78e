package ringside.toolchain.image;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds a multiboot header of the first version (Multiboot Specification 0.6.96, 3.1).
 *
 * <p>Bit 2 asks for a video mode. There is no display, so the kernel is told of none; QEMU and GRUB without a display
 * boot such a kernel, too.
 */
final class Multiboot1 {
    private static final int MAGIC = 0x1BAD_B002;
    private static final int SEARCH = 8192;
    private static final int ALIGN = 4;
    private static final int CHECKED_WORDS = 3;
    private static final int ADDRESS_BYTES = 20;
    private static final int REQUIRED = 0xffff;
    private static final int PAGE_ALIGNED_MODULES = 1;
    private static final int MEMORY_INFORMATION = 1 << 1;
    private static final int VIDEO_MODE = 1 << 2;
    private static final int HAS_ADDRESSES = 1 << 16;

    private Multiboot1() {
    }

    static Optional<MultibootHeader> find(final byte[] file) {
        final int offset = MultibootHeader.find(file, MAGIC, SEARCH, ALIGN, CHECKED_WORDS);
        if (offset < 0) {
            return Optional.empty();
        }
        final String place = "multiboot1 header at " + MultibootHeader.hex(offset);
        try {
            return Optional.of(read(file, offset, place));
        } catch (final CorruptException wrong) {
            return Optional.of(MultibootHeader.refused(place, wrong.reason()));
        }
    }

    private static MultibootHeader read(final byte[] file, final int offset, final String place) {
        final ByteReader in = new ByteReader(file, place, offset, Math.min(file.length, SEARCH) - offset);
        in.skip(Integer.BYTES);
        final int flags = (int) in.u32();
        in.skip(Integer.BYTES);
        final int unknown = flags & REQUIRED & ~(PAGE_ALIGNED_MODULES | MEMORY_INFORMATION | VIDEO_MODE);
        if (unknown != 0) {
            throw in.corrupt("it requires what no loader knows: flags=" + MultibootHeader.hex(unknown));
        }
        if ((flags & HAS_ADDRESSES) == 0) {
            return new MultibootHeader(place, Optional.empty(), OptionalLong.empty(), false, Optional.empty());
        }
        final ByteReader fields = in.part(place, ADDRESS_BYTES);
        final MultibootHeader.Addresses addresses =
                new MultibootHeader.Addresses(fields.u32(), fields.u32(), fields.u32(), fields.u32());
        return new MultibootHeader(place, Optional.of(addresses.segment(file, offset, place)),
                OptionalLong.of(fields.u32()), false, Optional.empty());
    }
}

package ringside.toolchain.image;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds a multiboot2 header and reads its tags (Multiboot2 Specification 2.0, 3.1).
 *
 * <p>Entries for EFI are of no use here. An image that may be moved is loaded where it is linked. Information that
 * this machine never has (a framebuffer, say) may be requested: the specification has it left out then.
 */
final class Multiboot2 {
    private static final int MAGIC = 0xE852_50D6;
    private static final int SEARCH = 32_768;
    private static final int ALIGN = 8;
    private static final int CHECKED_WORDS = 4;
    private static final int ARCHITECTURE_I386 = 0;
    private static final int HEADER_BYTES = 16;
    private static final int TAG_HEADER = 8;
    private static final int OPTIONAL = 1;
    private static final int HIGHEST_INFORMATION = 21;
    private static final int CONSOLE_REQUIRED = 1;
    private static final long FROM_START_OF_FILE = 0xffff_ffffL;

    private final byte[] file;
    private final int offset;
    private final String place;
    private MultibootHeader.Addresses addresses;
    private OptionalLong entry = OptionalLong.empty();
    private boolean movable;

    private Multiboot2(final byte[] file, final int offset, final String place) {
        this.file = file;
        this.offset = offset;
        this.place = place;
    }

    static Optional<MultibootHeader> find(final byte[] file) {
        final int offset = MultibootHeader.find(file, MAGIC, SEARCH, ALIGN, CHECKED_WORDS);
        if (offset < 0) {
            return Optional.empty();
        }
        final String place = "multiboot2 header at " + MultibootHeader.hex(offset);
        try {
            return Optional.of(new Multiboot2(file, offset, place).read());
        } catch (final CorruptException wrong) {
            return Optional.of(MultibootHeader.refused(place, wrong.reason()));
        }
    }

    private MultibootHeader read() {
        final ByteReader search = new ByteReader(file, place, offset, Math.min(file.length, SEARCH) - offset);
        search.skip(Integer.BYTES);
        final long architecture = search.u32();
        final long length = search.u32();
        search.skip(Integer.BYTES);
        if (architecture != ARCHITECTURE_I386) {
            throw search.corrupt("it is not for i386: architecture=" + architecture);
        }
        if (length < HEADER_BYTES) {
            throw search.corrupt("it is shorter than itself: bytes=" + length);
        }
        readTags(search.part(place, length - HEADER_BYTES));
        if (addresses == null) {
            return new MultibootHeader(place, Optional.empty(), entry, movable, Optional.empty());
        }
        if (entry.isEmpty()) {
            throw search.corrupt("it has an address tag, but no entry address tag");
        }
        return new MultibootHeader(
                place, Optional.of(addresses.segment(file, offset, place)), entry, movable, Optional.empty());
    }

    private void readTags(final ByteReader tags) {
        while (true) {
            final int type = tags.u16();
            final boolean required = (tags.u16() & OPTIONAL) == 0;
            final long size = tags.u32();
            if (size < TAG_HEADER) {
                throw tags.corrupt("a tag is shorter than its header: type=" + type + ", bytes=" + size);
            }
            final ByteReader tag = tags.part(place, size - TAG_HEADER);
            if (type == 0) {
                return;
            }
            tags.skip(Math.min(-size & ALIGN - 1, tags.remaining()));
            read(type, required, tag);
        }
    }

    private void read(final int type, final boolean required, final ByteReader tag) {
        switch (type) {
            case 1 -> requests(required, tag);
            case 2 -> {
                final long header = tag.u32();
                final long load = tag.u32();
                addresses = new MultibootHeader.Addresses(
                        header, load == FROM_START_OF_FILE ? header - offset : load, tag.u32(), tag.u32());
            }
            case 3 -> entry = OptionalLong.of(tag.u32());
            case 4 -> {
                if (required && (tag.u32() & CONSOLE_REQUIRED) != 0) {
                    throw tag.corrupt("it requires a console (console flags tag), and there is no display");
                }
            }
            case 5 -> {
                if (required) {
                    throw tag.corrupt("it requires a framebuffer (framebuffer tag), and there is no display");
                }
            }
            case 6, 7, 8, 9 -> {
                // Modules are page-aligned always, and EFI is not there.
            }
            case 10 -> movable = true;
            default -> {
                if (required) {
                    throw tag.corrupt("it requires what no loader knows: tag type=" + type);
                }
            }
        }
    }

    private static void requests(final boolean required, final ByteReader tag) {
        while (tag.remaining() >= Integer.BYTES) {
            final long information = tag.u32();
            if (required && information > HIGHEST_INFORMATION) {
                throw tag.corrupt("it requires information that no loader knows: type=" + information);
            }
        }
    }
}

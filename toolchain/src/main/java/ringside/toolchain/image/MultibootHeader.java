package ringside.toolchain.image;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A multiboot header, of either version, as far as a loader without firmware or a display needs it.
 *
 * @param place    for messages
 * @param segment  what its address fields load in place of what the ELF headers say
 * @param entry    physical, where the header names one
 * @param movable  whether the image may be loaded elsewhere
 * @param refusal  why no image with this header can be booted, where that is so
 */
record MultibootHeader(
        String place, Optional<ImageSegment> segment, OptionalLong entry, boolean movable, Optional<String> refusal) {
    private static final int ALIGN_MASK = 3;
    private static final long END_32 = 1L << 32;

    static MultibootHeader refused(final String place, final String reason) {
        return new MultibootHeader(place, Optional.empty(), OptionalLong.empty(), false, Optional.of(reason));
    }

    /** The four address fields that both versions share; each is a physical address. */
    record Addresses(long header, long load, long loadEnd, long bssEnd) {
        /**
         * Cuts the part out of the file.
         *
         * @param file   all of it
         * @param offset of the header in the file
         * @throws CorruptException when the addresses contradict each other or the file
         */
        ImageSegment segment(final byte[] file, final int offset, final String place) {
            final long first = offset - (header - load);
            if (load > header || first < 0) {
                throw new CorruptException(place, "its load address lies before the file or behind the header: load="
                        + hex(load) + ", header=" + hex(header));
            }
            final long stored = loadEnd == 0 ? file.length - first : loadEnd - load;
            if (stored < 0 || stored > file.length - first) {
                throw new CorruptException(place, "it loads more than the file has: load=" + hex(load) + ", end="
                        + hex(loadEnd) + ", bytes in the file=" + hex(file.length - first));
            }
            final long size = bssEnd == 0 ? stored : bssEnd - load;
            if (size < stored || load + size > END_32) {
                throw new CorruptException(place, "its bss ends before its content or runs over 4 GiB: load="
                        + hex(load) + ", bytes=" + hex(stored) + ", bss end=" + hex(bssEnd));
            }
            final MemorySegment content = MemorySegment.ofArray(file).asSlice(first, stored).asReadOnly();
            return new ImageSegment(load, load, content, size, true, true, true);
        }
    }

    /** Where the first of a row of words stands, which the others complete to a sum of 0; -1 if nowhere. */
    static int find(final byte[] file, final int magic, final int within, final int align, final int words) {
        final int end = Math.min(file.length, within) - words * Integer.BYTES;
        for (int at = 0; at <= end; at += align) {
            if (file[at] == (byte) magic && word(file, at) == magic) {
                int sum = 0;
                for (int i = 0; i < words; i++) {
                    sum += word(file, at + i * Integer.BYTES);
                }
                if (sum == 0) {
                    return at;
                }
            }
        }
        return -1;
    }

    private static int word(final byte[] file, final int at) {
        int word = 0;
        for (int i = ALIGN_MASK; i >= 0; i--) {
            word = word << Byte.SIZE | file[at + i] & 0xff;
        }
        return word;
    }

    static String hex(final long value) {
        return "0x" + Long.toHexString(value);
    }
}

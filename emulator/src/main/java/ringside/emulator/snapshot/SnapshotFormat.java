package ringside.emulator.snapshot;

import java.nio.charset.StandardCharsets;
import ringside.emulator.memory.GuestRam;
import ringside.toolchain.platform.PcLayout;

/**
 * A snapshot as a file: numbers that reader and writer share. {@code docs/snapshot-format.md} tells it in words.
 *
 * <pre>
 *   file     MAGIC (8)  VERSION (4)  section...            all numbers big-endian
 *   section  tag (4)  length (4)  payload (length)  CRC-32C of tag, length and payload (4)
 *
 *   HEAD     image, make: text   steps, cycles, bytes of RAM: 8   pages stored, pages of RAM mapped, parts: 4
 *   PART     name: text   hashed: 1   bytes of content in pages: 8   pages mapped: 4   the rest: its bytes
 *   PAGE     first: 4   count: 4   the rest: deflated, count pages of 4 KiB          pages stored, numbered from 0 on
 *   RMAP     count: 4   the rest: deflated, count times (page of RAM: 4, page stored: 4), rising
 *   PMAP     as RMAP, of a part's content
 *   LAST     SHA-256 of every byte before this section (32)
 *   text     length: 2   ASCII
 * </pre>
 *
 * <p>Sections come in this order: one HEAD, the PARTs, the PAGEs, the RMAPs, the PMAPs of one part after the other,
 * LAST.
 */
final class SnapshotFormat {
    /** As of PNG: a file that was sent as text, or cut, does not begin like this. */
    static final long MAGIC = 0x89_52_53_4E_41_50_0D_0AL;
    static final int VERSION = 2;

    static final int HEAD = tag("HEAD");
    static final int PART = tag("PART");
    static final int PAGE = tag("PAGE");
    static final int RMAP = tag("RMAP");
    static final int PMAP = tag("PMAP");
    static final int LAST = tag("LAST");

    static final int HEAD_MOST = Snapshot.LONGEST_MAKE + 1024;
    static final int PART_MOST = StatePart.MOST_BYTES + 1024;
    static final int PAGES_IN_SECTION = 256;
    static final int ENTRIES_IN_SECTION = 1 << 16;
    static final int ENTRY_BYTES = 2 * Integer.BYTES;
    static final int SECTION_HEAD = 2 * Integer.BYTES;
    /** Deflate makes nothing longer by more than this share, and a little. */
    private static final int DEFLATE_SHARE = 1000;
    private static final int DEFLATE_SLACK = 64;
    static final int PAGE_MOST = SECTION_HEAD + deflated(PAGES_IN_SECTION * GuestRam.PAGE);
    static final int MAP_MOST = Integer.BYTES + deflated(ENTRIES_IN_SECTION * ENTRY_BYTES);

    static final long RAM_MOST = PcLayout.RAM_MAX_SIZE;

    private SnapshotFormat() {
    }

    private static int deflated(final int bytes) {
        return bytes + bytes / DEFLATE_SHARE + DEFLATE_SLACK;
    }

    private static int tag(final String name) {
        int tag = 0;
        for (final byte letter : name.getBytes(StandardCharsets.US_ASCII)) {
            tag = tag << Byte.SIZE | letter;
        }
        return tag;
    }

    /** {@return a section's name for messages; what is no letter is shown as a question mark} */
    static String name(final int tag) {
        final StringBuilder name = new StringBuilder();
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            final char letter = (char) (tag >>> shift & 0xFF);
            name.append(letter >= 'A' && letter <= 'Z' ? letter : '?');
        }
        return name.toString();
    }
}

package ringside.profiler.trace;

import java.nio.charset.StandardCharsets;

/**
 * A trace as a file: numbers that reader and writer share. {@code docs/record.md} tells it in words.
 *
 * <pre>
 *   file     MAGIC (8)  VERSION (4)  section...            numbers of fixed size are big-endian
 *   section  tag (4)  length (4)  payload (length)  CRC-32C of tag, length and payload (4)
 *   payload  bytes when inflated (4)  deflated: what the section holds
 *
 *   HEAD     who recorded what, how
 *   SYMS     names of addresses
 *   PROB     names of probes
 *   INPT     what came into COM1, by position
 *   EVNT     a piece of the event stream
 *   MARK     ticks, counts of events, and a checkpoint behind what the INPTs and EVNTs before it tell
 *   LAST     how the run ended, SHA-256 of every byte before this section
 * </pre>
 *
 * <p>Sections come in this order: HEAD, SYMSs, PROB, then once or more INPTs, EVNTs and a MARK, then LAST.
 */
final class TraceFormat {
    /** As of PNG: a file that was sent as text, or cut, does not begin like this. */
    static final long MAGIC = 0x89_52_54_52_41_43_0D_0AL;
    static final int VERSION = 1;

    static final int HEAD = tag("HEAD");
    static final int SYMS = tag("SYMS");
    static final int PROB = tag("PROB");
    static final int INPT = tag("INPT");
    static final int EVNT = tag("EVNT");
    static final int MARK = tag("MARK");
    static final int LAST = tag("LAST");

    static final int SECTION_HEAD = 2 * Integer.BYTES;
    /** Bytes of a section when inflated. */
    static final int SECTION_MOST = 4 << 20;
    /** Bytes of a section in the file: deflate makes nothing longer by more than this. */
    static final int PAYLOAD_MOST = Integer.BYTES + SECTION_MOST + SECTION_MOST / 1000 + 64;
    /** Inflated bytes from which on a section of events or of input ends. */
    static final int SECTION_FULL = 1 << 20;

    static final int HASH_BYTES = 32;

    private TraceFormat() {
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

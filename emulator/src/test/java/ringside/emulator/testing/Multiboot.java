package ringside.emulator.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes multiboot headers. */
public final class Multiboot {
    /** Flags of version 1: modules on pages, memory information. */
    public static final int USUAL_FLAGS = 3;
    /** Flag of version 1: the fields of a video mode are there. */
    public static final int VIDEO_MODE = 1 << 2;
    /** Flag of version 1: the address fields are there. */
    public static final int ADDRESSES = 1 << 16;

    private static final int MAGIC_1 = 0x1BAD_B002;
    private static final int MAGIC_2 = 0xE852_50D6;
    private static final int HEADER_2_BYTES = 16;
    private static final int END_TAG_BYTES = 8;

    private Multiboot() {
    }

    /**
     * {@return a header of version 1}
     *
     * @param flags  as they are
     * @param fields what follows the checksum: header, load, load end, bss end and entry address
     */
    public static byte[] header1(final int flags, final int... fields) {
        final ByteBuffer header = little((3 + fields.length) * Integer.BYTES);
        header.putInt(MAGIC_1).putInt(flags).putInt(-(MAGIC_1 + flags));
        Arrays.stream(fields).forEach(header::putInt);
        return header.array();
    }

    /**
     * {@return a header of version 2 that ends in an end tag}
     *
     * @param tags in their order
     */
    public static byte[] header2(final byte[]... tags) {
        final int bytes = HEADER_2_BYTES + Arrays.stream(tags).mapToInt(t -> t.length).sum() + END_TAG_BYTES;
        final ByteBuffer header = little(bytes);
        header.putInt(MAGIC_2).putInt(0).putInt(bytes).putInt(-(MAGIC_2 + bytes));
        Arrays.stream(tags).forEach(header::put);
        header.putShort((short) 0).putShort((short) 0).putInt(END_TAG_BYTES);
        return header.array();
    }

    /**
     * {@return a tag for a header of version 2, padded to 8 bytes}
     *
     * @param type  its kind
     * @param flags 1 for an optional one
     * @param words its content
     */
    public static byte[] tag(final int type, final int flags, final int... words) {
        final int bytes = END_TAG_BYTES + words.length * Integer.BYTES;
        final ByteBuffer tag = little(bytes + 7 & -8);
        tag.putShort((short) type).putShort((short) flags).putInt(bytes);
        Arrays.stream(words).forEach(tag::putInt);
        return tag.array();
    }

    private static ByteBuffer little(final int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

package ringside.toolchain.image;

import java.nio.charset.StandardCharsets;

/** Reads a part of a file, least significant byte first, and refuses to leave it. */
final class ByteReader {
    /** The longest name of a symbol or a file: a bound for hostile input. */
    static final int MAX_TEXT = 4096;

    private final byte[] bytes;
    private final String place;
    private final int end;
    private int position;

    /**
     * Takes a part.
     *
     * @param place  what the part is called in messages
     * @param offset from the start of the file, unsigned
     * @param size   bytes, unsigned
     * @throws CorruptException if the part is not inside the file
     */
    ByteReader(final byte[] bytes, final String place, final long offset, final long size) {
        if (Long.compareUnsigned(offset, bytes.length) > 0 || Long.compareUnsigned(size, bytes.length - offset) > 0) {
            throw new CorruptException(place, "lies outside of the file: offset=0x" + Long.toHexString(offset)
                    + ", bytes=0x" + Long.toHexString(size) + ", file=0x" + Integer.toHexString(bytes.length));
        }
        this.bytes = bytes;
        this.place = place;
        position = (int) offset;
        end = (int) (offset + size);
    }

    int remaining() {
        return end - position;
    }

    int position() {
        return position;
    }

    /** The next bytes as a part of their own; goes on behind them. */
    ByteReader part(final String name, final long size) {
        need(size);
        final ByteReader part = new ByteReader(bytes, name, position, size);
        position += (int) size;
        return part;
    }

    void skip(final long size) {
        need(size);
        position += (int) size;
    }

    int u8() {
        need(1);
        return bytes[position++] & 0xff;
    }

    int u16() {
        need(2);
        return u8() | u8() << 8;
    }

    /** 4 bytes, zero-extended. */
    long u32() {
        need(4);
        return u16() | (long) u16() << 16;
    }

    long u64() {
        need(8);
        return u32() | u32() << 32;
    }

    /** An address or a size of an ELF file: 8 bytes in wide ones, otherwise 4, zero-extended. */
    long word(final boolean wide) {
        return wide ? u64() : u32();
    }

    long unsignedLeb() {
        long value = 0;
        int shift = 0;
        int part;
        do {
            part = u8();
            if (shift < Long.SIZE) {
                value |= (long) (part & 0x7f) << shift;
            }
            shift += 7;
        } while (part >= 0x80);
        return value;
    }

    long signedLeb() {
        long value = 0;
        int shift = 0;
        int part;
        do {
            part = u8();
            if (shift < Long.SIZE) {
                value |= (long) (part & 0x7f) << shift;
            }
            shift += 7;
        } while (part >= 0x80);
        return shift < Long.SIZE && (part & 0x40) != 0 ? value | -1L << shift : value;
    }

    /** A name up to a zero byte, which is skipped: where names of files from anywhere enter, and become plain. */
    String text() {
        int stop = position;
        while (stop < end && bytes[stop] != 0) {
            stop++;
        }
        if (stop == end) {
            throw corrupt("a name has no end");
        }
        if (stop - position > MAX_TEXT) {
            throw corrupt("a name is longer than " + MAX_TEXT + " bytes");
        }
        final String text = PlainName.of(new String(bytes, position, stop - position, StandardCharsets.UTF_8));
        position = stop + 1;
        return text;
    }

    /** Text at an offset from where this reader stands now, which does not move. */
    String textAt(final long offset) {
        if (Long.compareUnsigned(offset, remaining()) >= 0) {
            throw corrupt("a name starts outside of it: offset=0x" + Long.toHexString(offset));
        }
        final int back = position;
        position += (int) offset;
        final String text = text();
        position = back;
        return text;
    }

    CorruptException corrupt(final String reason) {
        return new CorruptException(place, reason);
    }

    private void need(final long size) {
        if (Long.compareUnsigned(size, remaining()) > 0) {
            throw corrupt("ends too early: wanted=" + Long.toUnsignedString(size) + ", left=" + remaining());
        }
    }
}

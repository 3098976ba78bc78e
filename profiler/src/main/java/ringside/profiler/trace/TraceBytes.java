package ringside.profiler.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of a section while they are put together. Numbers of varying size have seven bits a byte, the lowest first. */
final class TraceBytes {
    private byte[] bytes = new byte[1 << 12];
    private int size;

    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    void clear() {
        size = 0;
    }

    TraceBytes u8(final int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) value;
        return this;
    }

    TraceBytes i32(final int value) {
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            u8(value >>> shift);
        }
        return this;
    }

    TraceBytes i64(final long value) {
        return i32((int) (value >>> Integer.SIZE)).i32((int) value);
    }

    /** A number that is mostly small; all 64 bits are kept. */
    TraceBytes number(final long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            u8((int) (left & 0x7F) | 0x80);
            left >>>= 7;
        }
        return u8((int) left);
    }

    /** A number that is mostly near 0, on either side. */
    TraceBytes signed(final long value) {
        return number(value << 1 ^ value >> Long.SIZE - 1);
    }

    TraceBytes raw(final byte[] more) {
        for (final byte value : more) {
            u8(value);
        }
        return this;
    }

    /** A text of at most {@link TraceLimits#TEXT} bytes; the rest of a longer one is left out. */
    TraceBytes text(final String text) {
        byte[] utf = text.getBytes(StandardCharsets.UTF_8);
        if (utf.length > TraceLimits.TEXT) {
            int end = TraceLimits.TEXT;
            while ((utf[end] & 0xC0) == 0x80) {
                end--;
            }
            utf = Arrays.copyOf(utf, end);
        }
        return number(utf.length).raw(utf);
    }
}

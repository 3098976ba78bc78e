package ringside.emulator.boot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes, least significant byte first. */
final class Bytes {
    private byte[] bytes = new byte[256];
    private int size;

    int size() {
        return size;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    Bytes u8(final int value) {
        grow(1);
        bytes[size++] = (byte) value;
        return this;
    }

    Bytes u16(final int value) {
        return u8(value).u8(value >> 8);
    }

    Bytes u32(final long value) {
        return u16((int) value).u16((int) (value >> 16));
    }

    Bytes u64(final long value) {
        return u32(value).u32(value >>> 32);
    }

    Bytes put(final byte[] values) {
        grow(values.length);
        System.arraycopy(values, 0, bytes, size, values.length);
        size += values.length;
        return this;
    }

    /** Characters, one byte each, and no end. */
    Bytes text(final String text) {
        return put(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Zeros until the size is a multiple. */
    Bytes align(final int multiple) {
        return zeros(-size & multiple - 1);
    }

    Bytes zeros(final int count) {
        grow(count);
        size += count;
        return this;
    }

    void patch8(final int offset, final int value) {
        bytes[offset] = (byte) value;
    }

    void patch32(final int offset, final long value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[offset + i] = (byte) (value >> i * Byte.SIZE);
        }
    }

    /** What makes the bytes of a range add up to 0, the byte itself counted as 0. */
    int checksum(final int from, final int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum -= bytes[i];
        }
        return sum & 0xff;
    }

    private void grow(final int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }
}

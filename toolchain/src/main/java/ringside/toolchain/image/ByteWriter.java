package ringside.toolchain.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes, least significant byte first. */
final class ByteWriter {
    private byte[] bytes = new byte[1024];
    private int size;

    int size() {
        return size;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    ByteWriter u8(final int value) {
        grow(1);
        bytes[size++] = (byte) value;
        return this;
    }

    ByteWriter u16(final int value) {
        return u8(value).u8(value >> 8);
    }

    ByteWriter u32(final long value) {
        return u16((int) value).u16((int) (value >> 16));
    }

    ByteWriter u64(final long value) {
        return u32(value).u32(value >>> 32);
    }

    ByteWriter bytes(final byte[] values) {
        grow(values.length);
        System.arraycopy(values, 0, bytes, size, values.length);
        size += values.length;
        return this;
    }

    /** Text and the zero byte that ends it. */
    ByteWriter text(final String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8)).u8(0);
    }

    ByteWriter unsignedLeb(final long value) {
        long left = value;
        while (left >>> 7 != 0) {
            u8((int) left | 0x80);
            left >>>= 7;
        }
        return u8((int) left);
    }

    ByteWriter signedLeb(final long value) {
        long left = value;
        while (left != left << 57 >> 57) {
            u8((int) left | 0x80);
            left >>= 7;
        }
        return u8((int) left & 0x7f);
    }

    /** Appends a byte until the size is {@code target}. */
    ByteWriter fillTo(final int target, final int value) {
        grow(target - size);
        Arrays.fill(bytes, size, target, (byte) value);
        size = target;
        return this;
    }

    /** Overwrites 4 bytes: a length that is known only now. */
    void patch32(final int offset, final int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[offset + i] = (byte) (value >> i * 8);
        }
    }

    private void grow(final int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }
}

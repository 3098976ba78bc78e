package ringside.profiler.calibrate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a snippet's data holds before its first instruction: a rule, so that every run begins with the same bytes.
 *
 * @param kind   which rule
 * @param stride bytes from node to node, where the rule makes nodes; else 0
 */
record Fill(Kind kind, int stride) {
    private static final int LEAST_STRIDE = 16;
    private static final int DIGITS = 8;
    private static final int LINE = 64;
    private static final int TABLE_BYTES = 0x1000;
    private static final int PRESENT_WRITABLE_USER = 7;
    private static final long SEED = 0x5EED_0F52_1195_1DE5L;

    /** The rules. */
    enum Kind {
        /** Zeros. */
        ZERO,
        /** Bytes of a fixed pseudo-random sequence. */
        RANDOM,
        /** 32-bit numbers from 0 on. */
        COUNT,
        /** Seven decimal digits and a blank, again and again. */
        DIGITS,
        /** Strings of 63 letters, each ended by a zero byte. */
        TEXT,
        /** Nodes whose first word is the address of the next one, all in one ring, in a pseudo-random order. */
        RING,
        /** Nodes whose words are the addresses of the next and of the previous one, in order, in one ring. */
        LIST,
        /** Page tables of four levels, a page each, every entry present; the last level maps pages from 0 on. */
        TABLES
    }

    /**
     * {@return the rule that a header names}
     *
     * @param text e.g. {@code zero}, {@code ring 64}
     */
    static Fill parse(final String text) {
        final String[] words = text.split(" +");
        final Kind kind = Arrays.stream(Kind.values())
                .filter(candidate -> candidate.name().equalsIgnoreCase(words[0]) && words[0].equals(
                        words[0].toLowerCase(Locale.ROOT)))
                .findFirst().orElseThrow(() -> new CalibrationException("no rule fills data like this: fill=" + text));
        final boolean nodes = kind == Kind.RING || kind == Kind.LIST;
        if (words.length != (nodes ? 2 : 1)) {
            throw new CalibrationException("a rule that makes nodes has their size, no other: fill=" + text);
        }
        final int stride = nodes ? Integer.parseInt(words[1]) : 0;
        if (nodes && (stride < LEAST_STRIDE || stride % Long.BYTES != 0)) {
            throw new CalibrationException("a node is at least 16 bytes, whole words: fill=" + text);
        }
        return new Fill(kind, stride);
    }

    /**
     * {@return the data's bytes}
     *
     * @param bytes   how many
     * @param address of the first one
     */
    byte[] bytes(final int bytes, final long address) {
        final ByteBuffer data = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (kind) {
            case ZERO -> { }
            case RANDOM -> random(data);
            case COUNT -> {
                for (int i = 0; i < bytes / Integer.BYTES; i++) {
                    data.putInt(i);
                }
            }
            case DIGITS -> digits(data);
            case TEXT -> text(data);
            case RING -> ring(data, address);
            case LIST -> list(data, address);
            default -> tables(data, address);
        }
        return data.array();
    }

    /** One step of SplitMix64 behind a counter. */
    private static long mix(final long index) {
        long value = SEED + index * 0x9E37_79B9_7F4A_7C15L;
        value = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        value = (value ^ value >>> 27) * 0x94D0_49BB_1331_11EBL;
        return value ^ value >>> 31;
    }

    private static void random(final ByteBuffer data) {
        for (int i = 0; i < data.capacity() / Long.BYTES; i++) {
            data.putLong(mix(i));
        }
    }

    private static void digits(final ByteBuffer data) {
        for (int i = 0; i < data.capacity(); i++) {
            data.put((byte) (i % DIGITS == DIGITS - 1 ? ' ' : '0' + Long.remainderUnsigned(mix(i), 10)));
        }
    }

    private static void text(final ByteBuffer data) {
        final byte[] letters = "abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < data.capacity(); i++) {
            data.put(i % LINE == LINE - 1 ? 0 : letters[(int) Long.remainderUnsigned(mix(i), letters.length)]);
        }
    }

    private void ring(final ByteBuffer data, final long address) {
        final int[] order = new int[data.capacity() / stride];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int i = order.length - 1; i > 0; i--) {
            final int other = (int) Long.remainderUnsigned(mix(i), i + 1L);
            final int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        for (int i = 0; i < order.length; i++) {
            final int next = order[(i + 1) % order.length];
            data.putLong(order[i] * stride, address + (long) next * stride);
        }
    }

    private void list(final ByteBuffer data, final long address) {
        final int nodes = data.capacity() / stride;
        for (int i = 0; i < nodes; i++) {
            data.putLong(i * stride, address + (long) ((i + 1) % nodes) * stride);
            data.putLong(i * stride + Long.BYTES, address + (long) ((i + nodes - 1) % nodes) * stride);
        }
    }

    private static void tables(final ByteBuffer data, final long address) {
        final int levels = data.capacity() / TABLE_BYTES;
        for (int level = 0; level < levels; level++) {
            for (int i = 0; i < TABLE_BYTES / Long.BYTES; i++) {
                final long target = level == levels - 1 ? (long) i * TABLE_BYTES
                        : address + (level + 1L) * TABLE_BYTES;
                data.putLong(level * TABLE_BYTES + i * Long.BYTES, target | PRESENT_WRITABLE_USER);
            }
        }
    }
}

package ringside.emulator.boot;

/**
 * Writes ACPI Machine Language, as much of it as a description of fixed hardware takes (ACPI 6.5, chapter 20).
 *
 * <p>Each method returns an encoded term; terms are put together by putting them side by side.
 */
final class Aml {
    private static final int BYTE_PREFIX = 0x0A;
    private static final int WORD_PREFIX = 0x0B;
    private static final int DWORD_PREFIX = 0x0C;
    private static final int NAME_OP = 0x08;
    private static final int SCOPE_OP = 0x10;
    private static final int BUFFER_OP = 0x11;
    private static final int PACKAGE_OP = 0x12;
    private static final int EXTENDED_OP = 0x5B;
    private static final int DEVICE_OP = 0x82;
    private static final int ROOT = '\\';
    private static final int SHORT_PACKAGE = 0x3F;
    private static final int SEGMENT = 4;

    private static final int IO_DECODES_16 = 1;
    private static final int IO_PORT = 0x47;
    private static final int IRQ_NO_FLAGS = 0x22;
    private static final int END_TAG = 0x79;
    private static final int WORD_SPACE = 0x88;
    private static final int DWORD_SPACE = 0x87;
    private static final int WORD_SPACE_LENGTH = 13;
    private static final int DWORD_SPACE_LENGTH = 23;
    private static final int FIXED_MIN_AND_MAX = 0x0C;

    private Aml() {
    }

    /** {@code Name (name, value)}. */
    static Bytes name(final String name, final Bytes value) {
        return segment(new Bytes().u8(NAME_OP), name).put(value.toArray());
    }

    /** {@code Scope (\name) { terms }}. */
    static Bytes scope(final String name, final Bytes... terms) {
        return block(new Bytes().u8(SCOPE_OP), segment(new Bytes().u8(ROOT), name), terms);
    }

    /** {@code Device (name) { terms }}. */
    static Bytes device(final String name, final Bytes... terms) {
        return block(new Bytes().u8(EXTENDED_OP).u8(DEVICE_OP), segment(new Bytes(), name), terms);
    }

    /** {@code Package () { elements }}, at most 255 of them. */
    static Bytes pack(final Bytes... elements) {
        return block(new Bytes().u8(PACKAGE_OP), new Bytes().u8(elements.length), elements);
    }

    /** An integer in its shortest form. */
    static Bytes integer(final long value) {
        if (value == 0 || value == 1) {
            return new Bytes().u8((int) value);
        }
        if (value <= 0xff) {
            return new Bytes().u8(BYTE_PREFIX).u8((int) value);
        }
        if (value <= 0xffff) {
            return new Bytes().u8(WORD_PREFIX).u16((int) value);
        }
        return new Bytes().u8(DWORD_PREFIX).u32(value);
    }

    /** {@code EISAID ("PNP0A03")}: three letters of 5 bits, four hex digits, the most significant byte first. */
    static Bytes eisaId(final String id) {
        final int letters = (id.charAt(0) - '@') << 10 | (id.charAt(1) - '@') << 5 | id.charAt(2) - '@';
        final int product = Integer.parseInt(id.substring(3), 16);
        return new Bytes().u8(DWORD_PREFIX).u32(Integer.toUnsignedLong(
                Integer.reverseBytes(letters << Short.SIZE | product)));
    }

    /** {@code ResourceTemplate () { descriptors }}. */
    static Bytes resources(final Bytes... descriptors) {
        final Bytes all = new Bytes();
        for (final Bytes descriptor : descriptors) {
            all.put(descriptor.toArray());
        }
        all.u8(END_TAG).u8(0);
        return block(new Bytes().u8(BUFFER_OP), integer(all.size()), all);
    }

    /** {@code IO (Decode16, first, first, 1, count)}. */
    static Bytes ports(final int first, final int count) {
        return new Bytes().u8(IO_PORT).u8(IO_DECODES_16).u16(first).u16(first).u8(1).u8(count);
    }

    /** {@code IRQNoFlags () {line}}. */
    static Bytes irq(final int line) {
        return new Bytes().u8(IRQ_NO_FLAGS).u16(1 << line);
    }

    /** {@code WordBusNumber} or {@code WordIO}, produced: kind 2 or 1, with the flags of that kind. */
    static Bytes wordSpace(final int kind, final int flags, final int first, final int last) {
        return new Bytes().u8(WORD_SPACE).u16(WORD_SPACE_LENGTH).u8(kind).u8(FIXED_MIN_AND_MAX).u8(flags)
                .u16(0).u16(first).u16(last).u16(0).u16(last - first + 1);
    }

    /** {@code DWordMemory}, produced, not cacheable, writable. */
    static Bytes memory(final long first, final long last) {
        return new Bytes().u8(DWORD_SPACE).u16(DWORD_SPACE_LENGTH).u8(0).u8(FIXED_MIN_AND_MAX).u8(1)
                .u32(0).u32(first).u32(last).u32(0).u32(last - first + 1);
    }

    private static Bytes segment(final Bytes to, final String name) {
        return to.text((name + "____").substring(0, SEGMENT));
    }

    /** An opcode, the length of what follows in the form of 20.2.4, and what follows. */
    private static Bytes block(final Bytes opcode, final Bytes head, final Bytes... terms) {
        final Bytes body = head;
        for (final Bytes term : terms) {
            body.put(term.toArray());
        }
        final int length = body.size();
        if (length + 1 <= SHORT_PACKAGE) {
            opcode.u8(length + 1);
        } else if (length + 2 < 1 << 12) {
            opcode.u8(1 << 6 | length + 2 & 0xf).u8(length + 2 >> 4);
        } else {
            opcode.u8(2 << 6 | length + 3 & 0xf).u8(length + 3 >> 4).u8(length + 3 >> 12);
        }
        return opcode.put(body.toArray());
    }
}

package ringside.toolchain.asm;

import java.util.List;

/**
 * An instruction ready to be encoded: its numbers known, its addresses replaced by placeholders.
 *
 * @param bits     32 or 64
 * @param prefix   as in {@link InstructionText}
 * @param mnemonic the one name of {@link Aliases}, or {@code movabs}
 * @param args     its operands
 * @param slots    what the placeholders stand for
 */
record Template(int bits, String prefix, String mnemonic, List<Arg> args, List<Slot> slots) {
    /** Copies the lists. */
    Template {
        args = List.copyOf(args);
        slots = List.copyOf(slots);
    }

    /**
     * A placeholder.
     *
     * @param placeholder the number that stands in the encoding
     * @param width       bytes, 4 or 8
     * @param form        what goes in its place
     * @param expr        the value wanted
     */
    record Slot(long placeholder, int width, Hole.Form form, Expr expr) {
    }

    /** {@return the one form of this text; equal texts have equal encodings} */
    String text() {
        final StringBuilder text = new StringBuilder();
        if (!prefix.isEmpty()) {
            text.append(prefix).append(' ');
        }
        text.append(mnemonic);
        String separator = " ";
        for (final Arg arg : args) {
            text.append(separator).append(text(arg));
            separator = ", ";
        }
        return text.toString();
    }

    private String text(final Arg arg) {
        return switch (arg) {
            case Arg.Reg reg -> reg.register().name();
            case Arg.Imm imm -> signed(imm.value());
            case Arg.Mem mem -> memory(mem);
        };
    }

    private static String signed(final long value) {
        return value < 0 ? "-0x" + Long.toHexString(-value) : "0x" + Long.toHexString(value);
    }

    private String memory(final Arg.Mem mem) {
        final StringBuilder text = new StringBuilder(sizeWord(mem.bytes()));
        if (mem.segment() != null) {
            text.append(mem.segment().name()).append(':');
        }
        text.append('[');
        String separator = "";
        if (mem.base() != null) {
            text.append(mem.base().name());
            separator = " + ";
        }
        if (mem.index() != null) {
            text.append(separator).append(mem.index().name()).append('*').append(mem.scale());
            separator = " + ";
        } else if (mem.isAbsolute() && bits == Long.SIZE && !mnemonic.equals("movabs")) {
            // Without a register Keystone takes the address as a distance from rip, or as eight bytes.
            text.append("riz*1");
            separator = " + ";
        }
        if (separator.isEmpty()) {
            text.append(signed(mem.displacement()));
        } else if (mem.displacement() < 0) {
            text.append(" - 0x").append(Long.toHexString(-mem.displacement()));
        } else if (mem.displacement() != 0 || mem.isAbsolute()) {
            text.append(" + 0x").append(Long.toHexString(mem.displacement()));
        }
        return text.append(']').toString();
    }

    // checkstyle: MagicNumber off
    private static String sizeWord(final int bytes) {
        return switch (bytes) {
            case 0 -> "";
            case 1 -> "byte ptr ";
            case 2 -> "word ptr ";
            case 4 -> "dword ptr ";
            case 6 -> "fword ptr ";
            case 8 -> "qword ptr ";
            case 10 -> "tbyte ptr ";
            case 16 -> "xmmword ptr ";
            default -> "ymmword ptr ";
        };
    }
    // checkstyle: MagicNumber on
}

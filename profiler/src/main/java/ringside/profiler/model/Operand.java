package ringside.profiler.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One operand, read from the disassembler's Intel syntax.
 *
 * @param text     what was read
 * @param kind     what it is, as forms name it: {@code r64}, {@code m32}, {@code i}, {@code x} …
 * @param resource the register's {@link Resource}; -1 where it is none or one that nobody waits for (RIP)
 * @param base     the address's base register, or -1
 * @param index    its index register, or -1
 * @param scale    what the index is multiplied by
 * @param offset   whether the address has a displacement
 */
record Operand(String text, String kind, int resource, int base, int index, int scale, boolean offset) {
    private static final Pattern MEMORY = Pattern.compile(
            "(?:(byte|word|dword|fword|qword|tbyte|xword|xmmword|ymmword|zmmword)? ?ptr )?(?:([cdefgs]s):)?\\[(.*)]");
    private static final Pattern TERM = Pattern.compile("([a-z][a-z0-9]*)(?:\\*([1248]))?");
    private static final Pattern NUMBER = Pattern.compile("-?(0x[0-9a-f]+|[0-9]+)");

    /** Reads all operands of an instruction. */
    static List<Operand> all(final String text) {
        final List<Operand> operands = new ArrayList<>();
        for (final String part : text.isEmpty() ? new String[0] : text.split(", ")) {
            operands.add(of(part));
        }
        return operands;
    }

    private static Operand of(final String text) {
        final Matcher memory = MEMORY.matcher(text);
        if (memory.matches()) {
            return memory(text, size(memory.group(1)), memory.group(3));
        }
        if (NUMBER.matcher(text).matches()) {
            return new Operand(text, "i", -1, -1, -1, 1, false);
        }
        return new Operand(text, Registers.kind(text), Registers.resource(text), -1, -1, 1, false);
    }

    private static Operand memory(final String text, final String kind, final String address) {
        int base = -1;
        int index = -1;
        int scale = 1;
        boolean offset = false;
        for (final String term : address.split(" [+-] ")) {
            final Matcher register = TERM.matcher(term);
            if (!register.matches() || term.equals("rip") || term.equals("eip")) {
                offset = true;
            } else if (register.group(2) != null || base >= 0) {
                index = Registers.resource(register.group(1));
                scale = register.group(2) == null ? 1 : Integer.parseInt(register.group(2));
            } else {
                base = Registers.resource(register.group(1));
            }
        }
        return new Operand(text, kind, -1, base, index, scale, offset);
    }

    private static String size(final String name) {
        return switch (name == null ? "" : name) {
            case "byte" -> "m8";
            case "word" -> "m16";
            case "dword" -> "m32";
            case "fword" -> "m48";
            case "qword" -> "m64";
            case "tbyte", "xword" -> "m80";
            case "xmmword" -> "m128";
            case "ymmword" -> "m256";
            case "zmmword" -> "m512";
            default -> "m";
        };
    }

    boolean isMemory() {
        return kind.startsWith("m") && !kind.equals("mm");
    }

    boolean isGeneral() {
        return kind.startsWith("r");
    }

    /** {@return whether a write leaves a part of the register as it was} */
    boolean isPartial() {
        return kind.equals("r8") || kind.equals("r16");
    }

    /** {@return whether it is the number of a shift by one, whose encoding has none} */
    boolean isOne() {
        return text.equals("1");
    }

    /** {@return whether it is CL, which shifts count by} */
    boolean isCount() {
        return text.equals("cl");
    }

    boolean isPageTableBase() {
        return text.equals("cr3");
    }

    /** {@return whether it is an address that is one register's value} */
    boolean isOneRegister() {
        return isMemory() && base >= 0 && index < 0 && !offset;
    }

    /** {@return whether its index is multiplied} */
    boolean isScaled() {
        return index >= 0 && scale > 1;
    }

    /** {@return how LEA's sum of it is named in forms} */
    String sum() {
        if (index < 0) {
            return "base";
        }
        if (base >= 0 && offset) {
            return "three";
        }
        return scale > 1 ? "scaled" : "base+index";
    }
}

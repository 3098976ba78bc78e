package ringside.toolchain.asm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;

/**
 * Reads an encoding back with the disassembler and compares it with what was asked for: one instruction over all
 * bytes, the same mnemonic, the same operands.
 */
final class EncodingCheck implements AutoCloseable {
    /** Their operands are implied; the disassembler prints them, the dialect does not. */
    private static final Set<String> IMPLIED = Set.of("movsb", "movsw", "movsd", "movsq", "cmpsb", "cmpsw", "cmpsd",
            "cmpsq", "stosb", "stosw", "stosd", "stosq", "lodsb", "lodsw", "lodsd", "lodsq", "scasb", "scasw", "scasd",
            "scasq", "insb", "insw", "insd", "outsb", "outsw", "outsd");
    private static final Set<String> SYMMETRIC = Set.of("xchg", "test");
    private static final ExprParser.Names PLAIN = new ExprParser.Names() {
        @Override
        public String qualify(final String name) {
            return name;
        }

        @Override
        public String here() {
            throw new Refusal("no place here");
        }
    };
    private static final Evaluator NUMBERS = new Evaluator(new NoNames());

    private final Disassembler wide = Disassembler.bits64();
    private final Disassembler narrow = Disassembler.bits32();

    /** Refuses an encoding that is not what the template says. */
    void check(final Template template, final byte[] code) {
        final Disassembler disassembler = template.bits() == Long.SIZE ? wide : narrow;
        final Optional<Instruction> decoded = disassembler.decode(code, 0, code.length, 0);
        if (decoded.isEmpty() || decoded.get().length() != code.length) {
            throw mismatch(template, code, decoded.map(Instruction::text).orElse("no instruction"));
        }
        if (!matches(template, decoded.get())) {
            throw mismatch(template, code, decoded.get().text());
        }
    }

    private static Refusal mismatch(final Template template, final byte[] code, final String found) {
        return new Refusal("the encoding is wrong: asked for '" + template.text() + "' and got "
                + HexFormat.of().formatHex(code) + ", which is '" + found + "'");
    }

    private static boolean matches(final Template template, final Instruction decoded) {
        final String[] words = decoded.mnemonic().split(" ");
        final String prefix = words.length == 1 ? "" : words[0];
        final String mnemonic = Aliases.canonical(words[words.length - 1]);
        if (words.length > 2 || !prefix.equals(template.prefix())
                || !mnemonic.equals(Aliases.canonical(template.mnemonic()))) {
            return false;
        }
        if (template.args().isEmpty() && IMPLIED.contains(mnemonic)) {
            return true;
        }
        final List<Arg> found;
        try {
            found = args(decoded.operands());
        } catch (final Refusal e) {
            return false;
        }
        return sameArgs(template, found) || SYMMETRIC.contains(mnemonic) && sameArgs(template, reversed(found));
    }

    private static List<Arg> reversed(final List<Arg> args) {
        final List<Arg> copy = new ArrayList<>(args);
        Collections.reverse(copy);
        return copy;
    }

    private static List<Arg> args(final String operands) {
        final List<Arg> args = new ArrayList<>();
        for (final Operand operand : new OperandParser(new Tokens(operands), PLAIN).parseAll()) {
            args.add(switch (operand) {
                case Operand.Reg reg -> new Arg.Reg(reg.register());
                case Operand.Imm imm -> new Arg.Imm(NUMBERS.number(imm.expr()));
                case Operand.Mem mem -> new Arg.Mem(mem.bytes(), mem.segment(), mem.base(), mem.index(),
                        (int) NUMBERS.number(mem.scale()), NUMBERS.number(mem.offset()));
                case Operand.Far far -> throw new Refusal("a far pointer");
            });
        }
        return args;
    }

    private static boolean sameArgs(final Template template, final List<Arg> found) {
        if (found.size() != template.args().size()) {
            return false;
        }
        final int width = width(found);
        for (int i = 0; i < found.size(); i++) {
            if (!same(template.args().get(i), found.get(i), width, template.bits())) {
                return false;
            }
        }
        return true;
    }

    private static int width(final List<Arg> args) {
        for (final Arg arg : args) {
            if (arg instanceof Arg.Reg(Register register)) {
                return Math.min(register.bits(), Long.SIZE);
            }
            if (arg instanceof Arg.Mem mem && mem.bytes() != 0) {
                return Math.min(mem.bytes() * Byte.SIZE, Long.SIZE);
            }
        }
        return Long.SIZE;
    }

    private static boolean same(final Arg asked, final Arg found, final int width, final int bits) {
        if (asked instanceof Arg.Imm(long left) && found instanceof Arg.Imm(long right)) {
            return equalModulo(left, right, Math.min(width, bits == Long.SIZE ? Long.SIZE : Integer.SIZE));
        }
        if (asked instanceof Arg.Mem left && found instanceof Arg.Mem right) {
            return sameAddress(left, right, bits);
        }
        return asked.equals(found);
    }

    private static boolean sameAddress(final Arg.Mem asked, final Arg.Mem found, final int bits) {
        final boolean narrow = bits == Integer.SIZE || asked.base() != null && asked.base().bits() == Integer.SIZE
                || asked.index() != null && asked.index().bits() == Integer.SIZE;
        final boolean sameSize = asked.bytes() == 0 || found.bytes() == 0 || asked.bytes() == found.bytes();
        final boolean sameSegment = asked.segment() == found.segment()
                || found.segment() == null && asked.segment().name().equals("ds");
        final boolean straight = asked.base() == found.base() && asked.index() == found.index();
        final boolean swapped = asked.scale() == 1 && asked.base() == found.index() && asked.index() == found.base();
        return sameSize && sameSegment && (straight || swapped) && asked.scale() == found.scale()
                && equalModulo(asked.displacement(), found.displacement(), narrow ? Integer.SIZE : Long.SIZE);
    }

    private static boolean equalModulo(final long left, final long right, final int bits) {
        return (left - right) << Long.SIZE - bits == 0;
    }

    @Override
    public void close() {
        wide.close();
        narrow.close();
    }
}

package ringside.toolchain.asm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ringside.toolchain.image.FrameRule;

/** Takes the lines that the preprocessor lets through: labels, directives, data and instructions. */
final class Statements {
    private final Unit unit;

    Statements(final Unit unit) {
        this.unit = unit;
    }

    /** Takes one line without its labels. */
    void accept(final Line line, final String text) {
        final Tokens tokens = new Tokens(text);
        if (tokens.peek().kind() == Token.Kind.NAME && tokens.peek(1).isName("equ")) {
            final String name = tokens.next().text();
            tokens.next();
            unit.constant(name, expr(tokens), line);
            tokens.expectEnd();
            return;
        }
        final String word = tokens.peek().kind() == Token.Kind.NAME ? tokens.peek().text() : "";
        switch (word) {
            case "section" -> section(skip(tokens));
            case "global" -> names(skip(tokens), line, true);
            case "extern" -> names(skip(tokens), line, false);
            case "bits" -> bits(skip(tokens));
            case "align" -> align(line, skip(tokens));
            case "resb" -> reserve(line, skip(tokens));
            case "fill" -> fill(line, skip(tokens));
            case "PROBE" -> probe(skip(tokens));
            case "FRAME" -> frame(skip(tokens));
            case "db", "dw", "dd", "dq" -> new DataLine(unit, line, skip(tokens)).read(word.charAt(1));
            default -> instruction(line, tokens);
        }
    }

    private static Tokens skip(final Tokens tokens) {
        tokens.next();
        return tokens;
    }

    private Expr expr(final Tokens tokens) {
        return new ExprParser(tokens, unit).parse();
    }

    private long number(final Tokens tokens) {
        return unit.evaluator().number(expr(tokens));
    }

    private void section(final Tokens tokens) {
        final String name = tokens.expectName("a section's name");
        tokens.expectEnd();
        unit.enter(name);
    }

    private void names(final Tokens tokens, final Line line, final boolean global) {
        do {
            final String name = tokens.expectName("a symbol");
            if (name.startsWith(".")) {
                throw new Refusal("a local label cannot be " + (global ? "global: " : "extern: ") + name);
            }
            if (global) {
                unit.global(name, line);
            } else {
                unit.extern(name, line);
            }
        } while (tokens.take(","));
        tokens.expectEnd();
    }

    private void bits(final Tokens tokens) {
        final long bits = number(tokens);
        tokens.expectEnd();
        if (bits != Integer.SIZE && bits != Long.SIZE) {
            throw new Refusal("bits is 32 or 64, not " + bits);
        }
        unit.bits((int) bits);
    }

    private void align(final Line line, final Tokens tokens) {
        final long align = number(tokens);
        if (align < 1 || align > Limits.ALIGN || Long.bitCount(align) != 1) {
            throw new Refusal("an alignment is a power of two up to " + Limits.ALIGN + ", not " + align);
        }
        final int fill = tokens.take(",") ? byteValue(tokens) : unit.section().isCode() ? -1 : 0;
        tokens.expectEnd();
        unit.add(new Item.Align(line, (int) align, fill));
    }

    private int byteValue(final Tokens tokens) {
        final long value = number(tokens);
        if (value < Byte.MIN_VALUE || value > 2 * Byte.MAX_VALUE + 1) {
            throw new Refusal("a byte is needed, not " + value);
        }
        return (int) value & 2 * Byte.MAX_VALUE + 1;
    }

    private long count(final Tokens tokens, final long most) {
        final long count = number(tokens);
        if (count < 0 || count > most) {
            throw new Refusal("a count from 0 to " + most + " is needed, not " + count);
        }
        return count;
    }

    private void reserve(final Line line, final Tokens tokens) {
        final long count = count(tokens, Limits.SECTION_ZERO_BYTES);
        tokens.expectEnd();
        unit.add(new Item.Zero(line, count));
    }

    private void fill(final Line line, final Tokens tokens) {
        final int count = (int) count(tokens, Limits.SECTION_BYTES);
        tokens.expect(",");
        final byte value = (byte) byteValue(tokens);
        tokens.expectEnd();
        unit.section().requireBound(count);
        final byte[] bytes = new byte[count];
        Arrays.fill(bytes, value);
        unit.add(new Item.Data(line, bytes, List.of()));
    }

    private void probe(final Tokens tokens) {
        final StringBuilder name = new StringBuilder(word(tokens.expectName("a kind of probe")));
        while (tokens.take(",")) {
            final String register = tokens.expectName("a register");
            if (Register.named(register).filter(r -> r.is(Register.Kind.GENERAL) && r.bits() == Long.SIZE).isEmpty()) {
                throw new Refusal("a probe takes 64-bit general registers, not '" + register + "'");
            }
            name.append('$').append(register);
        }
        tokens.expectEnd();
        unit.probe(name.toString());
    }

    /** Where the stack and the registers of the caller are from here on: nothing is emitted. */
    private void frame(final Tokens tokens) {
        final String word = tokens.expectName("none, call, syscall, also or a register");
        final FrameRule rule = switch (word) {
            case "none" -> FrameRule.NONE;
            case "call" -> FrameRule.CALL;
            case "syscall" -> FrameRule.SYSCALL;
            case "also" -> stored(tokens, unit.frame());
            default -> stored(tokens,
                    new FrameRule(FrameRule.Kind.STORED, FrameRule.number(word), 0, Map.of()));
        };
        tokens.expectEnd();
        unit.frame(rule);
    }

    /** Takes pairs of a register and where it is from the base on. */
    private FrameRule stored(final Tokens tokens, final FrameRule before) {
        final Map<Integer, Integer> saved = new TreeMap<>(before.saved());
        while (tokens.take(",")) {
            final int register = FrameRule.number(tokens.expectName("a register"));
            tokens.expect(",");
            final long offset = number(tokens);
            if (register < 0 || offset != (short) offset) {
                throw new Refusal("a frame has 64-bit registers and offsets of 16 bits");
            }
            saved.put(register, (int) offset);
        }
        if (before.kind() != FrameRule.Kind.STORED || before.base() < 0 || before.base() == FrameRule.RIP
                || !saved.containsKey(FrameRule.RIP) || !saved.containsKey(FrameRule.RSP)) {
            throw new Refusal("FRAME none, call, syscall, or a register and where from it on rip and rsp are");
        }
        return new FrameRule(FrameRule.Kind.STORED, before.base(), 0, saved);
    }

    private static String word(final String kind) {
        for (int i = 0; i < kind.length(); i++) {
            final char c = kind.charAt(i);
            if (c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                throw new Refusal("a kind of probe is lower case, digits and _: " + kind);
            }
        }
        return kind;
    }

    private void instruction(final Line line, final Tokens tokens) {
        final InstructionText text = InstructionText.parse(tokens, unit);
        final Item item;
        if (text.prefix().isEmpty() && text.operands().size() == 1) {
            item = transfer(line, text);
        } else {
            item = new Item.Code(line, unit.bits(), text);
        }
        unit.add(item);
    }

    private Item transfer(final Line line, final InstructionText text) {
        final Operand operand = text.operands().getFirst();
        if (operand instanceof Operand.Far(Expr selector, Expr offset) && text.mnemonic().equals("jmp")) {
            if (unit.bits() != Integer.SIZE) {
                throw new Refusal("a far jump to an address exists in 32-bit code only");
            }
            return farJump(line, selector, offset);
        }
        final Optional<Branches.Opcode> opcode = Branches.named(text.mnemonic(), unit.bits());
        if (opcode.isPresent() && operand instanceof Operand.Imm target) {
            return new Item.Branch(line, opcode.get(), target);
        }
        if (operand instanceof Operand.Imm && Branches.isRelative(text.mnemonic())) {
            throw new Refusal("no such jump in " + unit.bits() + "-bit code: " + text.mnemonic());
        }
        return new Item.Code(line, unit.bits(), text);
    }

    /** Intel SDM volume 2, JMP: EA cd, the offset first and the selector after it. */
    private Item farJump(final Line line, final Expr selector, final Expr offset) {
        final byte[] code = new byte[1 + Integer.BYTES + Short.BYTES];
        code[0] = (byte) 0xea;
        final List<Hole> holes = new ArrayList<>();
        holes.add(new Hole(1, Integer.BYTES, Hole.Form.UNSIGNED, 0, offset));
        holes.add(new Hole(1 + Integer.BYTES, Short.BYTES, Hole.Form.UNSIGNED, 0, selector));
        return new Item.Data(line, code, holes);
    }
}

package ringside.toolchain.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns an instruction as written into a {@link Template}: constants folded, addresses replaced by placeholders,
 * ranges checked, forms that Keystone gets wrong refused or rewritten.
 */
final class Lowering {
    private static final Map<String, String> AMBIGUOUS = Map.of(
            "iret", "iretq or iretd", "sysret", "sysretq", "pushf", "pushfq or pushfd", "popf", "popfq or popfd",
            "retf", "retfq", "lret", "retfq", "iretw", "iretq or iretd");
    private static final Set<String> SIZED = Set.of("mov", "add", "or", "adc", "sbb", "and", "sub", "xor", "cmp",
            "test", "inc", "dec", "neg", "not", "mul", "imul", "div", "idiv", "rol", "ror", "rcl", "rcr", "shl", "shr",
            "sar", "bt", "bts", "btr", "btc", "movzx", "movsx", "cvtsi2sd", "cvtsi2ss");
    private static final Set<String> SIZE_IS_THE_SOURCES = Set.of("movzx", "movsx", "cvtsi2sd", "cvtsi2ss");
    private static final Set<String> SHIFTS = Set.of("rol", "ror", "rcl", "rcr", "shl", "shr", "sar");
    private static final long[] PLACEHOLDERS = {
        0x5a17_c3d2L, 0x4b26_e1f8L, 0x3c35_a7b9L, 0x6d44_9c8eL, 0x2e53_8b7dL, 0x1f62_7a6cL
    };
    private static final long WIDE = 0x7162_5344_3526_1708L;

    private final Evaluator evaluator;
    private final int bits;
    private final InstructionText written;
    private final List<Template.Slot> slots = new ArrayList<>();
    private String mnemonic;

    private Lowering(final Evaluator evaluator, final int bits, final InstructionText written) {
        this.evaluator = evaluator;
        this.bits = bits;
        this.written = written;
        this.mnemonic = Aliases.canonical(written.mnemonic());
    }

    static Template lower(final InstructionText written, final int bits, final Evaluator evaluator) {
        return new Lowering(evaluator, bits, written).lower();
    }

    private Template lower() {
        final String instead = AMBIGUOUS.get(written.mnemonic());
        if (instead != null) {
            throw new Refusal("'" + written.mnemonic() + "' has several widths; write " + instead);
        }
        if (mnemonic.equals("nop") && !written.operands().isEmpty()) {
            throw new Refusal("nop takes no operand here; 'align' fills with long ones");
        }
        if (written.mnemonic().equals("movabs")) {
            mnemonic = "movabs";
        }
        new RegisterRules(bits).check(written.operands());
        final int width = operandWidth();
        requireSize(width);
        final List<Arg> args = new ArrayList<>();
        for (final Operand operand : written.operands()) {
            args.add(switch (operand) {
                case Operand.Reg reg -> new Arg.Reg(reg.register());
                case Operand.Mem mem -> memory(mem);
                case Operand.Imm imm -> immediate(imm, width);
                case Operand.Far far -> throw new Refusal("a far pointer is taken by jmp in 32-bit code only");
            });
        }
        rewrite(args);
        return new Template(bits, prefix(), mnemonic, args, slots);
    }

    private String prefix() {
        final boolean compares = mnemonic.startsWith("cmps") || mnemonic.startsWith("scas");
        return compares && written.prefix().equals("rep") ? "repe" : written.prefix();
    }

    /** {@return the width of the operation in bits: that of the first register or sized address; 0 where unknown} */
    private int operandWidth() {
        for (final Operand operand : written.operands()) {
            if (operand instanceof Operand.Reg(Register register)) {
                return register.bits();
            }
            if (operand instanceof Operand.Mem mem && mem.bytes() != 0) {
                return mem.bytes() * Byte.SIZE;
            }
        }
        return 0;
    }

    private void requireSize(final int width) {
        if (!SIZED.contains(mnemonic)) {
            return;
        }
        for (int i = 0; i < written.operands().size(); i++) {
            if (written.operands().get(i) instanceof Operand.Mem mem && mem.bytes() == 0
                    && (width == 0 || SIZE_IS_THE_SOURCES.contains(mnemonic) || SHIFTS.contains(mnemonic))) {
                throw new Refusal("the address needs a size: byte, word, dword or qword");
            }
        }
    }

    private Arg immediate(final Operand.Imm imm, final int width) {
        if (imm.reach() != null) {
            throw new Refusal("'" + imm.reach() + "' belongs to a jump");
        }
        final Value value = evaluator.value(imm.expr());
        if (value.isNumber()) {
            requireRange(value.number(), width);
            return new Arg.Imm(value.number());
        }
        if (SHIFTS.contains(mnemonic) || mnemonic.startsWith("bt")) {
            evaluator.requireKnown(value);
            throw new Refusal(mnemonic + " has no room for an address, or for a number known only after layout");
        }
        if (width == Long.SIZE && (mnemonic.equals("movabs") || mnemonic.equals("mov") && value.minus() == null
                && written.operands().getFirst() instanceof Operand.Reg)) {
            mnemonic = "movabs";
            slots.add(new Template.Slot(WIDE, Long.BYTES, Hole.Form.EITHER, imm.expr()));
            return new Arg.Imm(WIDE);
        }
        final boolean narrow = width == Integer.SIZE || width == 0 && bits == Integer.SIZE;
        if (!narrow && width != Long.SIZE && width != 0) {
            evaluator.requireKnown(value);
            throw new Refusal("an address, or a number known only after layout, does not fit into " + width + " bits");
        }
        return new Arg.Imm(placeholder(narrow ? Hole.Form.EITHER : Hole.Form.SIGNED, imm.expr()));
    }

    private static void requireRange(final long value, final int width) {
        if (width == 0 || width >= Long.SIZE) {
            return;
        }
        if (value < -(1L << width - 1) || value >= 1L << width) {
            throw new Refusal("the number does not fit into " + width + " bits: " + value + " (0x"
                    + Long.toHexString(value) + ")");
        }
    }

    private Arg memory(final Operand.Mem mem) {
        if (mem.base() != null && mem.base().is(Register.Kind.POINTER)) {
            throw new Refusal("write [rel symbol] for an address relative to rip");
        }
        final Value offset = evaluator.value(mem.offset());
        if (mem.rel()) {
            return relative(mem, offset);
        }
        final long displacement;
        if (offset.isNumber()) {
            displacement = displacement(offset.number());
        } else {
            displacement = placeholder(bits == Integer.SIZE ? Hole.Form.EITHER : Hole.Form.SIGNED, mem.offset());
        }
        return address(mem, displacement);
    }

    private Arg relative(final Operand.Mem mem, final Value offset) {
        if (bits != Long.SIZE) {
            throw new Refusal("[rel ...] exists in 64-bit code only");
        }
        if (mem.base() != null || mem.index() != null) {
            throw new Refusal("[rel ...] takes no register");
        }
        if (offset.plus() == null || offset.minus() != null) {
            throw new Refusal("[rel ...] needs a label or an external symbol");
        }
        final long displacement = placeholder(Hole.Form.DISTANCE, mem.offset());
        return new Arg.Mem(mem.bytes(), mem.segment(), Register.named("rip").orElseThrow(), null, 1, displacement);
    }

    private long displacement(final long value) {
        final boolean signed = value == (int) value;
        if (bits == Integer.SIZE && value == (value & 0xffff_ffffL) || signed) {
            return (int) value;
        }
        if (mnemonic.equals("movabs")) {
            return value;
        }
        throw new Refusal("the address 0x" + Long.toHexString(value)
                + " does not fit into a sign-extended 32-bit displacement; put it into a register");
    }

    private Arg address(final Operand.Mem mem, final long displacement) {
        Register base = mem.base();
        Register index = mem.index();
        final long scale = evaluator.number(mem.scale());
        if (Long.bitCount(scale) != 1 || scale < 1 || scale > Long.BYTES) {
            throw new Refusal("an index is scaled by 1, 2, 4 or 8, not by " + scale);
        }
        if (scale == 1 && index != null && (base == null || index.isStackPointer())) {
            final Register other = base;
            base = index;
            index = other;
        }
        return new Arg.Mem(mem.bytes(), mem.segment(), base, index, (int) scale, displacement);
    }

    private long placeholder(final Hole.Form form, final Expr expr) {
        final long chosen = PLACEHOLDERS[slots.size()];
        slots.add(new Template.Slot(chosen, Integer.BYTES, form, expr));
        return chosen;
    }

    private void rewrite(final List<Arg> args) {
        if (mnemonic.equals("mov") && args.size() == 2 && args.get(0) instanceof Arg.Reg(Register target)
                && target.is(Register.Kind.SEGMENT) && args.get(1) instanceof Arg.Reg(Register source)) {
            // The operand size is ignored; Keystone would spend a prefix on it.
            args.set(1, new Arg.Reg(doubleWord(source)));
        }
        if (mnemonic.equals("imul") && args.size() == 2 && args.get(1) instanceof Arg.Imm) {
            args.add(1, args.getFirst());
        }
    }

    private static Register doubleWord(final Register register) {
        if (!register.is(Register.Kind.GENERAL) || register.bits() == Byte.SIZE) {
            throw new Refusal("a segment register is loaded from a general register of 16 bits or more");
        }
        final String name = register.name();
        final String wide;
        if (Character.isDigit(name.charAt(1))) {
            wide = name.replace("w", "").replace("d", "") + "d";
        } else {
            wide = "e" + (register.bits() == Short.SIZE ? name : name.substring(1));
        }
        return Register.named(wide).orElseThrow();
    }
}

package ringside.toolchain.asm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ringside.toolchain.image.FrameRow;
import ringside.toolchain.image.FrameRule;

/**
 * Follows the stack through a section of code, so that a debugger finds callers without a word of the source: what is
 * pushed and popped, along jumps, from each routine's first instruction on. Where the source knows better it says
 * {@code FRAME}.
 */
final class Frames {
    private static final int MOST_ROUNDS = 8;
    private static final Set<String> ENDS = Set.of("ret", "iretq", "sysretq", "jmp", "retfq", "ud2");

    private final Unit unit;
    private final SectionBuilder section;
    private final Map<Integer, List<Label>> labels = new HashMap<>();
    /** What jumps bring to a label. */
    private final Map<Label, FrameRule> arriving = new HashMap<>();

    Frames(final Unit unit, final SectionBuilder section) {
        this.unit = unit;
        this.section = section;
        for (final Label label : unit.labels().values()) {
            if (label.section() == section) {
                labels.computeIfAbsent(label.item(), key -> new ArrayList<>()).add(label);
            }
        }
    }

    /** {@return the rules, by rising offset} */
    List<FrameRow> rows() {
        List<FrameRow> rows = List.of();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            final int known = arriving.size();
            rows = walk();
            if (arriving.size() == known) {
                break;
            }
        }
        return rows;
    }

    private List<FrameRow> walk() {
        final List<FrameRow> rows = new ArrayList<>();
        FrameRule rule = FrameRule.UNKNOWN;
        for (int i = 0; i < section.items().size(); i++) {
            final Item item = section.items().get(i);
            rule = before(i, rule);
            final boolean isNarrow = item instanceof Item.Code code && code.bits != Long.SIZE;
            rule = isNarrow ? FrameRule.UNKNOWN : rule;
            if (item.size() > 0 && (rows.isEmpty() || !rows.getLast().rule().equals(rule))) {
                final boolean isBehindCall = !rows.isEmpty() && rows.getLast().rule().equals(rule.fromCalled());
                rows.add(new FrameRow((int) section.offset(i) + (isBehindCall ? 1 : 0), rule));
            }
            if (calls(item) && rule.kind() == FrameRule.Kind.STORED) {
                // Who comes from the called routine looks up the call's last byte or the one behind it.
                rows.add(new FrameRow((int) section.offset(i) + 1, rule.fromCalled()));
            }
            rule = isNarrow ? rule : after(item, rule);
        }
        return rows;
    }

    /** {@return what holds before an item: what the source says, or what a call, a jump or the item before brings} */
    private FrameRule before(final int number, final FrameRule flowing) {
        final FrameRule said = unit.frames(section).get(number);
        if (said != null) {
            return said;
        }
        for (final Label label : labels.getOrDefault(number, List.of())) {
            if (unit.globals().containsKey(label.name())) {
                return FrameRule.CALL;
            }
            if (flowing.kind() == FrameRule.Kind.UNKNOWN && arriving.containsKey(label)) {
                return arriving.get(label);
            }
        }
        return flowing;
    }

    private static boolean calls(final Item item) {
        return item instanceof Item.Branch branch && branch.opcode.name().equals("call")
                || item instanceof Item.Code code && code.text.mnemonic().equals("call");
    }

    private FrameRule after(final Item item, final FrameRule rule) {
        return switch (item) {
            case Item.Branch branch -> {
                final boolean leads = !calls(branch) && branch.local != null && branch.addend == 0;
                if (leads && rule.kind() != FrameRule.Kind.UNKNOWN) {
                    arriving.putIfAbsent(branch.local, rule);
                }
                yield branch.opcode.name().equals("jmp") ? FrameRule.UNKNOWN : rule;
            }
            case Item.Code code -> after(code.text, rule);
            default -> rule;
        };
    }

    private FrameRule after(final InstructionText text, final FrameRule rule) {
        if (ENDS.contains(text.mnemonic())) {
            return FrameRule.UNKNOWN;
        }
        final Operand first = text.operands().isEmpty() ? null : text.operands().getFirst();
        final int register = first instanceof Operand.Reg reg ? number(reg.register().name()) : -1;
        return switch (text.mnemonic()) {
            case "push" -> register >= 0 ? rule.pushed(register) : rule.moved(Long.BYTES);
            case "pushfq" -> rule.moved(Long.BYTES);
            case "pop" -> register == rule.base() ? FrameRule.NONE : rule.moved(-Long.BYTES);
            case "popfq" -> rule.moved(-Long.BYTES);
            case "cmp", "test", "bt" -> rule;
            default -> register < 0 || register != rule.base() ? rule
                    : register == FrameRule.RSP ? stackPointer(text, rule) : FrameRule.NONE;
        };
    }

    /** {@return DWARF's number of the register of which one of 64 or 32 bits is all or half, or -1} */
    private static int number(final String name) {
        final String wide = name.startsWith("e") ? "r" + name.substring(1)
                : name.endsWith("d") ? name.substring(0, name.length() - 1) : name;
        return FrameRule.number(wide);
    }

    /** What is done to the stack pointer otherwise. */
    private FrameRule stackPointer(final InstructionText text, final FrameRule rule) {
        if (text.operands().size() == 2 && text.operands().get(1) instanceof Operand.Imm imm
                && (text.mnemonic().equals("sub") || text.mnemonic().equals("add"))) {
            final Value value = unit.evaluator().value(imm.expr());
            if (value.isNumber() && value.number() == (int) value.number()) {
                return rule.moved(text.mnemonic().equals("sub") ? (int) value.number() : (int) -value.number());
            }
        }
        if (text.mnemonic().equals("lea") && text.operands().get(1) instanceof Operand.Mem mem && mem.index() == null
                && mem.base() != null && mem.base().name().equals("rsp")) {
            final Value value = unit.evaluator().value(mem.offset());
            if (value.isNumber() && value.number() == (int) value.number()) {
                return rule.moved((int) -value.number());
            }
        }
        return FrameRule.NONE;
    }
}

package ringside.toolchain.asm;

import java.util.List;

/**
 * Finds where each item of a section starts: jumps begin short and grow until every distance fits, and since
 * nothing shrinks again this ends.
 */
final class Layout {
    private final Unit unit;

    Layout(final Unit unit) {
        this.unit = unit;
    }

    void run(final SectionBuilder section) {
        final List<Item> items = section.items();
        for (final Item item : items) {
            if (item instanceof Item.Branch branch) {
                unit.at(branch.line, () -> resolve(branch, section));
            }
        }
        final long[] offsets = new long[items.size() + 1];
        do {
            place(items, offsets);
        } while (grow(items, offsets));
        for (final Item item : items) {
            if (item instanceof Item.Branch branch) {
                unit.at(branch.line, () -> requireReach(branch));
                branch.settle();
            }
        }
        section.settle(offsets);
        if (!items.isEmpty()) {
            unit.at(items.getLast().line, () -> section.requireBound(section.size()));
        }
    }

    private void resolve(final Item.Branch branch, final SectionBuilder section) {
        final Value value = unit.evaluator().value(branch.target);
        if (value.plus() == null || value.minus() != null) {
            throw new Refusal("the target of " + branch.opcode.name() + " is a label or an external symbol");
        }
        branch.addend = value.number();
        final Label label = unit.label(value.plus());
        if (label != null && label.section() == section) {
            branch.local = label;
        } else if (!branch.opcode.hasNear()) {
            throw new Refusal(branch.opcode.name() + " reaches labels of its own section only");
        } else if (branch.reachIsShort()) {
            throw new Refusal("a short jump reaches labels of its own section only");
        } else {
            branch.near = true;
        }
    }

    private static void place(final List<Item> items, final long[] offsets) {
        long at = 0;
        for (int i = 0; i < items.size(); i++) {
            offsets[i] = at;
            final Item item = items.get(i);
            if (item instanceof Item.Align align) {
                align.padding = -at & align.align - 1L;
            }
            at += item instanceof Item.Branch branch ? branch.length() : item.size();
        }
        offsets[items.size()] = at;
    }

    private static boolean grow(final List<Item> items, final long[] offsets) {
        boolean grown = false;
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Item.Branch branch && branch.local != null && !branch.near) {
                branch.distance = offsets[branch.local.item()] + branch.addend - offsets[i] - branch.length();
                if (branch.distance != (byte) branch.distance && branch.mayGrow()) {
                    branch.near = true;
                    grown = true;
                }
            }
        }
        return grown;
    }

    private static void requireReach(final Item.Branch branch) {
        if (!branch.near && branch.distance != (byte) branch.distance) {
            throw new Refusal("the target is " + branch.distance + " bytes away, and a short " + branch.opcode.name()
                    + " reaches -128 to 127");
        }
    }
}

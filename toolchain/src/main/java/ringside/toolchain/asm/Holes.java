package ringside.toolchain.asm;

import java.util.ArrayList;
import java.util.List;

/** Finds the placeholders of a template in its encoding. */
final class Holes {
    private Holes() {
    }

    static List<Hole> find(final Template template, final byte[] code) {
        final List<Hole> holes = new ArrayList<>();
        for (final Template.Slot slot : template.slots()) {
            final int offset = only(slot, code);
            holes.add(new Hole(offset, slot.width(), slot.form(), code.length - offset, slot.expr()));
        }
        return holes;
    }

    private static int only(final Template.Slot slot, final byte[] code) {
        int found = -1;
        for (int at = 0; at + slot.width() <= code.length; at++) {
            if (matches(slot, code, at)) {
                if (found >= 0) {
                    throw new Refusal("a number of this line looks like the placeholder of its address: 0x"
                            + Long.toHexString(slot.placeholder()));
                }
                found = at;
            }
        }
        if (found < 0) {
            throw new Refusal("this instruction has no room for an address, or for a number known only after layout");
        }
        return found;
    }

    private static boolean matches(final Template.Slot slot, final byte[] code, final int at) {
        for (int i = 0; i < slot.width(); i++) {
            if (code[at + i] != (byte) (slot.placeholder() >> i * Byte.SIZE)) {
                return false;
            }
        }
        return true;
    }
}

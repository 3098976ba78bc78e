package ringside.toolchain.codegen;

import java.util.ArrayList;
import java.util.List;

/** Operands that reach every special case of the encoding. */
final class Samples {
    static final List<List<? extends Reg>> FILES = List.of(
            List.of(Reg64.values()), List.of(Reg32.values()), List.of(Reg16.values()), List.of(Reg8.values()));
    static final long[] IMMEDIATES = {
        0, 1, -1, 2, 127, 128, -128, -129, 255, 256, 32767, 32768, -32768, 65535, 65536,
        0x7fff_ffffL, 0x8000_0000L, -0x8000_0000L, 0xffff_ffffL, 0x1_0000_0000L, -0x8000_0001L,
        Long.MAX_VALUE, Long.MIN_VALUE, 0x1122_3344_5566_7788L,
    };
    private static final int[] DISPLACEMENTS =
        {0, 1, -1, 127, 128, -128, -129, 0x1234, Integer.MAX_VALUE, Integer.MIN_VALUE};

    private Samples() {
    }

    /** Every base with every edge of the displacement, every index, every scale, and the forms without a base. */
    static List<Mem> memory() {
        final List<Mem> all = new ArrayList<>(fewMemory());
        for (final Reg64 base : Reg64.values()) {
            for (final int displacement : DISPLACEMENTS) {
                all.add(Mem.at(base, displacement));
            }
            for (final Reg64 index : Reg64.values()) {
                if (index != Reg64.RSP) {
                    all.add(Mem.at(base, index, 1 << (base.ordinal() & 3), index.ordinal() - 8));
                    all.add(Mem.at(base, index, 1 << (index.ordinal() & 3), 0));
                }
            }
        }
        for (final Reg64 index : Reg64.values()) {
            if (index != Reg64.RSP) {
                all.add(Mem.scaled(index, 4, index.ordinal() * 100L));
                all.add(Mem.table("anchor", index, 8));
            }
        }
        return all;
    }

    static List<Mem> fewMemory() {
        return List.of(
                Mem.at(Reg64.RAX), Mem.at(Reg64.RSP), Mem.at(Reg64.RBP), Mem.at(Reg64.R12, 8), Mem.at(Reg64.R13),
                Mem.at(Reg64.R8, Reg64.R9, 8, 1000), Mem.absolute(0x1000), Mem.absolute(-8), Mem.gs(0), Mem.gs(0x28),
                Mem.fs(8), Mem.at(Reg64.RDI, 4).in(Segment.FS), Mem.at(Reg64.R15, Reg64.RBX, 2, -4).in(Segment.GS),
                Mem.rip("anchor"), Mem.rip("anchor", 12), Mem.rip("anchor").in(Segment.GS));
    }

    /** The operand as GNU as wants it. */
    static String text(final Mem mem) {
        final StringBuilder text = new StringBuilder();
        if (mem.segment() != null) {
            text.append(mem.segment().name().toLowerCase(java.util.Locale.ROOT)).append(':');
        } else if (mem.base() == null && mem.index() == null && mem.target() == null) {
            text.append("ds:");
        }
        text.append('[');
        String plus = "";
        if (mem.target() != null) {
            text.append(mem.target());
            plus = "+";
        }
        if (mem.relative()) {
            text.append(plus).append("rip");
        }
        if (mem.base() != null) {
            text.append(plus).append(mem.base().text());
            plus = "+";
        }
        if (mem.index() != null) {
            text.append(plus).append(mem.index().text()).append('*').append(mem.scale());
            plus = "+";
        }
        return text.append(plus).append(mem.displacement()).append(']').toString();
    }
}

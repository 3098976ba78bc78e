package ringside.toolchain.asm;

import java.util.List;

/** A run of bytes of a section that comes from one line. */
abstract sealed class Item permits Item.Data, Item.Zero, Item.Align, Item.Code, Item.Branch {
    /** Not known before the code is encoded or the section laid out. */
    static final long UNKNOWN = -1;

    final Line line;

    private Item(final Line line) {
        this.line = line;
    }

    /** {@return bytes, or {@link #UNKNOWN}} */
    abstract long size();

    /** Bytes as given, with holes. */
    static final class Data extends Item {
        final byte[] bytes;
        final List<Hole> holes;

        Data(final Line line, final byte[] bytes, final List<Hole> holes) {
            super(line);
            this.bytes = bytes;
            this.holes = List.copyOf(holes);
        }

        @Override
        long size() {
            return bytes.length;
        }
    }

    /** Reserved bytes. */
    static final class Zero extends Item {
        private final long count;

        Zero(final Line line, final long count) {
            super(line);
            this.count = count;
        }

        @Override
        long size() {
            return count;
        }
    }

    /** Bytes up to the next multiple of a power of two. */
    static final class Align extends Item {
        final int align;
        /** The byte to fill with, or -1 for instructions that do nothing. */
        final int fill;
        long padding = UNKNOWN;

        Align(final Line line, final int align, final int fill) {
            super(line);
            this.align = align;
            this.fill = fill;
        }

        @Override
        long size() {
            return padding;
        }
    }

    /** One instruction that Keystone encodes. */
    static final class Code extends Item {
        final int bits;
        final InstructionText text;
        byte[] bytes;
        List<Hole> holes = List.of();

        Code(final Line line, final int bits, final InstructionText text) {
            super(line);
            this.bits = bits;
            this.text = text;
        }

        @Override
        long size() {
            return bytes == null ? UNKNOWN : bytes.length;
        }
    }

    /** A jump or call to an address, encoded by {@link Branches}; grows from its short form as it has to. */
    static final class Branch extends Item {
        final Branches.Opcode opcode;
        final Expr target;
        /** The label of the same section that it goes to, where it does. */
        Label local;
        long addend;
        /** To the target from the end of the instruction, while it is short. */
        long distance;
        boolean near;
        private final String reach;
        private boolean settled;

        Branch(final Line line, final Branches.Opcode opcode, final Operand.Imm target) {
            super(line);
            this.opcode = opcode;
            this.target = target.expr();
            this.reach = target.reach();
            this.near = !opcode.hasShort() || "near".equals(reach);
            if (near && !opcode.hasNear() || reachIsShort() && !opcode.hasShort()) {
                throw new Refusal(opcode.name() + " has no " + reach + " form");
            }
        }

        /** {@return whether the short form was asked for} */
        boolean reachIsShort() {
            return "short".equals(reach);
        }

        /** {@return whether the near form may take over} */
        boolean mayGrow() {
            return opcode.hasNear() && !reachIsShort();
        }

        @Override
        long size() {
            return settled ? length() : UNKNOWN;
        }

        int length() {
            return near ? opcode.nearLength() : opcode.shortLength();
        }

        void settle() {
            settled = true;
        }
    }
}

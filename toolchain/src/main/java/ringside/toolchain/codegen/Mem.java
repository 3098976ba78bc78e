package ringside.toolchain.codegen;

import java.util.Objects;

/**
 * An operand in memory: {@code [segment: base + index*scale + displacement]}, {@code [rip + symbol]} or an absolute
 * address. Immutable, and legal by construction: rsp is no index, a displacement has 32 bits.
 */
public final class Mem {
    private final Segment segment;
    private final Reg64 base;
    private final Reg64 index;
    private final int scale;
    private final int displacement;
    private final Target target;
    private final boolean relative;

    private Mem(
            final Segment segment, final Reg64 base, final Reg64 index, final int scale, final long displacement,
            final Target target, final boolean relative) {
        if (index == Reg64.RSP) {
            throw new IllegalArgumentException("rsp cannot be an index: base=" + base);
        }
        if (Integer.bitCount(scale) != 1 || scale > 8) {
            throw new IllegalArgumentException("a scale is 1, 2, 4 or 8: scale=" + scale);
        }
        if (displacement != (int) displacement) {
            throw new IllegalArgumentException(
                    "a displacement has 32 bits, signed: displacement=0x" + Long.toHexString(displacement));
        }
        this.segment = segment;
        this.base = base;
        this.index = index;
        this.scale = scale;
        this.displacement = (int) displacement;
        this.target = target;
        this.relative = relative;
    }

    /**
     * {@code [base]}.
     *
     * @param base register
     * @return the operand
     */
    public static Mem at(final Reg64 base) {
        return at(base, 0);
    }

    /**
     * {@code [base + displacement]}.
     *
     * @param base         register
     * @param displacement bytes
     * @return the operand
     */
    public static Mem at(final Reg64 base, final long displacement) {
        return new Mem(null, Objects.requireNonNull(base, "base"), null, 1, displacement, null, false);
    }

    /**
     * {@code [base + index*scale + displacement]}.
     *
     * @param base         register
     * @param index        register, not rsp
     * @param scale        1, 2, 4 or 8
     * @param displacement bytes
     * @return the operand
     */
    public static Mem at(final Reg64 base, final Reg64 index, final int scale, final long displacement) {
        Objects.requireNonNull(base, "base");
        return new Mem(null, base, Objects.requireNonNull(index, "index"), scale, displacement, null, false);
    }

    /**
     * {@code [index*scale + displacement]}, without a base.
     *
     * @param index        register, not rsp
     * @param scale        1, 2, 4 or 8
     * @param displacement bytes
     * @return the operand
     */
    public static Mem scaled(final Reg64 index, final int scale, final long displacement) {
        return new Mem(null, null, Objects.requireNonNull(index, "index"), scale, displacement, null, false);
    }

    /**
     * {@code [symbol + index*scale]}: an element of a table whose address fits 32 bits, signed.
     *
     * @param symbol the table
     * @param index  register, not rsp
     * @param scale  1, 2, 4 or 8
     * @return the operand
     */
    public static Mem table(final String symbol, final Reg64 index, final int scale) {
        return new Mem(null, null, Objects.requireNonNull(index, "index"), scale, 0, new Target.Symbol(symbol), false);
    }

    /**
     * {@code [address]}.
     *
     * @param address 32 bits, sign-extended by the processor
     * @return the operand
     */
    public static Mem absolute(final long address) {
        return new Mem(null, null, null, 1, address, null, false);
    }

    /**
     * {@code gs:[offset]}: a field of what the gs base points to.
     *
     * @param offset bytes from the base
     * @return the operand
     */
    public static Mem gs(final long offset) {
        return absolute(offset).in(Segment.GS);
    }

    /**
     * {@code fs:[offset]}: a field of what the fs base points to.
     *
     * @param offset bytes from the base
     * @return the operand
     */
    public static Mem fs(final long offset) {
        return absolute(offset).in(Segment.FS);
    }

    /**
     * {@code [rip + symbol]}.
     *
     * @param symbol defined here or elsewhere
     * @return the operand
     */
    public static Mem rip(final String symbol) {
        return rip(symbol, 0);
    }

    /**
     * {@code [rip + symbol + addend]}.
     *
     * @param symbol defined here or elsewhere
     * @param addend bytes
     * @return the operand
     */
    public static Mem rip(final String symbol, final long addend) {
        return new Mem(null, null, null, 1, addend, new Target.Symbol(symbol), true);
    }

    /**
     * {@code [rip + label]}.
     *
     * @param label of the same builder
     * @return the operand
     */
    public static Mem rip(final Label label) {
        return new Mem(null, null, null, 1, 0, Objects.requireNonNull(label, "label"), true);
    }

    /**
     * The same operand in another segment.
     *
     * @param override the segment
     * @return the operand
     */
    public Mem in(final Segment override) {
        return new Mem(override, base, index, scale, displacement, target, relative);
    }

    /**
     * The same operand some bytes further on.
     *
     * @param bytes may be negative
     * @return the operand
     */
    public Mem plus(final long bytes) {
        return new Mem(segment, base, index, scale, displacement + bytes, target, relative);
    }

    Segment segment() {
        return segment;
    }

    Reg64 base() {
        return base;
    }

    Reg64 index() {
        return index;
    }

    int scale() {
        return scale;
    }

    int displacement() {
        return displacement;
    }

    Target target() {
        return target;
    }

    /** Whether the target is reached from rip. */
    boolean relative() {
        return relative;
    }

    /** The operand in Intel syntax, with a hexadecimal displacement. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        if (segment != null) {
            text.append(segment == Segment.FS ? "fs:" : "gs:");
        }
        text.append('[');
        if (relative) {
            text.append("rip + ").append(target);
        } else {
            text.append(base == null ? "" : base.text());
            if (index != null) {
                text.append(base == null ? "" : " + ").append(index.text()).append('*').append(scale);
            }
            text.append(target == null ? "" : " + " + target);
        }
        if (displacement != 0 || target == null && base == null && index == null) {
            final boolean first = text.charAt(text.length() - 1) == '[';
            text.append(displacement < 0 ? first ? "-" : " - " : first ? "" : " + ");
            text.append("0x").append(Long.toHexString(Math.abs((long) displacement)));
        }
        return text.append(']').toString();
    }
}

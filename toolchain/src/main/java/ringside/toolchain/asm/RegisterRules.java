package ringside.toolchain.asm;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which registers can stand where (Intel SDM volume 2, 2.2.1: REX; volume 1, 3.7.5: addresses). */
final class RegisterRules {
    private static final Set<String> HIGH_BYTES = Set.of("ah", "bh", "ch", "dh");
    private static final Set<String> LOW_BYTES_OF_REX = Set.of("spl", "bpl", "sil", "dil", "cr8");

    private static final Pattern ADDED = Pattern.compile("r([89]|1[0-5])[dwb]?|[xy]mm([89]|1[0-5])");

    private final int bits;
    private String high;
    private String extended;

    RegisterRules(final int bits) {
        this.bits = bits;
    }

    void check(final List<Operand> operands) {
        for (final Operand operand : operands) {
            if (operand instanceof Operand.Reg(Register register)) {
                note(register);
            } else if (operand instanceof Operand.Mem mem) {
                address(mem.base(), mem.index());
                address(mem.index(), mem.base());
            }
        }
        if (extended != null && bits == Integer.SIZE) {
            throw new Refusal("register '" + extended + "' exists in 64-bit code only");
        }
        if (high != null && extended != null) {
            throw new Refusal("'" + high + "' cannot stand beside '" + extended
                    + "', which needs a REX prefix");
        }
    }

    private void note(final Register register) {
        if (HIGH_BYTES.contains(register.name())) {
            high = register.name();
        } else if (needsRex(register)) {
            extended = register.name();
        }
    }

    private static boolean needsRex(final Register register) {
        final boolean wide = register.is(Register.Kind.GENERAL) && register.bits() == Long.SIZE;
        return wide || isNumbered(register) || LOW_BYTES_OF_REX.contains(register.name());
    }

    /** {@return whether it is one of those that the REX prefix adds: r8 to r15, xmm8 to xmm15} */
    private static boolean isNumbered(final Register register) {
        return ADDED.matcher(register.name()).matches();
    }

    private void address(final Register register, final Register other) {
        if (register == null) {
            return;
        }
        final boolean wide = register.is(Register.Kind.GENERAL)
                && (register.bits() == Long.SIZE || register.bits() == Integer.SIZE);
        if (!wide && !register.is(Register.Kind.POINTER)) {
            throw new Refusal("an address is built from 32-bit or 64-bit general registers, not from '"
                    + register.name() + "'");
        }
        if (other != null && other.bits() != register.bits()) {
            throw new Refusal("an address mixes registers of two widths: '" + register.name() + "' and '"
                    + other.name() + "'");
        }
        if (isNumbered(register) || bits == Integer.SIZE && register.bits() == Long.SIZE) {
            extended = register.name();
        }
    }
}

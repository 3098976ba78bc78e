package ringside.toolchain.asm;

import java.util.Optional;
import java.util.OptionalLong;

/** A scope in which no name means anything: for texts that hold numbers and registers only. */
final class NoNames implements Evaluator.Scope {
    @Override
    public Optional<Expr> constant(final String name) {
        return Optional.empty();
    }

    @Override
    public OptionalLong distance(final String from, final String to) {
        return OptionalLong.empty();
    }

    @Override
    public boolean isLabel(final String name) {
        return false;
    }
}

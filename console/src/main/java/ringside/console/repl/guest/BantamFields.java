package ringside.console.repl.guest;

import java.util.OptionalLong;
import ringside.kernel.abi.KernelLayouts;
import ringside.toolchain.layout.RecordLayout;

/** Where fields of Bantam's records lie, by the names that its sources have: {@code Thread_state}. */
final class BantamFields {
    private BantamFields() {
    }

    /** {@return a field's offset, or a record's size; empty where no record has it} */
    static OptionalLong offset(final String name) {
        final int line = name.indexOf('_');
        if (line < 1) {
            return OptionalLong.empty();
        }
        final String field = name.substring(line + 1);
        for (final RecordLayout layout : KernelLayouts.all()) {
            if ("size".equals(field) && layout.name().equals(name.substring(0, line))) {
                return OptionalLong.of(layout.size());
            }
            if (layout.name().equals(name.substring(0, line)) && layout.fields().stream()
                    .anyMatch(one -> one.name().equals(field))) {
                return OptionalLong.of(layout.offset(field));
            }
        }
        return OptionalLong.empty();
    }
}

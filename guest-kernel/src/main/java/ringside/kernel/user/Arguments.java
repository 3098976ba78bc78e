package ringside.kernel.user;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;

/**
 * Puts arguments into registers all at once: an argument may be what a register holds that another argument goes to.
 */
final class Arguments {
    /** A system call loses these, so they may be lost before it as well. */
    private static final List<Reg64> FREE = List.of(Reg64.RCX, Reg64.R11, Reg64.RAX);

    private final CodeBuilder code;
    private final Map<Reg64, Arg> pending = new EnumMap<>(Reg64.class);

    Arguments(final CodeBuilder code) {
        this.code = code;
    }

    void put(final Reg64 register, final Arg value) {
        pending.put(register, value);
    }

    /** Emits the moves; every register that nobody reads any more is filled first. */
    void emit() {
        while (!pending.isEmpty()) {
            final Reg64 next = pending.keySet().stream()
                    .filter(register -> !isRead(register, register))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                breakCircle();
            } else {
                load(next, pending.remove(next));
            }
        }
    }

    private void breakCircle() {
        final Reg64 register = pending.keySet().iterator().next();
        final Reg64 free = FREE.stream()
                .filter(candidate -> !isRead(candidate, null))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("arguments in a circle need a register: " + pending));
        code.mov(free, register);
        pending.replaceAll((to, value) -> switch (value) {
            case Arg.Register from when from.register() == register -> Arg.of(free);
            case Arg.Word word when word.base() == register -> Arg.at(free, word.displacement());
            default -> value;
        });
    }

    /** Whether an argument other than that of {@code but} comes from a register. */
    private boolean isRead(final Reg64 register, final Reg64 but) {
        return pending.entrySet().stream()
                .anyMatch(entry -> entry.getKey() != but && switch (entry.getValue()) {
                    case Arg.Register from -> from.register() == register;
                    case Arg.Word word -> word.base() == register;
                    case Arg.Number number -> false;
                    case Arg.Cell cell -> false;
                    case Arg.Address address -> false;
                });
    }

    private void load(final Reg64 register, final Arg value) {
        switch (value) {
            case Arg.Number number when number.value() == 0 -> {
                final Reg32 low = register.r32();
                code.xor(low, low);
            }
            case Arg.Number number -> code.mov(register, number.value());
            case Arg.Register from -> {
                if (from.register() != register) {
                    code.mov(register, from.register());
                }
            }
            case Arg.Word word -> code.mov(register, Mem.at(word.base(), word.displacement()));
            case Arg.Cell cell -> code.mov(register, Mem.rip(cell.symbol(), cell.offset()));
            case Arg.Address address -> code.lea(register, Mem.rip(address.symbol(), address.offset()));
        }
    }
}

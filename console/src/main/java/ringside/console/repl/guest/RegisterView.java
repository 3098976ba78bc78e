package ringside.console.repl.guest;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.CpuView;

/**
 * A register to look at: what it holds, and how instructions name it.
 *
 * @param values       what it holds on a CPU, one number, or several; the first one is its value in expressions
 * @param format       of all of them, as {@link String#format} has it
 * @param operands     names under which an instruction's first operand is this register
 * @param instructions mnemonics that write it besides, without naming it
 * @param mapped       whether a device's memory holds it as well, as the local APIC holds CR8
 */
public record RegisterView(Function<CpuView, List<Long>> values, String format, Set<String> operands,
                           Set<String> instructions, boolean mapped) {
    /** Of one number. */
    static final String NUMBER = "0x%x";
    private static final Map<CpuRegister, Set<String>> UNNAMED = Map.of(
        CpuRegister.GS_BASE, Set.of("swapgs"), CpuRegister.KERNEL_GS_BASE, Set.of("swapgs"),
        CpuRegister.CR0, Set.of("lmsw"));
    private static final Map<CpuRegister, String> SELECTORS =
        Map.of(CpuRegister.FS_BASE, "fs", CpuRegister.GS_BASE, "gs");

    /** Copies the sets. */
    public RegisterView {
        operands = Set.copyOf(operands);
        instructions = Set.copyOf(instructions);
    }

    /**
     * {@return a register that people can also set, or bits of it}
     *
     * @param part of which register
     */
    public static RegisterView of(final Registers.Part part) {
        final CpuRegister register = part.register();
        final Set<String> operands = new HashSet<>();
        Registers.all().filter(name -> Registers.named(name).map(Registers.Part::register)
            .equals(Optional.of(register))).forEach(operands::add);
        Optional.ofNullable(SELECTORS.get(register)).ifPresent(operands::add);
        final Set<String> stack = register == CpuRegister.RSP ? Set.of("push", "pop", "call", "ret", "pushfq", "popfq",
            "pushfd", "popfd", "pushf", "popf") : Set.of();
        return new RegisterView(view -> List.of(part.of(view.read(register))), NUMBER, operands,
            UNNAMED.getOrDefault(register, stack), false);
    }

    /**
     * {@return the register of that name, with or without a dollar in front}
     *
     * @param name in any case
     */
    public static Optional<RegisterView> named(final String name) {
        return Registers.named(name).map(RegisterView::of).or(() -> SystemNames.named(name));
    }

    /**
     * {@return its value in expressions}
     *
     * @param view of the CPU
     */
    public long number(final CpuView view) {
        return values.apply(view).getFirst();
    }

    /**
     * {@return what it holds, for people}
     *
     * @param held by it
     */
    public String text(final List<Long> held) {
        return String.format(Locale.ROOT, format, held.toArray());
    }
}

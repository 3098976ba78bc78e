package ringside.console.repl.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.RegisterView;
import ringside.console.repl.guest.Registers;
import ringside.emulator.engine.CpuRegister;

/** {@code regs}. */
@Command(name = "regs", aliases = "registers",
    header = "Show registers.",
    customSynopsis = "regs [general | control | segments | msr | debug | x87 | sse | NAME...]",
    description = {"",
        "General registers with what their values belong to, the flags, and the control registers "
            + "with the bits that are set. segments: selectors with their hidden parts, GDTR and IDTR; msr: "
            + "the MSRs that the CPU itself keeps; debug: DR0 to DR7; x87: ST0 to ST7 and control words; sse: XMM0 to "
            + "XMM15 and MXCSR. Each has its name in expressions too, as in gdb: $lstar, $gdtr_base, $cs, $xmm0, $st0. "
            + "Those have 64 bits: of XMM and ST the lower ones, and the upper ones are $xmm0h and $st0h."},
    footer = {"", "Examples:",
        "  regs",
        "  regs rip rsp",
        "  regs control",
        "  regs segments",
        "  regs msr",
        "  regs lstar xmm0"})
final class RegsCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final String what = joined(words);
        if (what.isEmpty() || "general".equals(what)) {
            general();
        }
        if (what.isEmpty() || "control".equals(what)) {
            ControlRegisters.lines(guest()).forEach(this::say);
        } else if ("segments".equals(what)) {
            SystemText.segments(guest().system()).forEach(this::say);
        } else if ("msr".equals(what)) {
            SystemText.models(guest()).forEach(this::say);
        } else if ("debug".equals(what)) {
            SystemText.debug(guest()).forEach(this::say);
        } else if ("x87".equals(what)) {
            VectorText.x87(guest()).forEach(this::say);
        } else if ("sse".equals(what)) {
            VectorText.sse(guest()).forEach(this::say);
        } else if (!"general".equals(what)) {
            words.forEach(this::one);
        }
    }

    private void one(final String name) {
        final RegisterView register = RegisterView.named(name).orElseThrow(() ->
            new RefusedException("no register '" + name + "': " + String.join(" ", Registers.names())
                + ", and those of 'regs control', segments, msr, debug, x87 and sse"));
        final List<Long> held = register.values().apply(guest().machine().cpu(guest().cpu()));
        say(String.format("%-7s %s", name, held.size() > 1 ? register.text(held) : guest().named(held.getFirst())));
    }

    private void general() {
        for (final CpuRegister register : EnumSet.range(CpuRegister.RAX, CpuRegister.RIP)) {
            final long value = guest().register(register);
            say(String.format("%-7s 0x%016x %s", register.name().toLowerCase(Locale.ROOT), value,
                guest().symbol(value)).stripTrailing());
        }
        final long flags = guest().register(CpuRegister.RFLAGS);
        say(String.format("rflags  0x%016x %s", flags, Registers.flags(flags)));
    }
}

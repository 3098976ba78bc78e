package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ringside.emulator.device.apic.ApicState;
import ringside.emulator.device.ioapic.IoApic;
import ringside.emulator.device.pic.PicState;
import ringside.emulator.device.pit.PitState;
import ringside.emulator.machine.InterruptState;
import ringside.emulator.timing.CycleClock;

/** Interrupt controllers and timers for people. */
final class InterruptText {
    private static final List<String> MODES =
        List.of("fixed", "lowest", "SMI", "mode 3", "NMI", "INIT", "mode 6", "ExtINT");
    private static final List<String> LOCAL = List.of("timer", "thermal", "perf", "LINT0", "LINT1", "error");
    private static final List<String> TIMER = List.of("one shot", "periodic", "at a deadline", "one shot");
    private static final List<String> COUNTER = List.of("interrupt at its end", "one-shot", "rate generator",
        "square wave", "strobe", "strobe by gate");
    private static final List<String> ACCESS = List.of("-", "low", "high", "low, high");
    private static final int MODE_SHIFT = 8;
    private static final int MODE_MASK = 7;
    private static final int VECTOR = 0xFF;
    private static final int LOGICAL = 1 << 11;
    private static final int REMOTE = 1 << 14;
    private static final int LEVEL = 1 << 15;
    private static final int MASKED = 1 << 16;
    private static final int DESTINATION = 56;
    private static final int ENABLED = 1 << 8;
    private static final int X2 = 1 << 10;
    private static final int GLOBAL = 1 << 11;
    private static final int TIMER_PIN = 0;
    private static final int FIRST_WITH_MODE = 1;
    private static final int LAST_WITH_MODE = 4;

    private InterruptText() {
    }

    /** {@return lines about all of them} */
    static List<String> of(final int cpu, final InterruptState state) {
        final List<String> lines = new ArrayList<>(local(cpu, state.local()));
        lines.addAll(pins(state.pins()));
        lines.addAll(pics(state.pics()));
        lines.addAll(timer(state.timer()));
        return lines;
    }

    private static List<String> timer(final PitState timer) {
        final List<String> lines = new ArrayList<>();
        lines.add("8254: counter 0 " + (timer.nextRise() == CycleClock.NEVER ? "interrupts no more"
            : "interrupts at cycle " + timer.nextRise()) + "; the speaker "
            + (timer.speakerData() ? "hears counter 2" : "hears nothing"));
        final TextTable table = new TextTable("  counter", "mode", "access", "count", "of", "gate", "out");
        for (int i = 0; i < timer.counters().size(); i++) {
            final PitState.One one = timer.counters().get(i);
            final boolean set = one.access() != 0;
            table.row("  " + i, set ? one.mode() + " " + COUNTER.get(one.mode()) + (one.decimal() ? ", decimal" : "")
                : "not set", ACCESS.get(one.access()), one.loaded() ? Integer.toString(one.count()) : "-",
                one.reload() == 0 ? "-" : Integer.toString(one.reload()), level(one.gate()), level(one.output()));
        }
        lines.addAll(table.lines());
        return lines;
    }

    private static String level(final boolean high) {
        return high ? "high" : "low";
    }

    private static List<String> local(final int cpu, final ApicState apic) {
        final List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "cpu %2$d: local APIC %1$d, %3$s at 0x%4$x, %5$s; TPR %6$02x, "
            + "PPR %7$02x, spurious %8$02x",
            apic.id(), cpu, (apic.base() & X2) != 0 ? "x2APIC" : "xAPIC", apic.base() & ~0xFFFL,
            (apic.base() & GLOBAL) == 0 ? "off" : (apic.spurious() & ENABLED) == 0 ? "not enabled by software"
                : "enabled", apic.priority() >>> Integer.SIZE, apic.priority() & VECTOR, apic.spurious() & VECTOR));
        lines.add("  requested: " + list(apic.requested()) + "; in service: " + list(apic.inService()));
        final TextTable table = new TextTable("  local", "vector", "mode", "trigger", "");
        for (int i = 0; i < apic.vectors().size(); i++) {
            final int entry = apic.vectors().get(i);
            final boolean withMode = i >= FIRST_WITH_MODE && i <= LAST_WITH_MODE;
            table.row("  " + LOCAL.get(i), Integer.toString(entry & VECTOR),
                i == TIMER_PIN ? TIMER.get(apic.timer().mode())
                    : withMode ? MODES.get(entry >> MODE_SHIFT & MODE_MASK) : "fixed",
                (entry & LEVEL) != 0 ? "level" : "edge", (entry & MASKED) != 0 ? "masked" : "");
        }
        lines.addAll(table.lines());
        final ApicState.Timer timer = apic.timer();
        lines.add("  timer: " + timer.current() + " of " + timer.initial() + " left, " + timer.divider()
            + (timer.divider() == 1 ? " cycle" : " cycles") + " each; " + (timer.expires() == CycleClock.NEVER
                ? "will not interrupt" : "interrupts at cycle " + timer.expires()));
        return lines;
    }

    private static String list(final List<Integer> vectors) {
        return vectors.isEmpty() ? "-" : vectors.stream().map(one -> Integer.toString(one))
            .collect(Collectors.joining(" "));
    }

    private static List<String> pins(final List<IoApic.Pin> pins) {
        final TextTable table = new TextTable("  pin", "vector", "mode", "trigger", "to", "");
        int shown = 0;
        for (int i = 0; i < pins.size(); i++) {
            final long entry = pins.get(i).entry();
            if ((entry & MASKED) != 0 && !pins.get(i).asserted()) {
                continue;
            }
            shown++;
            table.row("  " + i, Long.toString(entry & VECTOR), MODES.get((int) (entry >> MODE_SHIFT & MODE_MASK)),
                (entry & LEVEL) != 0 ? "level" : "edge", ((entry & LOGICAL) != 0 ? "logical " : "cpu ")
                    + (entry >>> DESTINATION), ((entry & MASKED) != 0 ? "masked " : "")
                    + (pins.get(i).asserted() ? "asserted " : "") + ((entry & REMOTE) != 0 ? "awaits its end" : ""));
        }
        final List<String> lines = new ArrayList<>();
        lines.add("I/O APIC: " + (pins.size() - shown) + " of " + pins.size() + " pins are masked and quiet");
        if (shown > 0) {
            lines.addAll(table.lines());
        }
        return lines;
    }

    private static List<String> pics(final List<PicState> pics) {
        return IntStream.range(0, pics.size()).mapToObj(i -> {
            final PicState pic = pics.get(i);
            return String.format(Locale.ROOT, "8259 %d: vectors from %d; requested %02x, in service %02x, masked %02x, "
                + "by level %02x", i + 1, pic.vectors(), pic.requested(), pic.inService(), pic.masked(), pic.levels());
        }).toList();
    }
}

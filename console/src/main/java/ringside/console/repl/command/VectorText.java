package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.SystemNames;
import ringside.emulator.engine.FloatingPointRegisters;
import ringside.emulator.machine.CpuView;

/** The x87 and SSE registers for people. */
final class VectorText {
    private static final int BIAS = 16_383;
    private static final int SPECIAL = 0x7FFF;

    private VectorText() {
    }

    /** {@return a line for each register of the stack, and one with the control words} */
    static List<String> x87(final Guest guest) {
        final CpuView view = guest.machine().cpu(guest.cpu());
        final FloatingPointRegisters values = view.floatingPoint();
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < FloatingPointRegisters.STACK; i++) {
            final FloatingPointRegisters.Extended value = values.stack().get(i);
            final boolean empty = (values.tags() >> (i + values.top() & FloatingPointRegisters.STACK - 1) & 1) != 0;
            lines.add(String.format(Locale.ROOT, "st%d     0x%04x%016x  %s", i, value.exponent(), value.significand(),
                empty ? "empty" : number(value)));
        }
        SystemNames.x87().forEach(name -> lines.add(String.format(Locale.ROOT, "%-7s 0x%x", name,
            SystemNames.named(name).orElseThrow().number(view))));
        return lines;
    }

    /** {@return about which number it is} */
    private static String number(final FloatingPointRegisters.Extended value) {
        final int exponent = value.exponent() & SPECIAL;
        final String sign = value.exponent() == exponent ? "" : "-";
        if (exponent == SPECIAL) {
            return value.significand() << 1 == 0 ? sign + "infinity" : "no number";
        }
        final double significand = (value.significand() >>> 1) * 2.0 + (value.significand() & 1);
        final double number = Math.scalb(significand, exponent - BIAS - (Long.SIZE - 1));
        return sign + (Double.isInfinite(number) || number == 0 && value.significand() != 0
            ? "beyond a double" : Double.toString(number));
    }

    /** {@return a line for each vector register, and one with their control word} */
    static List<String> sse(final Guest guest) {
        final FloatingPointRegisters values = guest.machine().cpu(guest.cpu()).floatingPoint();
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < FloatingPointRegisters.VECTORS; i++) {
            lines.add(String.format(Locale.ROOT, "%-7s 0x%016x%016x", "xmm" + i, values.vectors().get(i).high(),
                values.vectors().get(i).low()));
        }
        lines.add(String.format(Locale.ROOT, "mxcsr   0x%x", values.mxcsr()));
        return lines;
    }
}

package ringside.console.repl.command;

import java.util.stream.Collectors;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.Places;
import ringside.console.repl.stop.Breakpoint;
import ringside.console.repl.stop.CodeIn;

/** Breakpoints for people. */
final class BreakText {
    private static final String WAITS = ", as soon as there is such a thread";

    private BreakText() {
    }

    /** {@return what is said of a new one} */
    static String added(final Guest guest, final Breakpoint one) {
        return one.spec().kind().word() + " " + one.number() + ": " + one.spec().text()
            + (one.isPending() ? WAITS : where(guest, one));
    }

    private static String where(final Guest guest, final Breakpoint one) {
        return switch (one.spec().kind()) {
            case CODE -> one.spec().condition() instanceof CodeIn ? memory(one)
                : new Places(guest).of(one.spec().text()).addresses().stream()
                .map(address -> " at 0x" + Long.toHexString(address)
                    + guest.code().line(address).map(line -> ", " + line).orElse(""))
                .collect(Collectors.joining(";"));
            case WATCH -> memory(one);
            default -> "";
        };
    }

    private static String memory(final Breakpoint one) {
        return one.spec().watched().map(memory -> ", physical 0x" + Long.toHexString(memory.physical())
            + ", " + memory.bytes() + (memory.bytes() == 1 ? " byte" : " bytes")).orElse("");
    }

    /** {@return what the list says of one} */
    static String listed(final Breakpoint one) {
        final StringBuilder text = new StringBuilder(String.format("%3d  %-10s %s  %s", one.number(),
            one.spec().kind().word(), one.enabled() ? "on " : "off", one.spec().text()));
        text.append(memory(one)).append(one.isPending() ? WAITS : "");
        one.spec().filter().map(Object::toString).filter(filter -> !filter.isEmpty())
            .ifPresent(filter -> text.append(" if ").append(filter));
        if (one.spec().temporary()) {
            text.append(", once");
        }
        if (one.ignored() > 0) {
            text.append(", ignored ").append(one.ignored()).append(" times more");
        }
        text.append(", met ").append(one.hits()).append(one.hits() == 1 ? " time" : " times");
        one.actions().forEach(action -> text.append("\n       ").append(action));
        return text.toString();
    }
}

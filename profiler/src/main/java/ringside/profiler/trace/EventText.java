package ringside.profiler.trace;

import java.util.Locale;
import ringside.emulator.event.EventKind;

/** Events in words. */
public final class EventText {
    private EventText() {
    }

    /**
     * {@return what an event is, without its place}
     *
     * @param event   any
     * @param symbols names of the image
     */
    public static String of(final TraceEvent event, final TraceSymbols symbols) {
        final String place = symbols.format(event.address());
        return switch (event.kind()) {
            case BLOCK -> "block " + place + " instructions=" + event.second() + " bytes=" + event.first() + " level="
                    + event.number();
            case EXCEPTION -> "exception " + event.number() + " at " + place + " error=" + hex(event.first());
            case INTERRUPT -> "interrupt " + event.number() + " at " + place;
            case SYSCALL -> "syscall " + event.first() + " at " + place;
            case ADDRESS_SPACE -> "address space " + hex(event.first());
            case PROBE -> "probe " + symbols.probe(event.number()) + " " + hex(event.first()) + " "
                    + hex(event.second()) + " " + hex(event.third());
            case DEVICE -> (event.second() != 0 ? "device write " : "device read ") + hex(event.address()) + " bytes="
                    + event.number() + " value=" + hex(event.first());
            case CONSOLE_BYTE -> "console byte " + hex(event.first())
                    + (event.first() > ' ' && event.first() <= '~' ? " '" + (char) event.first() + "'" : "");
            case RESET -> "reset: " + event.text();
            default -> word(event.kind());
        };
    }

    /**
     * {@return an event on a line: clock, vCPU, and what it is}
     *
     * @param event   any
     * @param symbols names of the image
     */
    public static String line(final TraceEvent event, final TraceSymbols symbols) {
        return String.format(Locale.ROOT, "%12d:%d  %s", event.cycle(), event.cpu(), of(event, symbols));
    }

    /**
     * {@return what a row counts}
     *
     * @param row     of an index
     * @param symbols names of the image
     */
    public static String name(final EventRow row, final TraceSymbols symbols) {
        final String word = word(row.kind());
        return switch (row.kind()) {
            case EXCEPTION, INTERRUPT, SYSCALL -> word + (row.detail() < 0 ? " others" : " " + row.detail());
            case PROBE -> row.detail() < 0 ? "probe others" : "probe " + symbols.probe(row.detail());
            case ADDRESS_SPACE -> word + (row.detail() == -1 ? " others" : " " + hex(row.detail()));
            default -> word;
        };
    }

    /**
     * {@return a kind of event in words}
     *
     * @param kind any
     */
    public static String word(final EventKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String hex(final long value) {
        return "0x" + Long.toHexString(value);
    }
}

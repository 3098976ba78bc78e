package ringside.console.repl.stop;

import java.util.List;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.Guest;
import ringside.emulator.travel.Stop;
import ringside.emulator.travel.Timeline;

/** What is said of a breakpoint that was stopped at. */
final class StopText {
    private static final int MOST_BYTES = 8;

    private final Guest guest;

    StopText(final Guest guest) {
        this.guest = guest;
    }

    /** One line; the machine stands where it stood. */
    String of(final Breakpoint breakpoint, final boolean before) {
        final Breakpoint.Spec spec = breakpoint.spec();
        final String begin = spec.kind().word() + " " + breakpoint.number() + ", ";
        return begin + switch (spec.kind()) {
            case WATCH -> spec.condition() instanceof RegisterWritten watch ? spec.text() + ": " + change(watch, before)
                : spec.text() + spec.watched().map(memory -> ": " + change(memory, before)).orElse("");
            case EVENT -> event((EventHappened) spec.condition(), before);
            default -> spec.text();
        };
    }

    /** Says that it was the user's change that was met, and where; empty where it was not. */
    String edited(final Stop stop) {
        if (stop.edit().isEmpty()) {
            return "";
        }
        final Timeline timeline = guest.timeline();
        final long here = timeline.position().step();
        timeline.go(stop.edit().getAsLong());
        final String place = timeline.position().toString();
        timeline.go(here);
        return " at " + place;
    }

    /** The value before the step that touched it, and behind. */
    String change(final Breakpoint.Watched memory, final boolean before) {
        final Timeline timeline = guest.timeline();
        final long step = timeline.position().step();
        if (!before) {
            timeline.go(step - 1);
        }
        final String old = value(memory);
        timeline.next();
        final String now = value(memory);
        if (before) {
            timeline.go(step);
        } else if (timeline.position().step() != step) {
            timeline.go(step);
        }
        return old.equals(now) ? old + ", as before" : old + " -> " + now;
    }

    /** {@return whether the register is another behind the step} */
    boolean changes(final RegisterWritten watch, final boolean before) {
        final List<List<Long>> values = values(watch, before);
        return !values.getFirst().equals(values.getLast());
    }

    private String change(final RegisterWritten watch, final boolean before) {
        final List<List<Long>> values = values(watch, before);
        return watch.register().text(values.getFirst()) + " -> " + watch.register().text(values.getLast());
    }

    /** The register before the step and behind; the machine stands where it stood. */
    private List<List<Long>> values(final RegisterWritten watch, final boolean before) {
        final Timeline timeline = guest.timeline();
        final long step = guest.machine().steps();
        if (!before) {
            timeline.go(step - 1);
        }
        final List<Long> old = value(watch);
        timeline.next();
        final List<Long> now = value(watch);
        timeline.go(step);
        return List.of(old, now);
    }

    /** {@return what is watched of a register, where the machine stands} */
    List<Long> value(final RegisterWritten watch) {
        return watch.register().values().apply(guest.machine().cpu(watch.cpu()));
    }

    private String value(final Breakpoint.Watched memory) {
        final int bytes = Math.min(memory.bytes(), MOST_BYTES);
        return "0x" + Long.toHexString(guest.memory().number(memory.physical(), bytes, true))
            + (bytes < memory.bytes() ? "..." : "");
    }

    /** {@return a value for people: a thread's name, where it is one of Bantam's} */
    private String named(final long value) {
        return Bantam.threadName(guest, value).orElseGet(() -> guest.named(value));
    }

    /** The step is taken once more, with somebody who listens. */
    private String event(final EventHappened event, final boolean before) {
        final Timeline timeline = guest.timeline();
        final long step = timeline.position().step();
        if (!before) {
            timeline.go(step - 1);
            timeline.nextCpu();
        }
        guest.machine().addObserver(event);
        try {
            timeline.next();
        } finally {
            guest.machine().removeObserver(event);
        }
        final String text = event.latest(this::named);
        if (timeline.position().step() != step) {
            timeline.go(step);
        }
        return text;
    }
}

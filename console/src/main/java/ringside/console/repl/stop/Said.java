package ringside.console.repl.stop;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.travel.Condition;
import ringside.emulator.travel.Timeline;

/** The guest has said a text on its first serial port. */
final class Said implements Condition {
    private final Timeline timeline;
    private final byte[] text;
    private long hits;

    Said(final Timeline timeline, final String text) {
        this.timeline = timeline;
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.CONSOLE_BYTE);
    }

    /** What was said is a matter of the place in the history, so the count of a piece is the same each time. */
    @Override
    public void consoleByte(final long cycle, final int cpu, final int value) {
        final int from = timeline.said() - text.length;
        if (from >= 0 && value == Byte.toUnsignedInt(text[text.length - 1])
                && Arrays.equals(timeline.said(from), text)) {
            hits++;
        }
    }

    @Override
    public long hits() {
        return hits;
    }

    @Override
    public boolean stopsBefore() {
        return false;
    }
}

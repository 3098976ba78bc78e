package ringside.emulator.input;

import java.util.List;
import ringside.emulator.machine.InputSource;

/**
 * All that came into a machine, by position. Two machines of one make that get the same log run the same.
 *
 * @param entries in order: cycles never fall, and two in a row are at different positions, but for breaks
 */
public record InputLog(List<InputEntry> entries) {
    /** A log without input. */
    public static final InputLog EMPTY = new InputLog(List.of());

    /** Refuses entries that are out of order. */
    public InputLog {
        entries = List.copyOf(entries);
        for (int i = 1; i < entries.size(); i++) {
            final InputEntry before = entries.get(i - 1);
            final InputEntry entry = entries.get(i);
            if (!entry.follows(before)) {
                throw new IllegalArgumentException("entries are in order, one a position: entry=" + i + " cycle="
                        + entry.cycle() + " the one before=" + before.cycle());
            }
        }
    }

    /** {@return a source that gives these bytes at these positions, from the start} */
    public InputSource replay() {
        return new InputReplay(this);
    }

    /** {@return bytes in all entries, breaks included} */
    public long bytes() {
        return entries.stream().mapToLong(InputEntry::length).sum();
    }
}

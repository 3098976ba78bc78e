package ringside.emulator.input;

import java.util.List;
import ringside.emulator.machine.InputSource;

/** Gives the bytes of a log, each when the machine stands where it stood, or is past it. */
final class InputReplay implements InputSource {
    private final List<InputEntry> entries;
    private int next;
    private int given;

    InputReplay(final InputLog log) {
        entries = log.entries();
    }

    @Override
    public int poll(final long cycle, final boolean idle) {
        if (next == entries.size()) {
            return END;
        }
        final InputEntry entry = entries.get(next);
        if (!entry.isDue(cycle, idle)) {
            return NOTHING;
        }
        final int value = entry.at(given++);
        if (given == entry.length()) {
            next++;
            given = 0;
        }
        return value;
    }

    @Override
    public void resume(final long taken) {
        next = 0;
        long left = taken;
        while (next < entries.size() && left >= entries.get(next).length()) {
            left -= entries.get(next).length();
            next++;
        }
        given = next < entries.size() ? (int) left : 0;
    }
}

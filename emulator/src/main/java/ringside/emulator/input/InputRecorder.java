package ringside.emulator.input;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import ringside.emulator.machine.InputSource;

/**
 * A source in front of a live one: writes down what it gives, where the machine stood when it took it.
 *
 * <p>At one position it hears the live source until that has nothing, and then no more: the log then says all.
 */
public final class InputRecorder implements InputSource {
    private final InputSource live;
    private final List<InputEntry> entries = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long cycle = -1;
    private boolean idle;
    private boolean silent;

    /**
     * Makes a recorder.
     *
     * @param live where the bytes come from
     */
    public InputRecorder(final InputSource live) {
        this.live = Objects.requireNonNull(live, "live");
    }

    @Override
    public int poll(final long now, final boolean waiting) {
        if (now != cycle || waiting != idle) {
            finish();
            cycle = now;
            idle = waiting;
            silent = false;
        }
        if (silent) {
            return NOTHING;
        }
        final int value = live.poll(now, waiting);
        if (value == BREAK) {
            finish();
            entries.add(InputEntry.broken(cycle, idle));
        } else if (value >= 0) {
            bytes.write(value);
        } else {
            silent = value == NOTHING;
        }
        return value;
    }

    /** Forgets what came later; what comes from now on takes its place. */
    @Override
    public void resume(final long taken) {
        finish();
        long left = taken;
        int kept = 0;
        while (kept < entries.size() && left >= entries.get(kept).length()) {
            left -= entries.get(kept++).length();
        }
        if (kept < entries.size() && left > 0) {
            final InputEntry cut = entries.get(kept);
            entries.set(kept, new InputEntry(cut.cycle(), cut.idle(), Arrays.copyOf(cut.bytes(), (int) left)));
            kept++;
        }
        entries.subList(kept, entries.size()).clear();
        cycle = -1;
    }

    private void finish() {
        if (bytes.size() > 0) {
            final ByteArrayOutputStream all = new ByteArrayOutputStream();
            final InputEntry last = entries.isEmpty() ? null : entries.getLast();
            if (last != null && last.cycle() == cycle && last.idle() == idle && !last.broken()) {
                all.writeBytes(last.bytes());
                entries.removeLast();
            }
            all.writeBytes(bytes.toByteArray());
            entries.add(new InputEntry(cycle, idle, all.toByteArray()));
            bytes.reset();
        }
    }

    /** {@return what came in so far} */
    public InputLog log() {
        finish();
        return new InputLog(entries);
    }
}

package ringside.emulator.travel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import ringside.emulator.device.uart.SerialSink;
import ringside.emulator.input.InputEntry;
import ringside.emulator.input.InputLog;
import ringside.emulator.machine.InputSource;

/**
 * What went in and out at the first serial port, by position: the past gives the same bytes each time it is walked
 * through, and only the end of the history hears anything new.
 */
final class History implements InputSource, SerialSink {
    /** The most bytes that wait to be heard. */
    static final int MOST_UNHEARD = 1 << 20;

    /** Polls in vain after which a guest that looks again and again without waiting is given what was typed. */
    private static final int PATIENCE = 100;
    /** Bytes of memory for an entry beside those that were heard, about. */
    private static final int ENTRY_BYTES = 64;

    private final Deque<Byte> typed = new ArrayDeque<>();
    private final List<InputEntry> heard = new ArrayList<>();
    private final Said said;
    private long heardBytes;
    private long heardUntil = -1;
    private int next;
    private int given;
    private int asked;
    /** Bytes that the machine had heard where the history begins, and where it is. */
    private long heardBefore;
    private long taken;

    /** Makes one of nothing, that knows so many bytes at most of what was said. */
    History(final long mostSaid) {
        said = new Said(mostSaid);
    }

    /** Puts bytes where the guest will find them as soon as it looks behind the end of the history. */
    void type(final byte[] bytes) {
        if (bytes.length > MOST_UNHEARD - typed.size()) {
            throw new IllegalArgumentException("no more than " + MOST_UNHEARD + " bytes can wait to be heard: waiting="
                    + typed.size() + " bytes=" + bytes.length);
        }
        for (final byte value : bytes) {
            typed.add(value);
        }
    }

    /** Takes what will be heard, before anything was. */
    void foretell(final InputLog log) {
        heard.addAll(log.entries());
        heardUntil = heard.isEmpty() ? -1 : heard.getLast().cycle();
    }

    /** {@return bytes that were typed and not yet heard} */
    int waiting() {
        return typed.size();
    }

    /** {@return bytes of memory that it takes, about} */
    long memory() {
        return said.memory() + heardMemory() + (long) typed.size() * Integer.BYTES;
    }

    /** {@return bytes of memory for what was heard, about} */
    long heardMemory() {
        return heardBytes + (long) heard.size() * ENTRY_BYTES;
    }

    @Override
    public int poll(final long cycle, final boolean idle) {
        if (next < heard.size()) {
            final InputEntry entry = heard.get(next);
            if (cycle < entry.cycle() || cycle == entry.cycle() && entry.idle() && !idle) {
                return NOTHING;
            }
            final int value = entry.broken() ? BREAK : Byte.toUnsignedInt(entry.bytes()[given]);
            given++;
            if (given == entry.length()) {
                next++;
                given = 0;
            }
            taken++;
            return value;
        }
        // What found nothing there finds nothing there again; a guest that waits is asked once more when it ended so.
        if (cycle < heardUntil || cycle == heardUntil && !idle) {
            return NOTHING;
        }
        return hear(cycle, idle);
    }

    private int hear(final long cycle, final boolean idle) {
        heardUntil = cycle;
        asked = idle ? 0 : asked + 1;
        if (typed.isEmpty() || !idle && asked <= PATIENCE) {
            return NOTHING;
        }
        final byte value = typed.remove();
        final InputEntry last = heard.isEmpty() ? null : heard.getLast();
        if (last != null && last.cycle() == cycle && last.idle() == idle) {
            final byte[] longer = Arrays.copyOf(last.bytes(), last.length() + 1);
            longer[last.length()] = value;
            heard.set(heard.size() - 1, new InputEntry(cycle, idle, longer));
        } else {
            heard.add(new InputEntry(cycle, idle, new byte[] {value}));
        }
        heardBytes++;
        next = heard.size();
        given = 0;
        taken++;
        return Byte.toUnsignedInt(value);
    }

    /** {@return bytes that the machine heard before the place where it is, since it booted} */
    long heard() {
        return taken;
    }

    @Override
    public void resume(final long before) {
        taken = before;
        next = 0;
        long left = Math.max(0, before - heardBefore);
        while (next < heard.size() && left >= heard.get(next).length()) {
            left -= heard.get(next).length();
            next++;
        }
        given = next < heard.size() ? (int) left : 0;
    }

    /** The history begins where the machine stands; nothing was said, and nothing heard that is known here. */
    void begin() {
        heardBefore = taken;
        heard.clear();
        heardBytes = 0;
        next = 0;
        given = 0;
        said.begin();
        heardUntil = -1;
    }

    /** Forgets what was heard before a place; the machine stands at it or behind. */
    void forgetBefore(final long count) {
        long gone = count - heardBefore;
        int entries = 0;
        while (entries < heard.size() && gone >= heard.get(entries).length()) {
            gone -= heard.get(entries).length();
            entries++;
        }
        heard.subList(0, entries).clear();
        if (gone > 0 && !heard.isEmpty()) {
            final InputEntry entry = heard.getFirst();
            heard.set(0, new InputEntry(entry.cycle(), entry.idle(),
                    Arrays.copyOfRange(entry.bytes(), (int) gone, entry.length())));
        }
        heardBytes -= count - heardBefore;
        heardBefore = count;
        resume(taken);
    }

    /** {@return what was heard, for a second machine} */
    InputSource replay() {
        final InputSource source = log().replay();
        final long before = heardBefore;
        return new InputSource() {
            @Override
            public int poll(final long cycle, final boolean idle) {
                return source.poll(cycle, idle);
            }

            @Override
            public void resume(final long count) {
                source.resume(Math.max(0, count - before));
            }
        };
    }

    /** {@return all that was heard, by position} */
    InputLog log() {
        return new InputLog(heard);
    }

    @Override
    public void send(final int value) {
        said.send(value);
    }

    /** {@return what was said} */
    Said said() {
        return said;
    }

    /** What comes behind the place where the machine is has not happened; what was heard there waits once more. */
    void cut(final long cycle) {
        said.cut();
        final List<InputEntry> behind = heard.subList(next, heard.size());
        for (int i = behind.size() - 1; i >= 0; i--) {
            final byte[] bytes = behind.get(i).bytes();
            for (int at = bytes.length - 1; at >= (i == 0 ? given : 0); at--) {
                typed.addFirst(bytes[at]);
                heardBytes--;
            }
        }
        if (given > 0) {
            final InputEntry entry = behind.getFirst();
            heard.set(next++, new InputEntry(entry.cycle(), entry.idle(), Arrays.copyOf(entry.bytes(), given)));
            given = 0;
        }
        heard.subList(next, heard.size()).clear();
        heardUntil = Math.min(heardUntil, cycle);
    }
}

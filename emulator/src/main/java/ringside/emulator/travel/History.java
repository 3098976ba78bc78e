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
    /** Polls in vain after which a guest that looks again and again without waiting is given what was typed. */
    private static final int PATIENCE = 100;

    private final Deque<Integer> typed = new ArrayDeque<>();
    private final List<InputEntry> heard = new ArrayList<>();
    private byte[] said = new byte[1024];
    private int saidInAll;
    private long heardUntil = -1;
    private int next;
    private int given;
    private int asked;
    private int at;
    /** Bytes that the machine had heard where the history begins, and where it was put last. */
    private long heardBefore;
    private long resumed;

    /** Puts bytes where the guest will find them as soon as it looks behind the end of the history. */
    void type(final byte[] bytes) {
        for (final byte value : bytes) {
            typed.add(Byte.toUnsignedInt(value));
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
        final int value = typed.remove();
        final InputEntry last = heard.isEmpty() ? null : heard.getLast();
        if (last != null && last.cycle() == cycle && last.idle() == idle) {
            final byte[] longer = new byte[last.length() + 1];
            System.arraycopy(last.bytes(), 0, longer, 0, last.length());
            longer[last.length()] = (byte) value;
            heard.set(heard.size() - 1, new InputEntry(cycle, idle, longer));
        } else {
            heard.add(new InputEntry(cycle, idle, new byte[] {(byte) value}));
        }
        next = heard.size();
        given = 0;
        return value;
    }

    @Override
    public void resume(final long taken) {
        resumed = taken;
        next = 0;
        long left = Math.max(0, taken - heardBefore);
        while (next < heard.size() && left >= heard.get(next).length()) {
            left -= heard.get(next).length();
            next++;
        }
        given = next < heard.size() ? (int) left : 0;
    }

    /** The history begins where the machine stands; nothing was said, and nothing heard that is known here. */
    void begin() {
        heardBefore = resumed;
        heard.clear();
        next = 0;
        given = 0;
        saidInAll = 0;
        at = 0;
        heardUntil = -1;
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
            public void resume(final long taken) {
                source.resume(Math.max(0, taken - before));
            }
        };
    }

    /** {@return all that was heard, by position} */
    InputLog log() {
        return new InputLog(heard);
    }

    @Override
    public void send(final int value) {
        if (at == saidInAll) {
            if (at == said.length) {
                said = Arrays.copyOf(said, 2 * at);
            }
            said[at] = (byte) value;
            saidInAll++;
        }
        at++;
    }

    /** {@return how many bytes were said before the place where the machine is} */
    int said() {
        return at;
    }

    /** {@return bytes that were said, from one to the place where the machine is} */
    byte[] said(final int from) {
        return from >= at ? new byte[0] : Arrays.copyOfRange(said, from, at);
    }

    /** The machine went to another place, where so many bytes had been said. */
    void at(final int bytes) {
        at = bytes;
    }

    /** What comes behind the place where the machine is has not happened. */
    void cut(final long cycle) {
        saidInAll = at;
        if (next < heard.size()) {
            if (given > 0) {
                final InputEntry entry = heard.get(next);
                final byte[] first = Arrays.copyOf(entry.bytes(), given);
                heard.set(next, new InputEntry(entry.cycle(), entry.idle(), first));
                next++;
                given = 0;
            }
            heard.subList(next, heard.size()).clear();
        }
        heardUntil = Math.min(heardUntil, cycle);
    }
}

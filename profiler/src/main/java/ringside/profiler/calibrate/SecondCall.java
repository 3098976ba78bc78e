package ringside.profiler.calibrate;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.event.Translation;

/**
 * Finds a snippet's second call in the machine's events, hands it on, counts, and notes the first access that is none
 * of the snippet's business, in either call.
 */
final class SecondCall implements MachineObserver {
    private static final int USER = 3;

    private final Snippet snippet;
    private final long codeEnd;
    private final long dataEnd;
    private final Optional<MachineObserver> observer;
    private final Set<EventKind> wanted;
    private int entries;
    private boolean over;
    private long instructions;
    private long arrivals;
    private long first;
    private long last;
    private String outside = "";

    SecondCall(final Snippet snippet, final Optional<MachineObserver> observer) {
        this.snippet = snippet;
        this.observer = observer;
        codeEnd = Stage.CODE + snippet.code().length;
        dataEnd = Stage.DATA + snippet.data().length;
        wanted = observer.map(MachineObserver::interests).orElse(Set.of());
    }

    @Override
    public Set<EventKind> interests() {
        final Set<EventKind> kinds = EnumSet.of(EventKind.INSTRUCTION, EventKind.MEMORY_READ, EventKind.MEMORY_WRITE);
        for (final EventKind kind : EnumSet.of(EventKind.BLOCK, EventKind.CODE, EventKind.TRANSLATION)) {
            if (wanted.contains(kind)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private boolean open() {
        return entries == 1 && !over;
    }

    @Override
    public void instruction(final long cycle, final int cpu, final long address, final int length, final int level) {
        if (level != USER) {
            if (address == Stage.SYSCALL_ENTRY) {
                entries++;
            }
            return;
        }
        if (address < Stage.CODE || address >= codeEnd) {
            over |= entries == 1;
            return;
        }
        if (!open()) {
            return;
        }
        if (address == snippet.loopStart()) {
            if (arrivals++ == 0) {
                first = instructions;
            }
            last = instructions;
        }
        instructions++;
        if (wanted.contains(EventKind.INSTRUCTION)) {
            observer.orElseThrow().instruction(cycle, cpu, address, length, level);
        }
    }

    /** All code, for a block of the call may have been told before it. */
    @Override
    public void code(final long cycle, final int cpu, final int code, final long address, final byte[] bytes,
            final int width) {
        observer.orElseThrow().code(cycle, cpu, code, address, bytes, width);
    }

    /** All pages, for a page of the call may have been told before it. */
    @Override
    public void translation(final long cycle, final int cpu, final Translation translation) {
        observer.orElseThrow().translation(cycle, cpu, translation);
    }

    @Override
    public void block(final long cycle, final int cpu, final int code, final long address, final int size,
            final int count, final int level) {
        if (open() && level == USER && address >= Stage.CODE && address < codeEnd) {
            observer.orElseThrow().block(cycle, cpu, code, address, size, count, level);
        }
    }

    @Override
    public void memoryRead(final long cycle, final int cpu, final long address, final int size, final int level,
            final long page) {
        if (level == USER && !ours(address, size, true)) {
            note("reads", address, size);
        } else if (level == USER && open() && wanted.contains(EventKind.MEMORY_READ)) {
            observer.orElseThrow().memoryRead(cycle, cpu, address, size, level, page);
        }
    }

    @Override
    public void memoryWrite(final long cycle, final int cpu, final long address, final int size, final int level,
            final long page) {
        if (level != USER || inside(address, size, Stage.FRAME, Stage.FRAME + Stage.FRAME_BYTES)) {
            return;
        }
        if (!ours(address, size, false)) {
            note("writes", address, size);
        } else if (open() && wanted.contains(EventKind.MEMORY_WRITE)) {
            observer.orElseThrow().memoryWrite(cycle, cpu, address, size, level, page);
        }
    }

    private boolean ours(final long address, final int size, final boolean read) {
        return inside(address, size, Stage.DATA, dataEnd) || inside(address, size, Stage.STACK, Stage.STACK_TOP)
                || read && inside(address, size, Stage.CODE, codeEnd);
    }

    private static boolean inside(final long address, final int size, final long from, final long to) {
        return address >= from && address + size <= to;
    }

    private void note(final String does, final long address, final int size) {
        if (outside.isEmpty()) {
            outside = "it " + does + " what is not its own: address=0x" + Long.toHexString(address) + " size=" + size;
        }
    }

    void requireInside() {
        if (!outside.isEmpty()) {
            throw new CalibrationException("snippet " + snippet.name() + ": " + outside);
        }
        if (arrivals < 2) {
            throw new CalibrationException("snippet " + snippet.name() + ": its loop does not loop");
        }
    }

    long instructions() {
        return instructions;
    }

    double perIteration() {
        return (double) (last - first) / (arrivals - 1);
    }
}

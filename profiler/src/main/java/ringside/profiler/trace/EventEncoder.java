package ringside.profiler.trace;

import java.util.Arrays;
import ringside.emulator.event.EventKind;

/** Writes an event stream as bytes, as {@link EventOp} tells. The same events give the same bytes. */
class EventEncoder extends EventHearer {
    private final TraceBytes bytes = new TraceBytes();
    private final BlockBook book = new BlockBook(true);
    private final long[] clocks = new long[TraceLimits.CPUS];
    private int current;
    private long events;

    EventEncoder() {
        super(streamed());
    }

    /** {@return what was written since {@link #clear}} */
    TraceBytes bytes() {
        return bytes;
    }

    /** {@return how many events were heard since {@link #begin}} */
    long events() {
        return events;
    }

    /** Begins a stretch: nothing is expected from what came before. */
    void begin() {
        book.clear();
        Arrays.fill(clocks, 0);
        current = 0;
        events = 0;
        bytes.clear();
    }

    @Override
    void event(final EventKind kind, final long cycle, final int cpu, final int number, final long address,
            final long first, final long second, final long third) {
        events++;
        if (cpu != current) {
            bytes.u8(EventOp.CPU).u8(cpu);
            current = cpu;
        }
        final long expected = clocks[cpu] + (kind == EventKind.BLOCK ? second : 0);
        if (cycle != expected) {
            bytes.u8(EventOp.CLOCK).signed(cycle - expected);
        }
        clocks[cpu] = cycle;
        if (kind == EventKind.BLOCK) {
            block(cpu, address, (int) first, (int) second, number);
        } else {
            other(kind, number, address, first, second, third);
        }
    }

    private void block(final int cpu, final long address, final int size, final int instructions, final int level) {
        final int next = book.expected(cpu);
        if (next != BlockBook.NONE && book.is(next, address, size, instructions, level)) {
            bytes.u8(EventOp.NEXT);
            book.ran(cpu, next);
            return;
        }
        final int known = book.find(address, size, instructions, level);
        if (known != BlockBook.NONE) {
            bytes.u8(EventOp.KNOWN).number(known);
            book.ran(cpu, known);
            return;
        }
        bytes.u8(EventOp.BLOCK).signed(address - book.end(cpu)).number(size).number(instructions).number(level);
        book.ran(cpu, book.add(address, size, instructions, level));
    }

    private void other(final EventKind kind, final int number, final long address, final long first,
            final long second, final long third) {
        bytes.u8(EventOp.of(kind));
        switch (kind) {
            case EXCEPTION -> bytes.number(number).signed(address - book.end(current)).number(first);
            case INTERRUPT -> bytes.number(number).signed(address - book.end(current));
            case SYSCALL -> bytes.signed(address - book.end(current)).number(first);
            case ADDRESS_SPACE, CONSOLE_BYTE -> bytes.number(first);
            case PROBE -> bytes.number(number).number(first).number(second).number(third);
            case DEVICE -> bytes.number(number).number(address).number(first).u8((int) second);
            case RESET -> bytes.text(text());
            default -> { }
        }
    }
}

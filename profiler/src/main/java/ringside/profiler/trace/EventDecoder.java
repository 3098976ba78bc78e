package ringside.profiler.trace;

import java.util.Iterator;
import java.util.NoSuchElementException;
import ringside.emulator.event.EventKind;

/** Reads the event stream of a stretch, from anywhere, as {@link EventOp} tells. */
final class EventDecoder implements Iterator<TraceEvent> {
    private static final int BLOCK_BYTES = 1 << 16;

    private final Iterator<TraceCursor> sections;
    private final int cpus;
    private final BlockBook book = new BlockBook(false);
    private final long[] clocks = new long[TraceLimits.CPUS];
    private TraceCursor in;
    private int current;
    private long before;

    /** Reads sections, each of whole events. */
    EventDecoder(final Iterator<TraceCursor> sections, final int cpus) {
        this.sections = sections;
        this.cpus = cpus;
    }

    /** {@return bytes of the stretch's stream before what comes next} */
    long position() {
        return before + (in == null ? 0 : in.at());
    }

    @Override
    public boolean hasNext() {
        while (in == null || in.isAtEnd()) {
            if (!sections.hasNext()) {
                return false;
            }
            before += in == null ? 0 : in.at();
            in = sections.next();
        }
        return true;
    }

    @Override
    public TraceEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int op = in.u8();
        if (op == EventOp.CPU) {
            current = in.u8(cpus - 1, "a vCPU");
            op = in.u8();
        }
        long beyond = 0;
        if (op == EventOp.CLOCK) {
            beyond = in.signed();
            op = in.u8();
        }
        final TraceEvent event = op <= EventOp.BLOCK ? block(op, beyond) : other(op, clocks[current] + beyond);
        if (event.cycle() < 0) {
            throw in.refused("clocks begin at 0");
        }
        clocks[current] = event.cycle();
        return event;
    }

    private TraceEvent block(final int op, final long beyond) {
        final int block;
        if (op == EventOp.NEXT) {
            block = book.expected(current);
            if (block == BlockBook.NONE) {
                throw in.refused("no block is expected here");
            }
        } else if (op == EventOp.KNOWN) {
            block = in.count(Math.max(0, book.count() - 1), "a block's number");
            if (book.count() == 0) {
                throw in.refused("no block has a number yet");
            }
        } else {
            final long address = book.end(current) + in.signed();
            final int size = in.count(BLOCK_BYTES, "a block's size");
            final int instructions = (int) in.number(1, BLOCK_BYTES, "a block's instructions");
            block = book.add(address, size, instructions, in.count(3, "a level"));
        }
        book.ran(current, block);
        return new TraceEvent(EventKind.BLOCK, clocks[current] + book.instructions(block) + beyond, current,
                book.level(block), book.address(block), book.size(block), book.instructions(block), 0, "");
    }

    private TraceEvent other(final int op, final long cycle) {
        final EventKind kind = EventOp.kind(op);
        if (kind == null) {
            throw in.refused("no event begins with " + op);
        }
        int number = 0;
        long address = 0;
        long first = 0;
        long second = 0;
        long third = 0;
        String text = "";
        switch (kind) {
            case EXCEPTION -> {
                number = in.count(255, "a vector");
                address = book.end(current) + in.signed();
                first = in.number();
            }
            case INTERRUPT -> {
                number = in.count(255, "a vector");
                address = book.end(current) + in.signed();
            }
            case SYSCALL -> {
                address = book.end(current) + in.signed();
                first = in.number();
            }
            case ADDRESS_SPACE -> first = in.number();
            case CONSOLE_BYTE -> first = in.count(255, "a byte");
            case PROBE -> {
                number = in.count(TraceLimits.PROBES, "a probe");
                first = in.number();
                second = in.number();
                third = in.number();
            }
            case DEVICE -> {
                number = in.count(64, "an access");
                address = in.number();
                first = in.number();
                second = in.u8(1, "a truth");
            }
            case RESET -> text = in.text();
            default -> { }
        }
        return new TraceEvent(kind, cycle, current, number, address, first, second, third, text);
    }
}

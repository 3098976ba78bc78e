package ringside.emulator.device.virtio;

import ringside.emulator.bus.DirectMemory;
import ringside.emulator.bus.InterruptLine;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.timing.CycleClock;

/**
 * A virtio disk without its registers' addresses: features, status, one queue, and the time that requests take
 * (Virtual I/O Device 1.1, 2.1 to 2.4 and 3.1).
 *
 * <p>Requests are done one after the other, each at a deadline: memory is read and written at that moment and no
 * other, so nothing is under way that a state would have to hold. A request is done {@link #LATENCY} cycles after the
 * device turned to it, and it turns to the next one a cycle later for each byte it moved; the work that a guest can
 * ask of the host is thus in proportion to its own time.
 */
final class VirtioCore {
    /** Cycles from the moment the device turns to a request until it is done. */
    static final long LATENCY = 10_000;

    private static final int STATUS_FEATURES_OK = 1 << 3;
    private static final int STATUS_DRIVER_OK = 1 << 2;
    private static final int STATUS_NEEDS_RESET = 1 << 6;
    private static final int STATUS_MASK = 0xFF;
    private static final int INTERRUPT_QUEUE = 1;
    private static final int INTERRUPT_CONFIG = 2;

    private static final long FEATURE_SEGMENTS = 1L << 2;
    private static final long FEATURE_READ_ONLY = 1L << 5;
    private static final long FEATURE_BLOCK_SIZE = 1L << 6;
    private static final long FEATURE_FLUSH = 1L << 9;
    private static final long FEATURE_ANY_LAYOUT = 1L << 27;
    private static final long FEATURE_INDIRECT = 1L << 28;
    private static final long FEATURE_EVENT_INDEX = 1L << 29;
    private static final long FEATURE_VERSION_1 = 1L << 32;

    private static final int CONFIG_BYTES = 24;
    private static final int CONFIG_SEGMENTS = 12;
    private static final int CONFIG_BLOCK_SIZE = 20;
    private static final int HEADER_AND_STATUS = 2;

    private final BlockBackend disk;
    private final CycleClock clock;
    private final InterruptLine line;
    private final CycleClock.Deadline done;
    private final Virtqueue queue;
    private final BlockRequests requests;
    private final byte[] config = new byte[CONFIG_BYTES];
    private final long offered;
    private long accepted;
    private int status;
    private int interrupts;
    private long due;
    private long free;

    VirtioCore(final BlockBackend disk, final DirectMemory memory, final CycleClock clock, final InterruptLine line,
            final String identity) {
        this.disk = disk;
        this.clock = clock;
        this.line = line;
        done = clock.deadline(this::serve);
        queue = new Virtqueue(new GuestMemory(memory));
        requests = new BlockRequests(disk, memory, identity);
        offered = FEATURE_SEGMENTS | FEATURE_BLOCK_SIZE | FEATURE_FLUSH | FEATURE_ANY_LAYOUT | FEATURE_INDIRECT
                | FEATURE_EVENT_INDEX | FEATURE_VERSION_1 | (disk.readOnly() ? FEATURE_READ_ONLY : 0);
        field(0, disk.sectors());
        field(CONFIG_SEGMENTS, Virtqueue.MOST_ENTRIES - HEADER_AND_STATUS);
        field(CONFIG_BLOCK_SIZE, BlockBackend.SECTOR);
    }

    private void field(final int offset, final long value) {
        for (int i = 0; i < Long.BYTES && offset + i < CONFIG_BYTES; i++) {
            config[offset + i] = (byte) (value >>> i * Byte.SIZE);
        }
    }

    Virtqueue queue() {
        return queue;
    }

    /** {@return bytes of the disk's own configuration, which the guest only reads; zero behind its end} */
    long config(final int offset, final int size) {
        long value = 0;
        for (int i = 0; i < size && offset + i < CONFIG_BYTES; i++) {
            value |= (long) Byte.toUnsignedInt(config[offset + i]) << i * Byte.SIZE;
        }
        return value;
    }

    long offered() {
        return offered;
    }

    long accepted() {
        return accepted;
    }

    /** Takes what a driver accepts; once it said that this is all, nothing more. */
    void accept(final long features) {
        if ((status & STATUS_FEATURES_OK) == 0) {
            accepted = features;
        }
    }

    int status() {
        return status;
    }

    /** Takes a status written by a driver of version 1; it is refused its features by the bit that stays clear. */
    void status(final int value) {
        if (value == 0) {
            reset();
            return;
        }
        int taken = value & STATUS_MASK & ~STATUS_NEEDS_RESET | status & STATUS_NEEDS_RESET;
        final boolean agreed = (accepted & ~offered) == 0 && (accepted & FEATURE_VERSION_1) != 0;
        if ((value & ~status & STATUS_FEATURES_OK) != 0 && !agreed) {
            taken &= ~STATUS_FEATURES_OK;
        }
        status = taken;
    }

    /** Takes a status written by a legacy driver, which has no features to agree on. */
    void legacyStatus(final int value) {
        if (value == 0) {
            reset();
        } else {
            accepted &= offered & ~FEATURE_VERSION_1;
            status = value & STATUS_MASK & ~STATUS_NEEDS_RESET & ~STATUS_FEATURES_OK | status & STATUS_NEEDS_RESET;
        }
    }

    private void reset() {
        status = 0;
        accepted = 0;
        queue.reset();
        done.set(CycleClock.NEVER);
        interrupts = 0;
        line.set(false);
    }

    /** {@return what asked for an interrupt since this was read last; the line is then off} */
    int takeInterrupts() {
        final int taken = interrupts;
        interrupts = 0;
        line.set(false);
        return taken;
    }

    /** The driver says that there are requests; until it is ready nobody listens, unless it is a legacy one. */
    void kick() {
        final boolean ready = (status & STATUS_DRIVER_OK) != 0 || (accepted & FEATURE_VERSION_1) == 0;
        if (ready && works() && done.at() == CycleClock.NEVER) {
            turnTo(Math.max(clock.now(), free));
        }
    }

    private void turnTo(final long cycle) {
        due = cycle + LATENCY;
        done.set(due);
    }

    private boolean works() {
        return queue.enabled() && (status & STATUS_NEEDS_RESET) == 0;
    }

    // A chain a deadline, at the time it was set for: being told late moves nothing.
    private void serve() {
        try {
            if (queue.waiting() > 0) {
                final int head = queue.take();
                free = due + requests.handle(queue.readable(), queue.writable());
                if (queue.give(head, queue.writable().total(), (accepted & FEATURE_EVENT_INDEX) != 0)) {
                    interrupt(INTERRUPT_QUEUE);
                }
            }
            if ((accepted & FEATURE_EVENT_INDEX) != 0) {
                queue.expect();
            }
            if (queue.waiting() > 0) {
                turnTo(free);
            }
        } catch (final QueueException e) {
            status |= STATUS_NEEDS_RESET;
            if ((status & STATUS_DRIVER_OK) != 0) {
                interrupt(INTERRUPT_CONFIG);
            }
        }
    }

    private void interrupt(final int reason) {
        interrupts |= reason;
        line.set(true);
    }

    void save(final StateWriter out) {
        out.section("virtio-block").i64(accepted).u8(status).u8(interrupts).i64(free).i64(done.at());
        queue.save(out);
    }

    void load(final StateReader in) {
        in.section("virtio-block");
        accepted = in.i64();
        status = in.u8();
        interrupts = in.u8() & (INTERRUPT_QUEUE | INTERRUPT_CONFIG);
        free = in.i64(0, Long.MAX_VALUE >> 1);
        due = in.i64(0, CycleClock.NEVER);
        done.set(due);
        queue.load(in);
    }
}

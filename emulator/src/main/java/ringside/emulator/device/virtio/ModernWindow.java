package ringside.emulator.device.virtio;

import ringside.emulator.bus.BusDevice;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/**
 * The registers of a device of version 1, four structures in 16 KiB of memory (Virtual I/O Device 1.1, 4.1.4).
 *
 * <pre>
 *   0x0000  common configuration      0x2000  the disk's own configuration
 *   0x1000  interrupt status          0x3000  notifications, 4 bytes a queue
 * </pre>
 */
final class ModernWindow implements BusDevice {
    static final int BYTES = 0x4000;
    static final int COMMON = 0x0000;
    static final int INTERRUPT = 0x1000;
    static final int CONFIG = 0x2000;
    static final int NOTIFY = 0x3000;
    static final int PART = 0x1000;

    private static final int OFFERED_HALF = 0x00;
    private static final int OFFERED = 0x04;
    private static final int ACCEPTED_HALF = 0x08;
    private static final int ACCEPTED = 0x0C;
    private static final int CONFIG_VECTOR = 0x10;
    private static final int QUEUES = 0x12;
    private static final int STATUS = 0x14;
    private static final int QUEUE = 0x16;
    private static final int QUEUE_SIZE = 0x18;
    private static final int QUEUE_VECTOR = 0x1A;
    private static final int QUEUE_ENABLE = 0x1C;
    private static final int QUEUE_AREAS = 0x20;
    private static final int QUEUE_AREAS_END = 0x38;

    private static final int NO_VECTOR = 0xFFFF;
    private static final int HALF_WORD = 0xFFFF;
    private static final long WORD = 0xFFFF_FFFFL;

    private final VirtioCore core;
    private int offeredHalf;
    private int acceptedHalf;
    private int selected;

    ModernWindow(final VirtioCore core) {
        this.core = core;
    }

    @Override
    public long read(final int offset, final int size) {
        return switch (offset & -PART) {
            case COMMON -> readCommon(offset, size);
            case INTERRUPT -> offset == INTERRUPT ? core.takeInterrupts() : 0;
            case CONFIG -> core.config(offset - CONFIG, size);
            default -> 0;
        };
    }

    private long readCommon(final int offset, final int size) {
        if (offset >= QUEUE_AREAS && offset < QUEUE_AREAS_END) {
            return selected == 0 ? readArea(offset - QUEUE_AREAS) : 0;
        }
        final boolean queue = selected == 0;
        return switch (offset) {
            case OFFERED_HALF -> offeredHalf;
            case OFFERED -> half(core.offered(), offeredHalf);
            case ACCEPTED_HALF -> acceptedHalf;
            case ACCEPTED -> half(core.accepted(), acceptedHalf);
            case CONFIG_VECTOR, QUEUE_VECTOR -> NO_VECTOR;
            case QUEUES -> 1;
            case STATUS -> core.status();
            case QUEUE -> selected;
            case QUEUE_SIZE -> queue ? core.queue().size() : 0;
            case QUEUE_ENABLE -> queue && core.queue().enabled() ? 1 : 0;
            default -> 0;
        };
    }

    private long readArea(final int offset) {
        return core.queue().address(offset / Long.BYTES) >>> offset % Long.BYTES * Byte.SIZE;
    }

    private static long half(final long features, final int half) {
        return half == 0 ? features & WORD : half == 1 ? features >>> Integer.SIZE : 0;
    }

    @Override
    public void write(final int offset, final int size, final long value) {
        switch (offset & -PART) {
            case COMMON -> writeCommon(offset, size, value);
            case NOTIFY -> {
                if (offset == NOTIFY) {
                    core.kick();
                }
            }
            default -> { }
        }
    }

    private void writeCommon(final int offset, final int size, final long value) {
        if (offset >= QUEUE_AREAS && offset < QUEUE_AREAS_END) {
            if (selected == 0) {
                writeArea(offset - QUEUE_AREAS, size, value);
            }
            return;
        }
        switch (offset) {
            case OFFERED_HALF -> offeredHalf = (int) value;
            case ACCEPTED_HALF -> acceptedHalf = (int) value;
            case ACCEPTED -> accept(value & WORD);
            case STATUS -> core.status((int) value & 0xFF);
            case QUEUE -> selected = (int) value & HALF_WORD;
            case QUEUE_SIZE -> {
                if (selected == 0) {
                    core.queue().size((int) value & HALF_WORD);
                }
            }
            case QUEUE_ENABLE -> {
                if (selected == 0 && (value & HALF_WORD) == 1) {
                    core.queue().enable();
                }
            }
            default -> { }
        }
    }

    private void accept(final long bits) {
        if (acceptedHalf == 0) {
            core.accept(core.accepted() & ~WORD | bits);
        } else if (acceptedHalf == 1) {
            core.accept(core.accepted() & WORD | bits << Integer.SIZE);
        }
    }

    // An address is written as two words, low and high; one of 8 bytes is taken as both.
    private void writeArea(final int offset, final int size, final long value) {
        final int area = offset / Long.BYTES;
        final int shift = offset % Long.BYTES * Byte.SIZE;
        if (size == Long.BYTES && shift == 0) {
            core.queue().address(area, value);
        } else if (size == Integer.BYTES && shift % Integer.SIZE == 0) {
            final long old = core.queue().address(area);
            core.queue().address(area, old & ~(WORD << shift) | (value & WORD) << shift);
        }
    }

    void save(final StateWriter out) {
        out.i32(offeredHalf).i32(acceptedHalf).u16(selected);
    }

    void load(final StateReader in) {
        offeredHalf = in.i32();
        acceptedHalf = in.i32();
        selected = in.u16();
    }
}

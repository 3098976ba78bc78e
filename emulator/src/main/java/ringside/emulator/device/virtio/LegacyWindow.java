package ringside.emulator.device.virtio;

import ringside.emulator.bus.BusDevice;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/** The registers of a device from before version 1, in ports (Virtual I/O Device 1.1, 4.1.4.8). */
final class LegacyWindow implements BusDevice {
    static final int PORTS = 0x80;

    private static final int OFFERED = 0x00;
    private static final int ACCEPTED = 0x04;
    private static final int QUEUE_PAGE = 0x08;
    private static final int QUEUE_SIZE = 0x0C;
    private static final int QUEUE = 0x0E;
    private static final int NOTIFY = 0x10;
    private static final int STATUS = 0x12;
    private static final int INTERRUPT = 0x13;
    private static final int CONFIG = 0x14;

    private static final int STATUS_DRIVER = 1 << 1;
    private static final long WORD = 0xFFFF_FFFFL;
    private static final int HALF_WORD = 0xFFFF;

    private final VirtioCore core;
    private final Runnable driver;
    private int selected;

    /** Makes the window; {@code driver} is told when a legacy driver says that it is there. */
    LegacyWindow(final VirtioCore core, final Runnable driver) {
        this.core = core;
        this.driver = driver;
    }

    @Override
    public long read(final int offset, final int size) {
        if (offset >= CONFIG) {
            return core.config(offset - CONFIG, size);
        }
        return switch (offset) {
            case OFFERED -> core.offered() & WORD;
            case ACCEPTED -> core.accepted() & WORD;
            case QUEUE_PAGE -> selected == 0 ? core.queue().legacyPage() & WORD : 0;
            case QUEUE_SIZE -> selected == 0 ? Virtqueue.MOST_ENTRIES : 0;
            case QUEUE -> selected;
            case STATUS -> core.status();
            case INTERRUPT -> core.takeInterrupts();
            default -> 0;
        };
    }

    @Override
    public void write(final int offset, final int size, final long value) {
        switch (offset) {
            case ACCEPTED -> core.accept(value & WORD & core.offered());
            case QUEUE_PAGE -> {
                if (selected == 0) {
                    core.queue().legacyPage(value & WORD);
                }
            }
            case QUEUE -> selected = (int) value & HALF_WORD;
            case NOTIFY -> {
                if ((value & HALF_WORD) == 0) {
                    core.kick();
                }
            }
            case STATUS -> {
                core.legacyStatus((int) value & 0xFF);
                if ((value & STATUS_DRIVER) != 0) {
                    driver.run();
                }
            }
            default -> { }
        }
    }

    void save(final StateWriter out) {
        out.u16(selected);
    }

    void load(final StateReader in) {
        selected = in.u16();
    }
}

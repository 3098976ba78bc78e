package ringside.emulator.device.ioapic;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import ringside.emulator.bus.BusDevice;
import ringside.emulator.bus.InterruptLine;
import ringside.emulator.bus.MessageBus;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * An I/O APIC: 24 pins, each with an entry that says which message it sends (Intel 82093AA data sheet, 3.2; the
 * end-of-interrupt register is that of version 0x20).
 *
 * <p>An edge on a masked pin is lost. A level is sent when it is asserted and unmasked, and again after the end of the
 * interrupt if it still is.
 *
 * <p><b>Not modelled:</b> polarity, which is kept but not applied: a pin is asserted when its device asks for an
 * interrupt, however a board would wire it.
 */
public final class IoApic implements BusDevice, Stateful {
    /** How many pins there are. */
    public static final int PINS = 24;

    private static final int SELECT = 0x00;
    private static final int WINDOW = 0x10;
    private static final int END = 0x40;

    private static final int REGISTER_ID = 0x00;
    private static final int REGISTER_VERSION = 0x01;
    private static final int REGISTER_ARBITRATION = 0x02;
    private static final int REGISTER_ENTRIES = 0x10;
    private static final int VERSION = PINS - 1 << 16 | 0x20;
    private static final int ID_MASK = 0x0F00_0000;

    private static final long VECTOR = 0xFF;
    private static final int MODE_SHIFT = 8;
    private static final int MODE_MASK = 7;
    private static final long LOGICAL = 1 << 11;
    private static final long REMOTE_REQUEST = 1 << 14;
    private static final long LEVEL = 1 << 15;
    private static final long MASKED = 1 << 16;
    private static final long WRITABLE = 0xFF00_0000_0001_AFFFL;
    private static final int DESTINATION_SHIFT = 56;
    private static final long WORD = 0xFFFF_FFFFL;
    private static final int OCTET = 0xFF;

    private final MessageBus bus;
    private final long[] entries = new long[PINS];
    private final boolean[] asserted = new boolean[PINS];
    private int select;
    private int id;

    /**
     * Makes an I/O APIC after reset: everything masked.
     *
     * @param id  its number, 0 to 15
     * @param bus takes its messages
     */
    public IoApic(final int id, final MessageBus bus) {
        this.id = id << 24 & ID_MASK;
        this.bus = bus;
        Arrays.fill(entries, MASKED);
    }

    /**
     * {@return a pin's wire}
     *
     * @param pin 0 to 23
     */
    public InterruptLine pin(final int pin) {
        if (pin < 0 || pin >= PINS) {
            throw new IllegalArgumentException("an I/O APIC has pins 0 to " + (PINS - 1) + ": pin=" + pin);
        }
        return level -> set(pin, level);
    }

    /**
     * {@return whether an assertion of the pin would be sent}
     *
     * @param pin 0 to 23
     */
    public boolean listens(final int pin) {
        return (entries[pin] & MASKED) == 0;
    }

    /**
     * A pin, to be looked at.
     *
     * @param entry    its redirection entry
     * @param asserted whether its device asks for an interrupt
     */
    public record Pin(long entry, boolean asserted) {
    }

    /** {@return all pins, by number} */
    public List<Pin> pins() {
        return IntStream.range(0, PINS).mapToObj(pin -> new Pin(entries[pin], asserted[pin])).toList();
    }

    private void set(final int pin, final boolean level) {
        final boolean rises = level && !asserted[pin];
        asserted[pin] = level;
        if ((entries[pin] & LEVEL) != 0) {
            sendLevel(pin);
        } else if (rises && listens(pin)) {
            send(pin);
        }
    }

    private void sendLevel(final int pin) {
        if (asserted[pin] && (entries[pin] & (MASKED | REMOTE_REQUEST)) == 0) {
            entries[pin] |= REMOTE_REQUEST;
            send(pin);
        }
    }

    private void send(final int pin) {
        final long entry = entries[pin];
        bus.send((int) (entry >>> DESTINATION_SHIFT), (entry & LOGICAL) != 0,
                (int) (entry >> MODE_SHIFT) & MODE_MASK, (int) (entry & VECTOR), (entry & LEVEL) != 0);
    }

    /**
     * Hears the end of a level-triggered interrupt.
     *
     * @param vector 0 to 255
     */
    public void end(final int vector) {
        for (int pin = 0; pin < PINS; pin++) {
            final long waiting = LEVEL | REMOTE_REQUEST;
            if ((entries[pin] & (waiting | VECTOR)) == (waiting | vector)) {
                entries[pin] &= ~REMOTE_REQUEST;
                sendLevel(pin);
            }
        }
    }

    @Override
    public long read(final int offset, final int size) {
        return switch (offset) {
            case SELECT -> select;
            case WINDOW -> WORD & readRegister();
            default -> 0;
        };
    }

    private long readRegister() {
        return switch (select) {
            case REGISTER_ID, REGISTER_ARBITRATION -> id;
            case REGISTER_VERSION -> VERSION;
            default -> {
                final int pin = select - REGISTER_ENTRIES >> 1;
                yield select < REGISTER_ENTRIES || pin >= PINS ? 0 : entries[pin] >>> (select & 1) * Integer.SIZE;
            }
        };
    }

    @Override
    public void write(final int offset, final int size, final long value) {
        switch (offset) {
            case SELECT -> select = (int) value & OCTET;
            case WINDOW -> {
                if (size == Integer.BYTES) {
                    writeRegister(value & WORD);
                }
            }
            case END -> end((int) value & OCTET);
            default -> { }
        }
    }

    private void writeRegister(final long value) {
        final int pin = select - REGISTER_ENTRIES >> 1;
        if (select == REGISTER_ID) {
            id = (int) value & ID_MASK;
        } else if (select >= REGISTER_ENTRIES && pin < PINS) {
            final int shift = (select & 1) * Integer.SIZE;
            final long half = WORD << shift;
            final long old = entries[pin];
            final long written = (old & ~half | value << shift & half) & WRITABLE;
            // An edge waits for no end: this is how software without the end register clears the bit.
            entries[pin] = (written & LEVEL) != 0 ? written | old & REMOTE_REQUEST : written;
            if ((written & LEVEL) != 0) {
                sendLevel(pin);
            }
        }
    }

    @Override
    public void save(final StateWriter out) {
        out.section("io-apic").i32(select).i32(id);
        for (int pin = 0; pin < PINS; pin++) {
            out.i64(entries[pin]).bool(asserted[pin]);
        }
    }

    @Override
    public void load(final StateReader in) {
        in.section("io-apic");
        select = in.i32(0, OCTET);
        id = in.i32(0, ID_MASK);
        for (int pin = 0; pin < PINS; pin++) {
            entries[pin] = in.i64();
            asserted[pin] = in.bool();
            if ((entries[pin] & ~(WRITABLE | REMOTE_REQUEST)) != 0) {
                throw in.refused("pin " + pin + " has bits that it cannot have: entry=" + entries[pin]);
            }
        }
    }
}

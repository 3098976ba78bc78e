package ringside.emulator.bus.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import ringside.emulator.bus.BusDevice;
import ringside.emulator.bus.DirectMemory;
import ringside.emulator.bus.InterruptLine;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * One function's configuration space: 256 bytes with a header of type 0 (PCI Local Bus Specification 3.0, chapter 6).
 *
 * <p>It stands between its device and the machine: windows are open only while the command register decodes them,
 * memory is read and written only while it allows bus mastering, the interrupt pin is driven only while it is not
 * disabled.
 *
 * <p><b>Not modelled:</b> expansion ROMs, power states, error reporting (the bits are there and stay clear).
 */
public final class PciFunction implements BusDevice, Stateful {
    /** Bytes of configuration space. */
    public static final int BYTES = 256;
    /** Base address registers that a function has room for. */
    public static final int BASE_ADDRESSES = 6;
    /** Offset of the command register. */
    public static final int COMMAND = 0x04;
    /** Offset of the first base address register. */
    public static final int FIRST_BASE_ADDRESS = 0x10;
    /** Offset of the interrupt line register. */
    public static final int LINE = 0x3C;

    private static final int STATUS = 0x06;
    private static final int REVISION = 0x08;
    private static final int CLASS = 0x09;
    private static final int CACHE_LINE = 0x0C;
    private static final int LATENCY = 0x0D;
    private static final int SUBSYSTEM_VENDOR = 0x2C;
    private static final int SUBSYSTEM = 0x2E;
    private static final int CAPABILITIES = 0x34;
    private static final int PIN = 0x3D;
    private static final int FIRST_CAPABILITY = 0x40;

    private static final int COMMAND_PORTS = 1;
    private static final int COMMAND_MEMORY = 1 << 1;
    private static final int COMMAND_MASTER = 1 << 2;
    private static final int COMMAND_NO_INTERRUPT = 1 << 10;
    private static final int COMMAND_WRITABLE = 0x0547;
    private static final int STATUS_INTERRUPT = 1 << 3;
    private static final int STATUS_CAPABILITIES = 1 << 4;
    private static final int OCTET = 0xFF;

    private final byte[] config = new byte[BYTES];
    private final byte[] writable = new byte[BYTES];
    private final BaseAddress[] bases = new BaseAddress[BASE_ADDRESSES];
    private final List<Capability> capabilities = new ArrayList<>();
    private InterruptLine pin = InterruptLine.NOWHERE;
    private Runnable changed = () -> { };
    private boolean interrupt;

    /** Registers of a capability; what its first two bytes say, the id and the next one's place, is not its own. */
    private record Capability(int offset, int length, BusDevice body) {
    }

    /**
     * Makes a function without windows, capabilities or an interrupt.
     *
     * @param identity who it is
     */
    public PciFunction(final PciIdentity identity) {
        put(0, Short.BYTES, identity.vendor());
        put(Short.BYTES, Short.BYTES, identity.device());
        put(REVISION, 1, identity.revision());
        put(CLASS, 3, identity.classCode());
        put(SUBSYSTEM_VENDOR, Short.BYTES, identity.subsystemVendor());
        put(SUBSYSTEM, Short.BYTES, identity.subsystem());
        allow(COMMAND, Short.BYTES, COMMAND_WRITABLE);
        allow(CACHE_LINE, 1, OCTET);
        allow(LATENCY, 1, OCTET);
        allow(LINE, 1, OCTET);
    }

    private void put(final int offset, final int size, final long value) {
        for (int i = 0; i < size; i++) {
            config[offset + i] = (byte) (value >>> i * Byte.SIZE);
        }
    }

    private void allow(final int offset, final int size, final long mask) {
        for (int i = 0; i < size; i++) {
            writable[offset + i] = (byte) (mask >>> i * Byte.SIZE);
        }
    }

    private long take(final int offset, final int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (long) Byte.toUnsignedInt(config[offset + i]) << i * Byte.SIZE;
        }
        return value;
    }

    /**
     * Gives the function a window.
     *
     * @param index 0 to 5; a 64-bit one takes the next register as well
     * @param base  what it asks for
     */
    public void baseAddress(final int index, final BaseAddress base) {
        final int offset = FIRST_BASE_ADDRESS + index * Integer.BYTES;
        final int size = base.kind().registers() * Integer.BYTES;
        if (index + base.kind().registers() > BASE_ADDRESSES || take(offset, size) != 0) {
            throw new IllegalArgumentException("a base address register is free: index=" + index);
        }
        bases[index] = base;
        put(offset, size, base.kind().bits());
        allow(offset, size, -base.size());
    }

    /**
     * {@return what a base address register asks for, or {@code null}}
     *
     * @param index 0 to 5
     */
    public BaseAddress baseAddress(final int index) {
        return bases[index];
    }

    /**
     * Sets a register that is the function's own and that the guest only reads.
     *
     * @param offset 0x40 to 0xFF
     * @param octet  its value
     */
    public void fix(final int offset, final int octet) {
        put(offset, 1, octet);
    }

    /**
     * Adds a capability behind those it has.
     *
     * @param id     8 bits
     * @param length bytes, the two of the list included
     * @param body   its registers, by their offset in the capability; asked at 2 and above
     */
    public void capability(final int id, final int length, final BusDevice body) {
        int offset = FIRST_CAPABILITY;
        int link = CAPABILITIES;
        if (!capabilities.isEmpty()) {
            final Capability last = capabilities.getLast();
            offset = last.offset + last.length + Integer.BYTES - 1 & -Integer.BYTES;
            link = last.offset + 1;
        }
        if (offset + length > BYTES) {
            throw new IllegalArgumentException("configuration space is full: offset=" + offset + " length=" + length);
        }
        put(offset, 1, id);
        put(link, 1, offset);
        put(STATUS, Short.BYTES, STATUS_CAPABILITIES);
        capabilities.add(new Capability(offset, length, body));
    }

    /**
     * Connects the interrupt pin.
     *
     * @param number 1 to 4 for INTA# to INTD#
     * @param line   where it goes
     */
    public void connect(final int number, final InterruptLine line) {
        put(PIN, 1, number);
        pin = Objects.requireNonNull(line, "line");
    }

    /**
     * Says who is told when the windows may be others.
     *
     * @param listener asks {@link #windows()} then
     */
    public void onChange(final Runnable listener) {
        changed = Objects.requireNonNull(listener, "listener");
    }

    /** {@return the wire by which the device asks for its interrupt} */
    public InterruptLine interrupt() {
        return level -> {
            interrupt = level;
            drive();
        };
    }

    private void drive() {
        pin.set(interrupt && (take(COMMAND, Short.BYTES) & COMMAND_NO_INTERRUPT) == 0);
    }

    /**
     * {@return memory as the device may use it: nothing of it while bus mastering is off}
     *
     * @param memory the machine's
     */
    public DirectMemory master(final DirectMemory memory) {
        return new DirectMemory() {
            @Override
            public boolean read(final long physical, final byte[] into, final int offset, final int length) {
                return masters() && memory.read(physical, into, offset, length);
            }

            @Override
            public boolean write(final long physical, final byte[] from, final int offset, final int length) {
                return masters() && memory.write(physical, from, offset, length);
            }
        };
    }

    /** Allows bus mastering, as hosts do for drivers of old that forget to. */
    public void allowMaster() {
        config[COMMAND] |= COMMAND_MASTER;
    }

    private boolean masters() {
        return (take(COMMAND, Short.BYTES) & COMMAND_MASTER) != 0;
    }

    /** {@return the windows that are to be open now, in the order of their registers} */
    public List<PciWindow> windows() {
        final List<PciWindow> open = new ArrayList<>();
        final long command = take(COMMAND, Short.BYTES);
        for (int index = 0; index < BASE_ADDRESSES; index++) {
            final BaseAddress base = bases[index];
            if (base != null) {
                final long decode = base.kind() == BaseAddress.Kind.PORTS ? COMMAND_PORTS : COMMAND_MEMORY;
                final PciWindow window = base.at(take(
                        FIRST_BASE_ADDRESS + index * Integer.BYTES, base.kind().registers() * Integer.BYTES));
                if (window != null && (command & decode) != 0) {
                    open.add(window);
                }
            }
        }
        return open;
    }

    @Override
    public long read(final int offset, final int size) {
        for (final Capability capability : capabilities) {
            final int within = offset - capability.offset;
            if (within >= Integer.BYTES && within + size <= capability.length) {
                return capability.body.read(within, size);
            }
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (long) readByte(offset + i) << i * Byte.SIZE;
        }
        return value;
    }

    private int readByte(final int offset) {
        for (final Capability capability : capabilities) {
            final int within = offset - capability.offset;
            if (within >= Short.BYTES && within < capability.length) {
                return (int) capability.body.read(within, 1) & OCTET;
            }
        }
        return Byte.toUnsignedInt(config[offset]) | (offset == STATUS && interrupt ? STATUS_INTERRUPT : 0);
    }

    @Override
    public void write(final int offset, final int size, final long value) {
        for (final Capability capability : capabilities) {
            final int within = offset - capability.offset;
            if (within >= Integer.BYTES && within + size <= capability.length) {
                capability.body.write(within, size, value);
                return;
            }
        }
        for (int i = 0; i < size; i++) {
            writeByte(offset + i, (int) (value >>> i * Byte.SIZE) & OCTET);
        }
        drive();
        changed.run();
    }

    private void writeByte(final int offset, final int octet) {
        for (final Capability capability : capabilities) {
            final int within = offset - capability.offset;
            if (within >= Short.BYTES && within < capability.length) {
                capability.body.write(within, 1, octet);
            }
        }
        config[offset] = (byte) (config[offset] & ~writable[offset] | octet & writable[offset]);
    }

    @Override
    public void save(final StateWriter out) {
        out.section("pci-function").bytes(config).bool(interrupt);
    }

    @Override
    public void load(final StateReader in) {
        final byte[] saved = in.section("pci-function").bytes(BYTES);
        if (saved.length != BYTES) {
            throw in.refused("configuration space has " + BYTES + " bytes: bytes=" + saved.length);
        }
        for (int i = 0; i < BYTES; i++) {
            config[i] = (byte) (config[i] & ~writable[i] | saved[i] & writable[i]);
        }
        interrupt = in.bool();
        changed.run();
    }
}

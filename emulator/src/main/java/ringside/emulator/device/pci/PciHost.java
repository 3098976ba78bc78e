package ringside.emulator.device.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import ringside.emulator.bus.BusDevice;
import ringside.emulator.bus.InterruptLine;
import ringside.emulator.bus.pci.BaseAddress;
import ringside.emulator.bus.pci.PciFunction;
import ringside.emulator.bus.pci.PciIdentity;
import ringside.emulator.bus.pci.PciWindow;
import ringside.emulator.bus.pci.PciWindows;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * Bus 0 behind configuration mechanism 1 (PCI Local Bus Specification 3.0, 3.2.2.3.2), with the bridges of a PC with
 * an i440FX: 00:00.0 to the CPU, 00:01.0 to the ISA bus.
 *
 * <pre>
 *   0  address: 31 enable │ 23..16 bus │ 15..11 device │ 10..8 function │ 7..2 register     4 bytes wide only
 *   4  data of that register, 4 bytes, at any width
 * </pre>
 *
 * <p>Interrupt pins are wired as on that PC: device d's INTA# goes to PIRQ (d − 1) mod 4, the next pin to the next,
 * and PIRQ A and B are one ISA line, C and D another. Firmware would choose the lines; here they are fixed, and the
 * bridge's routing registers only say so.
 *
 * <p><b>Not modelled:</b> other buses, functions but the first of a device, the bridges' own switches.
 */
public final class PciHost implements BusDevice, Stateful {
    private static final int DEVICES = 32;
    private static final int REGISTER = 0xFC;
    private static final int ADDRESS_BYTES = 4;
    private static final int DATA = 4;
    private static final int DEVICE_SHIFT = 11;
    private static final int OTHER_BUS_OR_FUNCTION = 0x00FF_0700;
    private static final int ENABLE = 1 << 31;
    private static final int WRITABLE = 0x80FF_FFFC;
    private static final long NOBODY = -1;

    private static final int PINS = 4;
    private static final int ROUTES = 0x60;
    private static final int COMMAND_OF_FIRMWARE = 0x0103;

    private static final PciIdentity HOST_BRIDGE = new PciIdentity(0x8086, 0x1237, 0x06_0000, 2, 0x1AF4, 0x1100);
    private static final PciIdentity ISA_BRIDGE = new PciIdentity(0x8086, 0x7000, 0x06_0100, 0, 0x1AF4, 0x1100);

    private final PciWindows windows;
    private final BusDevice beside;
    private final int first;
    private final IntFunction<InterruptLine> lines;
    private final PciFunction[] functions = new PciFunction[DEVICES];
    private List<PciWindow> wanted = List.of();
    private final List<PciWindow> open = new ArrayList<>();
    private int address;

    /**
     * Makes the bus with its two bridges.
     *
     * @param windows where functions answer
     * @param beside  another chip's register at the second of the address register's ports: gets what is a byte wide
     * @param first   the ISA line of PIRQ A and B; C and D have the next
     * @param lines   gives a new wire to an ISA line, of which there may be several
     */
    public PciHost(final PciWindows windows, final BusDevice beside, final int first,
            final IntFunction<InterruptLine> lines) {
        this.windows = Objects.requireNonNull(windows, "windows");
        this.beside = Objects.requireNonNull(beside, "beside");
        this.first = first;
        this.lines = Objects.requireNonNull(lines, "lines");
        add(0, new PciFunction(HOST_BRIDGE));
        final PciFunction bridge = new PciFunction(ISA_BRIDGE);
        for (int pirq = 0; pirq < PINS; pirq++) {
            bridge.fix(ROUTES + pirq, first + pirq / 2);
        }
        add(1, bridge);
    }

    /**
     * {@return the ISA line that a device's first interrupt pin is wired to}
     *
     * @param device its number
     */
    public int line(final int device) {
        return first + (device - 1 & PINS - 1) / 2;
    }

    private void add(final int device, final PciFunction function) {
        if (functions[device] != null) {
            throw new IllegalArgumentException("two functions want one place: device=" + device);
        }
        functions[device] = function;
        function.onChange(this::reopen);
    }

    /**
     * Puts a function with an interrupt on the bus and sets it up as firmware does: windows at free addresses, decoded
     * and open, the interrupt line's number in its register.
     *
     * @param device   2 to 31
     * @param function its windows and capabilities are there already
     * @param ports    first free port; windows begin at multiples of their size from there
     * @param memory   first free address
     */
    public void add(final int device, final PciFunction function, final long ports, final long memory) {
        add(device, function);
        function.connect(1, lines.apply(line(device)));
        long freePorts = ports;
        long freeMemory = memory;
        for (int index = 0; index < PciFunction.BASE_ADDRESSES; index++) {
            final BaseAddress base = function.baseAddress(index);
            if (base != null) {
                final boolean port = base.kind() == BaseAddress.Kind.PORTS;
                final long at = Math.ceilDiv(port ? freePorts : freeMemory, base.size()) * base.size();
                function.write(PciFunction.FIRST_BASE_ADDRESS + index * Integer.BYTES, Integer.BYTES, at);
                freePorts = port ? at + base.size() : freePorts;
                freeMemory = port ? freeMemory : at + base.size();
            }
        }
        function.write(PciFunction.LINE, 1, line(device));
        function.write(PciFunction.COMMAND, Short.BYTES, COMMAND_OF_FIRMWARE);
    }

    @Override
    public long read(final int offset, final int size) {
        if (offset < DATA) {
            return offset == 0 && size == ADDRESS_BYTES ? address : isBeside(offset, size) ? beside.read(0, 1) : NOBODY;
        }
        final PciFunction function = selected();
        return function == null ? NOBODY : function.read((address & REGISTER) + offset - DATA, size);
    }

    @Override
    public void write(final int offset, final int size, final long value) {
        if (offset >= DATA) {
            final PciFunction function = selected();
            if (function != null) {
                function.write((address & REGISTER) + offset - DATA, size, value);
            }
        } else if (offset == 0 && size == ADDRESS_BYTES) {
            address = (int) value & WRITABLE;
        } else if (isBeside(offset, size)) {
            beside.write(0, 1, value);
        }
    }

    private static boolean isBeside(final int offset, final int size) {
        return offset == 1 && size == 1;
    }

    private PciFunction selected() {
        if ((address & ENABLE) == 0 || (address & OTHER_BUS_OR_FUNCTION) != 0) {
            return null;
        }
        return functions[address >> DEVICE_SHIFT & DEVICES - 1];
    }

    /** Opens what the functions want, first come first served by device and register, whatever was open before. */
    private void reopen() {
        final List<PciWindow> now = new ArrayList<>();
        for (final PciFunction function : functions) {
            if (function != null) {
                now.addAll(function.windows());
            }
        }
        if (now.equals(wanted)) {
            return;
        }
        wanted = now;
        open.forEach(windows::close);
        open.clear();
        for (final PciWindow window : now) {
            if (windows.open(window)) {
                open.add(window);
            }
        }
    }

    @Override
    public void save(final StateWriter out) {
        out.section("pci").i32(address);
        for (final PciFunction function : functions) {
            if (function != null) {
                function.save(out);
            }
        }
    }

    @Override
    public void load(final StateReader in) {
        address = in.section("pci").i32() & WRITABLE;
        for (final PciFunction function : functions) {
            if (function != null) {
                function.load(in);
            }
        }
    }
}

package ringside.emulator.machine;

import java.util.BitSet;
import ringside.emulator.bus.InterruptLine;
import ringside.emulator.device.ioapic.IoApic;
import ringside.emulator.device.pic.DualPic;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.toolchain.platform.PcLayout;

/**
 * The board's interrupt wires. Those to one line are joined: it is asserted while one of them is. An ISA line leads to
 * the 8259s and to the I/O APIC, and who is programmed to listens.
 */
final class Wires implements Stateful {
    private static final int CASCADE = 2;

    private final DualPic pic;
    private final IoApic ioApic;
    private final BitSet asserted = new BitSet();
    private final int[] onLine = new int[IoApic.PINS];
    private int count;

    Wires(final DualPic pic, final IoApic ioApic) {
        this.pic = pic;
        this.ioApic = ioApic;
    }

    private static boolean isPics(final int line) {
        return line < DualPic.LINES && line != CASCADE;
    }

    private static int pin(final int line) {
        return line == PcLayout.PIT_IRQ ? PcLayout.PIT_IOAPIC_PIN : line;
    }

    /**
     * {@return a new wire to a line}
     *
     * @param line 0 to 15 are the ISA lines; 16 to 23 lead to those pins of the I/O APIC alone
     */
    InterruptLine line(final int line) {
        final InterruptLine toPin = ioApic.pin(pin(line));
        final InterruptLine toPic = isPics(line) ? pic.line(line) : InterruptLine.NOWHERE;
        final int wire = count++;
        return level -> {
            if (asserted.get(wire) != level) {
                asserted.set(wire, level);
                onLine[line] += level ? 1 : -1;
                if (onLine[line] == (level ? 1 : 0)) {
                    toPic.set(level);
                    toPin.set(level);
                }
            }
        };
    }

    /**
     * {@return whether somebody would tell a CPU of the line}
     *
     * @param line        0 to 23
     * @param picIsHeard  whether a CPU hears the 8259s
     */
    boolean isHeard(final int line, final boolean picIsHeard) {
        return ioApic.listens(pin(line)) || picIsHeard && isPics(line) && pic.listens(line);
    }

    @Override
    public void save(final StateWriter out) {
        out.section("wires");
        for (int wire = 0; wire < count; wire++) {
            out.bool(asserted.get(wire));
        }
        for (final int wires : onLine) {
            out.i32(wires);
        }
    }

    @Override
    public void load(final StateReader in) {
        in.section("wires");
        for (int wire = 0; wire < count; wire++) {
            asserted.set(wire, in.bool());
        }
        int sum = 0;
        for (int line = 0; line < onLine.length; line++) {
            onLine[line] = in.i32(0, count);
            sum += onLine[line];
        }
        if (sum != asserted.cardinality()) {
            throw in.refused("as many wires are asserted as their lines say: lines=" + sum);
        }
    }
}

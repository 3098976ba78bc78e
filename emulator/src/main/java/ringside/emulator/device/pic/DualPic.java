package ringside.emulator.device.pic;

import java.util.List;
import ringside.emulator.bus.BusDevice;
import ringside.emulator.bus.InterruptLine;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * The PC's two 8259s: the second one's output is input 2 of the first, whose output is the CPU's interrupt pin.
 *
 * <pre>
 *   ISA 8-15 ──► second ──► 2 ┐
 *   ISA 0,1,3-7 ──────────────┴► first ──► output
 * </pre>
 */
public final class DualPic implements Stateful {
    /** How many inputs there are, the one in the middle included that the second controller takes. */
    public static final int LINES = 16;

    private static final int CASCADE = 2;
    private static final int EACH = 8;
    private static final int FIRST_VECTORS = 0x08;
    private static final int SECOND_VECTORS = 0x70;
    private static final int FIRST_LEVELS = 0xF8;
    private static final int SECOND_LEVELS = 0xDE;

    private final InterruptLine output;
    private final Pic8259 first;
    private final Pic8259 second;

    /**
     * Makes a pair as a PC's firmware leaves it: vectors 0x08 and 0x70, all but the cascade masked.
     *
     * @param output asserted while an interrupt waits
     */
    public DualPic(final InterruptLine output) {
        this.output = output;
        first = new Pic8259(FIRST_VECTORS, CASCADE, FIRST_LEVELS, this::firstChanged);
        second = new Pic8259(SECOND_VECTORS, Pic8259.NONE, SECOND_LEVELS, this::secondChanged);
        first.write(1, Byte.BYTES, ~(1 << CASCADE));
    }

    private void firstChanged() {
        output.set(first.asks());
    }

    private void secondChanged() {
        first.set(CASCADE, second.asks());
    }

    /** {@return what both hold, the first one first} */
    public List<PicState> states() {
        return List.of(first.state(), second.state());
    }

    /** {@return the first controller's two ports} */
    public BusDevice firstPorts() {
        return first;
    }

    /** {@return the second controller's two ports} */
    public BusDevice secondPorts() {
        return second;
    }

    /** {@return the two edge/level control registers, one byte for each controller} */
    public BusDevice levelPorts() {
        return new LevelPorts();
    }

    /**
     * {@return an input's wire}
     *
     * @param line 0 to 15, but not 2
     */
    public InterruptLine line(final int line) {
        if (line < 0 || line >= LINES || line == CASCADE) {
            throw new IllegalArgumentException("the controllers have lines 0 to 15 but 2: line=" + line);
        }
        return line < EACH ? level -> first.set(line, level) : level -> second.set(line - EACH, level);
    }

    /**
     * {@return whether an assertion of the line would reach the output}
     *
     * @param line 0 to 15
     */
    public boolean listens(final int line) {
        return line < EACH ? first.listens(line) : first.listens(CASCADE) && second.listens(line - EACH);
    }

    /** {@return the vector that the CPU's acknowledgement gets; the spurious one where nobody asks any more} */
    public int acknowledge() {
        final int input = first.acknowledge();
        if (input != CASCADE) {
            return first.vector(input);
        }
        final int vector = second.vector(second.acknowledge());
        // The second one's output falls between two acknowledgements: what it asks for next is another edge.
        first.set(CASCADE, false);
        first.set(CASCADE, second.asks());
        return vector;
    }

    @Override
    public void save(final StateWriter out) {
        out.section("pic");
        first.save(out);
        second.save(out);
    }

    @Override
    public void load(final StateReader in) {
        in.section("pic");
        first.load(in);
        second.load(in);
    }

    private final class LevelPorts implements BusDevice {
        @Override
        public long read(final int offset, final int size) {
            final int both = second.levels() << Byte.SIZE | first.levels();
            return both >> offset * Byte.SIZE;
        }

        @Override
        public void write(final int offset, final int size, final long value) {
            if (offset == 0) {
                first.levels((int) value);
            }
            if (offset + size > 1) {
                second.levels((int) (offset == 0 ? value >> Byte.SIZE : value));
            }
        }
    }
}

package ringside.emulator.bus;

import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/** A wire that several devices share: its level is on while one of them asks. */
public final class WiredOr implements Stateful {
    private static final int MOST = Long.SIZE;

    private final InterruptLine end;
    private int inputs;
    private long asking;

    /**
     * Makes a wire that nobody drives.
     *
     * @param end where it goes
     */
    public WiredOr(final InterruptLine end) {
        this.end = end;
    }

    /** {@return the wire for one more device; there are at most 64} */
    public InterruptLine input() {
        if (inputs == MOST) {
            throw new IllegalStateException("a wire has " + MOST + " inputs");
        }
        final long bit = 1L << inputs++;
        return level -> {
            asking = level ? asking | bit : asking & ~bit;
            end.set(asking != 0);
        };
    }

    @Override
    public void save(final StateWriter out) {
        out.section("wire").i64(asking);
    }

    @Override
    public void load(final StateReader in) {
        asking = in.section("wire").i64();
        if (inputs < MOST && asking >>> inputs != 0) {
            throw in.refused("a wire has " + inputs + " inputs: asking=0x" + Long.toHexString(asking));
        }
    }
}

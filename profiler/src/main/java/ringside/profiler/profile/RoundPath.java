package ringside.profiler.profile;

import java.util.Arrays;
import java.util.Optional;
import ringside.profiler.model.Cause;

/** The instructions of one execution of a window in the order they retired, with their cycles; compact. */
public final class RoundPath {
    /** Of a round whose instructions nobody asked for. */
    public static final RoundPath UNKNOWN = new RoundPath(new long[0], new int[0], new byte[0], new byte[0], 0, 0);

    private static final Cause[] CAUSES = Cause.values();
    private static final byte NO_CAUSE = -1;
    private static final int FIRST = 64;

    private final long[] addresses;
    private final int[] cycles;
    private final byte[] causes;
    private final byte[] widths;
    private final int length;
    /** How many have their width: that of a block's code is told when the block has ended. */
    private int settled;

    private RoundPath(final long[] addresses, final int[] cycles, final byte[] causes, final byte[] widths,
            final int length, final int settled) {
        this.addresses = addresses;
        this.cycles = cycles;
        this.causes = causes;
        this.widths = widths;
        this.length = length;
        this.settled = settled;
    }

    /** {@return how many instructions there are} */
    public int length() {
        return length;
    }

    /** {@return the address of an instruction, virtual} */
    public long address(final int index) {
        return addresses[index];
    }

    /** {@return its cycles} */
    public long cycles(final int index) {
        return cycles[index];
    }

    /** {@return what its cycles are due to; empty where no model says} */
    public Optional<Cause> cause(final int index) {
        return causes[index] == NO_CAUSE ? Optional.empty() : Optional.of(CAUSES[causes[index]]);
    }

    /** {@return bits of the code segment that an instruction ran in: 16, 32 or 64; 64 where nobody said it} */
    public int width(final int index) {
        return index < settled ? widths[index] : Long.SIZE;
    }

    /** The instructions that have no width yet ran in code of this one. */
    void settle(final int bits) {
        Arrays.fill(widths, settled, length, (byte) bits);
        settled = length;
    }

    /** Collects instructions; used again and again. */
    static final class Builder {
        private long[] addresses = new long[FIRST];
        private int[] cycles = new int[FIRST];
        private byte[] causes = new byte[FIRST];
        private byte[] widths = new byte[FIRST];
        private int length;
        private int settled;

        void clear() {
            length = 0;
            settled = 0;
        }

        /** The instructions since the last call ran in code of this width. */
        void settle(final int bits) {
            Arrays.fill(widths, settled, length, (byte) bits);
            settled = length;
        }

        /** A path that is longer than what is kept of all is not kept at all. */
        void add(final long address, final long cost, final Cause cause) {
            if (length > CpuWindows.MOST_STEPS) {
                return;
            }
            if (length == addresses.length) {
                addresses = Arrays.copyOf(addresses, 2 * length);
                cycles = Arrays.copyOf(cycles, 2 * length);
                causes = Arrays.copyOf(causes, 2 * length);
                widths = Arrays.copyOf(widths, 2 * length);
            }
            addresses[length] = address;
            cycles[length] = (int) Math.min(cost, Integer.MAX_VALUE);
            causes[length] = cause == null ? NO_CAUSE : (byte) cause.ordinal();
            length++;
        }

        RoundPath path() {
            if (length > CpuWindows.MOST_STEPS) {
                return UNKNOWN;
            }
            return new RoundPath(Arrays.copyOf(addresses, length), Arrays.copyOf(cycles, length),
                    Arrays.copyOf(causes, length), Arrays.copyOf(widths, length), length, settled);
        }
    }
}

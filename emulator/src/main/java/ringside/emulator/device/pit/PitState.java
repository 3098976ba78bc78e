package ringside.emulator.device.pit;

import java.util.List;

/**
 * An 8254 as it is, to be looked at.
 *
 * @param counters    the three, by number
 * @param speakerData whether port 0x61 lets counter 2's output through to the speaker
 * @param nextRise    the cycle at which counter 0 interrupts next; {@link ringside.emulator.timing.CycleClock#NEVER} if
 *                    never
 */
public record PitState(List<One> counters, boolean speakerData, long nextRise) {
    /** Copies the list. */
    public PitState {
        counters = List.copyOf(counters);
    }

    /**
     * A counter.
     *
     * @param mode    0 to 5
     * @param access  which bytes of a count are written and read: 1 the low one, 2 the high one, 3 both; 0 before the
     *                first control word
     * @param decimal whether it counts in decimal digits
     * @param loaded  whether a count is in it
     * @param count   what is left of that count, as it could be read now, in ticks
     * @param reload  the count that was written last, in ticks, with which it begins again; 0 for none
     * @param gate    whether its gate is high
     * @param output  whether its output is
     */
    public record One(int mode, int access, boolean decimal, boolean loaded, int count, int reload, boolean gate,
                      boolean output) {
    }
}

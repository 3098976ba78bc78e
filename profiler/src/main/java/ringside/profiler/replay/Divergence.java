package ringside.profiler.replay;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ringside.profiler.trace.TraceEvent;

/**
 * Where a run is not what was recorded.
 *
 * @param what       tells first that it is another
 * @param equal      steps up to which all was as recorded, as far as the trace tells
 * @param seen       steps at which the difference showed
 * @param exact      whether {@code equal} is the very step before the difference
 * @param cpu        the vCPU on which it showed, or whose turn it was
 * @param rip        where that one was at {@code equal} if that is exact, otherwise where it showed
 * @param recorded   the event that was recorded there, where the trace has a stream
 * @param here       the event that came instead
 * @param registers  of that vCPU at {@code equal} if that is exact, in a trace's order; otherwise none
 * @param details    what else is different at the checkpoint behind: name, as recorded, here
 * @param checkpoint steps at which that was recorded
 */
public record Divergence(
        What what, long equal, long seen, boolean exact, int cpu, long rip, Optional<TraceEvent> recorded,
        Optional<TraceEvent> here, List<Register> registers, List<Detail> details, long checkpoint) {
    /** Copies the lists. */
    public Divergence {
        Objects.requireNonNull(what, "what");
        registers = List.copyOf(registers);
        details = List.copyOf(details);
    }

    /** What was different. */
    public enum What {
        /** An event came that was not recorded, or did not come. */
        EVENT,
        /** Registers or clocks of a vCPU. */
        REGISTERS,
        /** RAM or a device; registers are equal. */
        STATE,
        /** Where blocks end, so that the machine stops at other steps. */
        STEPS,
        /** The run ended elsewhere, or otherwise. */
        END
    }

    /**
     * A register.
     *
     * @param name  of it
     * @param value of it
     */
    public record Register(String name, long value) {
    }

    /**
     * One thing that is different.
     *
     * @param name     of it
     * @param recorded as it was
     * @param here     as it is
     */
    public record Detail(String name, String recorded, String here) {
    }
}

package ringside.console.gate;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.console.report.ImageCode;
import ringside.profiler.gate.GateStep;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.CauseCycles;
import ringside.toolchain.image.SourceLine;

/** From addresses of an image to what a baseline keeps of them. */
final class GateSteps {
    private GateSteps() {
    }

    /** {@return an executed instruction, in words that do not change when the code moves} */
    static GateStep step(final ImageCode code, final long address, final long cycles, final Optional<Cause> cause) {
        final Optional<SourceLine> source = code.source(address);
        return new GateStep(code.routine(address), code.stable(address), source.map(SourceLine::file).orElse(""),
            source.map(SourceLine::line).orElse(0), cycles, cause.map(Cause::title).orElse(""));
    }

    /** {@return cycles by {@code MODEL.CAUSE}} */
    static SortedMap<String, Long> causes(final String model, final CauseCycles cycles) {
        final SortedMap<String, Long> named = new TreeMap<>();
        cycles.cycles().forEach((cause, some) -> named.put(model + "." + cause.title(), some));
        return named;
    }
}

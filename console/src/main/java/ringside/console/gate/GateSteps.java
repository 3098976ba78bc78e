package ringside.console.gate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import ringside.console.report.ImageCode;
import ringside.profiler.gate.CodePlace;
import ringside.profiler.gate.GateStep;
import ringside.profiler.gate.MeasuredPath;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.CauseCycles;
import ringside.profiler.profile.RoundPath;
import ringside.toolchain.image.SourceLine;

/** From addresses of an image to what a baseline keeps of them. */
final class GateSteps {
    private GateSteps() {
    }

    /** {@return the instructions of a round; one more than a path may have where there are more} */
    static List<GateStep> steps(final RoundPath path, final ImageCode code) {
        return IntStream.range(0, Math.min(path.length(), MeasuredPath.MOST_STEPS + 1)).mapToObj(i ->
            step(code, path.address(i), path.width(i), path.cycles(i), path.cause(i))).toList();
    }

    /** {@return an instruction of ours, whose code is of 64 bits} */
    static GateStep step(final ImageCode code, final long address, final long cycles, final Optional<Cause> cause) {
        return step(code, address, Long.SIZE, cycles, cause);
    }

    /** An executed instruction, in words that do not change when the code moves. */
    private static GateStep step(final ImageCode code, final long address, final int width, final long cycles,
            final Optional<Cause> cause) {
        final Optional<SourceLine> source = code.source(address);
        return new GateStep(code.routine(address), code.stable(address, width), source.map(SourceLine::file).orElse(""),
            source.map(SourceLine::line).orElse(0), cycles, cause.map(Cause::title).orElse(""));
    }

    /**
     * {@return where the routines are that executed instructions belong to}
     *
     * @param code      of the image
     * @param addresses of the instructions in the order in which they retired
     */
    static List<CodePlace> places(final ImageCode code, final LongStream addresses) {
        final Map<String, CodePlace> places = new LinkedHashMap<>();
        addresses.forEach(address -> {
            final String routine = code.routine(address);
            places.computeIfAbsent(routine, _ -> new CodePlace(routine, address));
        });
        return List.copyOf(places.values());
    }

    /** {@return where the routines of a round are; those of instructions that nothing is known of are not} */
    static List<CodePlace> places(final RoundPath path, final ImageCode code) {
        return places(code, IntStream.range(0, Math.min(path.length(), MeasuredPath.MOST_STEPS))
            .mapToLong(path::address));
    }

    /** {@return cycles by {@code ROUND.CAUSE}, of which the settled round has the name of the model alone} */
    static SortedMap<String, Long> causes(final String round, final CauseCycles cycles) {
        final SortedMap<String, Long> named = new TreeMap<>();
        cycles.cycles().forEach((cause, some) -> named.put(round + "." + cause.title(), some));
        return named;
    }
}

package ringside.console.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import ringside.emulator.input.InputEntry;
import ringside.emulator.input.InputLog;
import ringside.profiler.trace.Stretch;
import ringside.profiler.trace.Trace;
import ringside.profiler.trace.TraceHead;
import ringside.profiler.trace.TraceWriter;

/** Traces that say something else than those they were made of. */
final class TraceCopies {
    private TraceCopies() {
    }

    /** Writes a trace with another head and other input. */
    static Path write(final Trace trace, final Path file, final UnaryOperator<TraceHead> head,
            final UnaryOperator<InputLog> input) {
        final TraceHead changed = head.apply(trace.head());
        try (TraceWriter writer = TraceWriter.begin(file, changed, trace.symbols())) {
            final List<InputEntry> entries = input.apply(trace.input()).entries();
            for (int i = 0; i < trace.stretches().size(); i++) {
                final Stretch stretch = trace.stretches().get(i);
                writer.input(i == 0 ? entries : List.of());
                if (changed.events()) {
                    try (Trace.Events events = trace.events(i)) {
                        events.forEachRemaining(event -> event.tell(writer.stream()));
                    }
                }
                writer.checkpoint(stretch.ticks(), stretch.rows(), stretch.end());
            }
            writer.finish(trace.end().orElseThrow());
        }
        return file;
    }

    static TraceHead withImage(final TraceHead head, final String sha256) {
        return new TraceHead(head.build(), head.behaviour(), head.image(), sha256, head.make(), head.model(),
            head.seed(), head.cpus(), head.interval(), head.events(), head.arguments(), head.registers());
    }

    static TraceHead withBehaviour(final TraceHead head, final String build, final int behaviour) {
        return new TraceHead(build, behaviour, head.image(), head.sha256(), head.make(), head.model(), head.seed(),
            head.cpus(), head.interval(), head.events(), head.arguments(), head.registers());
    }

    static TraceHead withArguments(final TraceHead head, final List<String> arguments) {
        return new TraceHead(head.build(), head.behaviour(), head.image(), head.sha256(), head.make(), head.model(),
            head.seed(), head.cpus(), head.interval(), head.events(), arguments, head.registers());
    }
}

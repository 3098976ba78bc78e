package ringside.console.report;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Machine;
import ringside.profiler.replay.Divergence;
import ringside.profiler.trace.EventText;
import ringside.profiler.trace.Trace;
import ringside.profiler.trace.TraceEvent;
import ringside.toolchain.image.SymbolTable;

/** What came of running a recording again, for a person. */
public final class ReplayText {
    private static final int IN_ROW = 3;

    private ReplayText() {
    }

    /**
     * {@return the text of a run that was as recorded, ending in a line feed}
     *
     * @param trace       what was recorded
     * @param checkpoints how many were compared
     */
    public static String equal(final Trace trace, final int checkpoints) {
        return "equal: " + trace.steps() + " steps, " + checkpoints
            + (checkpoints == 1 ? " state hash" : " state hashes")
            + (trace.head().events() ? ", " + events(trace) + " events" : "") + "\n"
            + trace.end().map(end -> "  end    " + end.result() + "\n").orElse("")
            + "  state  " + (trace.stretches().isEmpty() ? "none" : trace.stretches().getLast().end().hash()) + "\n";
    }

    /** {@return how many events the stream of a trace holds} */
    static long events(final Trace trace) {
        return trace.stretches().stream().mapToLong(stretch -> stretch.events()).sum();
    }

    /**
     * {@return the text of a run that was not, ending in a line feed}
     *
     * @param trace      what was recorded
     * @param symbols    of the image
     * @param divergence where it is another
     */
    public static String different(final Trace trace, final SymbolTable symbols, final Divergence divergence) {
        final StringBuilder text = new StringBuilder();
        final String cpu = ":" + divergence.cpu();
        if (divergence.exact()) {
            text.append("different: at ").append(divergence.equal()).append(cpu);
        } else {
            text.append("different: equal at step ").append(divergence.equal()).append(", not at ")
                .append(divergence.seen()).append(cpu);
        }
        text.append(" (").append(symbols.format(divergence.rip())).append(")\n");
        text.append("  what      ").append(what(divergence.what())).append('\n');
        if (divergence.what() == Divergence.What.EVENT) {
            text.append("  recorded  ").append(event(divergence.recorded(), trace)).append('\n');
            text.append("  here      ").append(event(divergence.here(), trace)).append('\n');
        }
        if (!divergence.registers().isEmpty()) {
            text.append("  registers there\n");
            rows(text, divergence.registers().iterator(), Divergence.Register::name, Divergence.Register::value);
        }
        if (divergence.what() == Divergence.What.EVENT && !divergence.details().isEmpty()) {
            text.append("  until the checkpoint of step ").append(divergence.checkpoint()).append('\n');
        }
        for (final Divergence.Detail detail : divergence.details()) {
            text.append("  ").append(detail.name()).append(": recorded ").append(detail.recorded()).append(", here ")
                .append(detail.here()).append('\n');
        }
        return text.toString();
    }

    private static <R> void rows(final StringBuilder text, final Iterator<R> registers, final Function<R, String> name,
            final ToLongFunction<R> value) {
        for (int column = 1; registers.hasNext(); column++) {
            final R register = registers.next();
            text.append(String.format(Locale.ROOT, "  %-6s %016x", name.apply(register), value.applyAsLong(register)))
                .append(column % IN_ROW == 0 || !registers.hasNext() ? "\n" : "");
        }
    }

    private static String event(final Optional<TraceEvent> event, final Trace trace) {
        return event.map(told -> EventText.of(told, trace.symbols()) + " (cycle " + told.cycle() + ", cpu "
            + told.cpu() + ")").orElse("nothing more");
    }

    /** {@return what is different, in words} */
    static String what(final Divergence.What what) {
        return switch (what) {
            case EVENT -> "an event";
            case REGISTERS -> "registers or clocks";
            case STATE -> "RAM or a device; the registers are equal";
            case STEPS -> "where the machine stops";
            case END -> "the end of the run";
        };
    }

    /**
     * {@return where a machine stands, and its registers, ending in a line feed}
     *
     * @param machine stopped
     * @param symbols of the image
     */
    public static String stand(final Machine machine, final SymbolTable symbols) {
        final StringBuilder text = new StringBuilder();
        text.append("step ").append(machine.steps()).append(':').append(machine.turn()).append(", cycle ")
            .append(machine.cycles()).append('\n');
        for (int cpu = 0; cpu < machine.config().vcpus(); cpu++) {
            text.append("cpu ").append(cpu).append(" at ")
                .append(symbols.format(machine.cpu(cpu).read(CpuRegister.RIP))).append('\n');
            rows(text, List.of(CpuRegister.values()).iterator(), CpuRegister::name, machine.cpu(cpu)::read);
        }
        return text.toString();
    }
}

package ringside.console.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;
import ringside.console.repl.JunitReport;
import ringside.console.repl.Session;
import ringside.console.report.ReplayJson;
import ringside.console.report.ReplayText;
import ringside.emulator.event.EventKind;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.snapshot.SnapshotFile;
import ringside.emulator.travel.Position;
import ringside.profiler.replay.Divergence;
import ringside.profiler.replay.Replay;
import ringside.profiler.trace.EventList;
import ringside.profiler.trace.EventText;
import ringside.profiler.trace.Trace;
import ringside.profiler.trace.TraceEvent;
import ringside.toolchain.image.GuestImage;

/** {@code ringside replay}: a recorded run again, held against the recording. */
@Command(
    name = "replay",
    header = "Run a recording again and say where it is another run.",
    description = {"",
        "The machine is made as the recording's was, and is given the same input at the same places. Registers are "
            + "compared every 100,000 steps, the state's hash at each checkpoint, and, where the events were recorded, "
            + "each of them. The first difference is told with its place and its symbol, and the exit code is 4.", "",
        "A recording of a build whose machines behave differently is refused, and so is another image. Of a recording "
            + "that was killed, FILE.partial is replayed up to its last checkpoint."},
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footer = {"", "Examples:",
        "  ringside replay bantam.trace",
        "  ringside replay kernel.trace build/kernel.elf       the same image at another place",
        "  ringside replay bantam.trace --to 1500000           the registers there",
        "  ringside replay bantam.trace --to 1500000 --console go on from there, and back",
        "  ringside replay bantam.trace --to 1500000 --save-snapshot there.snapshot",
        "  ringside replay boot.trace --events --kind exception,interrupt"},
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    /** Where a recording ends, as a bookmark. */
    private static final String END = "end-of-recording";

    @ParentCommand
    private RingsideCommand ringside;

    @Parameters(index = "0", paramLabel = "FILE", description = "A trace that 'ringside record' wrote.")
    private Path file;

    @Parameters(index = "1", arity = "0..1", paramLabel = "IMAGE",
        description = "The image, where it is not where it was.")
    private Optional<Path> image = Optional.empty();

    @Option(names = "--to", paramLabel = "POSITION", converter = PositionText.class,
        description = "Stop there, STEP or STEP:CPU, and show the registers.")
    private Optional<Position> to = Optional.empty();

    @Option(names = "--save-snapshot", paramLabel = "FILE",
        description = "With --to: write down the machine at the last place there between two blocks.")
    private Optional<Path> save = Optional.empty();

    @Option(names = "--console",
        description = "Open the console on the recording, at its start or at --to: what came in then comes in again at "
            + "its places.")
    private boolean console;

    @ArgGroup(multiplicity = "0..*")
    private List<Sitting.Source> sources = new ArrayList<>();

    @Option(names = "--events", description = "List what happened instead of comparing; where the events were "
        + "recorded, nothing is run for it.")
    private boolean events;

    @Option(names = "--kind", paramLabel = "KIND", split = ",", converter = KindName.class,
        description = "With --events: only these: block, exception, interrupt, syscall, probe, device, console-byte, "
            + "halt, address-space, reset, idle.")
    private List<EventKind> kinds = List.of();

    @Mixin
    private OutputFile outputs;

    @Option(names = "--trust", description = "Run programs in Java that the recording names (--program NAME.java).")
    private boolean trusted;

    @Option(names = "--json", description = "The comparison as one JSON object.")
    private boolean json;

    /** Reads a position. */
    static final class PositionText implements ITypeConverter<Position> {
        @Override
        public Position convert(final String text) {
            try {
                return Position.of(text);
            } catch (final IllegalArgumentException refused) {
                throw new TypeConversionException(refused.getMessage());
            }
        }
    }

    /** Reads a kind of event. */
    static final class KindName implements ITypeConverter<EventKind> {
        @Override
        public EventKind convert(final String text) {
            return Stream.of(EventKind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)).findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no kind of event"));
        }
    }

    @Override
    public Integer call() {
        if (save.isPresent() && to.isEmpty()) {
            throw new WrongUseException("--save-snapshot goes with --to, which says where");
        }
        if (console && (events || json || save.isPresent())) {
            throw new WrongUseException("--console goes with --to alone");
        }
        if (!sources.isEmpty() && !console) {
            throw new WrongUseException("--script and -e go with --console, which has commands");
        }
        if (!kinds.isEmpty() && !events) {
            throw new WrongUseException("--kind goes with --events");
        }
        if (json && (events || to.isPresent())) {
            throw new WrongUseException("--json is of the comparison, which --events and --to are not about");
        }
        save.ifPresent(out -> outputs.require("--save-snapshot", out, Stream.concat(Stream.of(file),
            image.stream()), SnapshotFile::obstacle));
        final Trace trace = Trace.read(file);
        final PrintStream out = ringside.terminal().out();
        if (trace.end().isEmpty()) {
            ringside.terminal().err().println("ringside: " + file + ": the recording was not closed; it goes to step "
                + trace.steps() + ", its last whole checkpoint");
        }
        if (to.isPresent() && to.get().step() > trace.steps()) {
            throw new WrongUseException("--to=" + to.get() + ": the recording ends at step " + trace.steps());
        }
        if (events && to.isEmpty() && trace.head().events()) {
            list(trace, out);
            return ExitStatus.FINE.code();
        }
        return again(trace, out);
    }

    private void list(final Trace trace, final PrintStream out) {
        for (int i = 0; i < trace.stretches().size() && !out.checkError(); i++) {
            try (Trace.Events all = trace.events(i)) {
                while (all.hasNext()) {
                    show(all.next(), trace, out);
                }
            }
            out.println("checkpoint at step " + trace.stretches().get(i).end().steps());
        }
    }

    private void show(final TraceEvent event, final Trace trace, final PrintStream out) {
        final Set<EventKind> wanted = kinds.isEmpty() ? EnumSet.allOf(EventKind.class) : EnumSet.copyOf(kinds);
        if (wanted.contains(event.kind())) {
            out.println(EventText.line(event, trace.symbols()));
        }
    }

    private int again(final Trace trace, final PrintStream out) {
        Replay.require(trace, Machine.BEHAVIOUR);
        final GuestOptions guest = GuestLine.of(trace, image.map(Path::toString).orElse(trace.head().image()),
            trusted);
        if (console) {
            return sit(trace, guest);
        }
        final MachineConfig config = GuestLine.requireKept(guest.config()).withInput(trace.input().replay());
        final GuestImage booted = guest.image();
        try (Machine machine = Machine.boot(config, booted)) {
            final Replay replay = new Replay(trace, machine);
            if (events) {
                machine.addObserver(new EventList(event -> show(event, trace, out)));
            }
            final Optional<Divergence> divergence = replay.verify(to.map(Position::step).orElse(Long.MAX_VALUE));
            if (divergence.isPresent()) {
                final Divergence found = divergence.get();
                out.print(json ? ReplayJson.of(trace, Version.current(), replay.checkpoints(), divergence)
                    : ReplayText.different(trace, booted.symbols(), found));
                return ExitStatus.DIVERGED.code();
            }
            if (to.isPresent()) {
                there(replay, to.get(), booted, out);
            } else if (!events) {
                out.print(json ? ReplayJson.of(trace, Version.current(), replay.checkpoints(), divergence)
                    : ReplayText.equal(trace, replay.checkpoints()));
            }
            return ExitStatus.FINE.code();
        }
    }

    private int sit(final Trace trace, final GuestOptions guest) {
        final MachineConfig config = GuestLine.requireKept(guest.config());
        try (Session session = Session.open(config, guest.image(), guest.sources(), trace.input())) {
            Replay.require(trace, session.desk().guest().machine());
            session.desk().bookmarks().put(END, trace.steps());
            final Sitting sitting = new Sitting(ringside.terminal(), session, new JunitReport("console"),
                (failed, name, err) -> { });
            ringside.terminal().err().println("ringside: " + file + ": recorded up to step " + trace.steps()
                + ", the bookmark " + END);
            to.ifPresent(place -> ringside.terminal().out().print(session.execute("goto " + place).whole()));
            return sitting.work(sources, false);
        }
    }

    private void there(final Replay replay, final Position wanted, final GuestImage booted, final PrintStream out) {
        if (save.isPresent()) {
            final long step = replay.go(wanted.step(), false);
            SnapshotFile.write(replay.machine().snapshot(), save.get());
            out.println("snapshot of step " + step + " in " + save.get());
        }
        replay.go(wanted.step(), true);
        out.print(ReplayText.stand(replay.machine(), booted.symbols()));
    }
}

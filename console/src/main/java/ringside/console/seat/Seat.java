package ringside.console.seat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import ringside.console.repl.CommandResult;
import ringside.console.repl.Session;
import ringside.console.repl.command.CommandTable;
import ringside.console.repl.guest.RefusedException;

/** A person at a terminal with a session: reads lines, has them done, shows where the guest stands then. */
public final class Seat implements AutoCloseable {
    private static final String PROMPT = "(ringside) ";
    private static final long MOST_HISTORY = 4 << 20;
    private static final Set<String> MOVING = Set.of("Forward", "Back, and to places");

    private final Session session;
    private final Terminal terminal;
    private final Colours colours;
    private final Screen screen;
    private final Keyboard keyboard;
    private final Panels panels;
    private final Stopwatch stopwatch;

    private Seat(final Session session, final Terminal terminal, final boolean colour, final Optional<Path> history) {
        this.session = session;
        this.terminal = terminal;
        colours = new Colours(colour);
        screen = new Screen(terminal, colours);
        panels = new Panels(session.desk());
        stopwatch = new Stopwatch(session.desk().guest().machine()::instructions);
        keyboard = new Keyboard(terminal, history, screen::draw, this::toggle);
        keyboard.setParser(TypedLine.parser());
        keyboard.setCompleter(new Completion(session.desk(), List.of(LayoutLine.ENTRY)));
        keyboard.setHighlighter(new LineColours(session.desk().guest(), List.of(LayoutLine.ENTRY), colours));
        keepWhatIsTypedAhead();
        session.desk().columns(screen::columns);
        terminal.handle(Terminal.Signal.INT, signal -> session.interrupt());
    }

    /**
     * Takes the seat at the terminal that standard input and output are.
     *
     * @param session that is worked with; stays open
     * @param colour  whether the terminal may show colours
     * @param history where typed lines are kept; empty where they are not
     * @return the seat; empty where there is no terminal to sit at
     */
    public static Optional<Seat> take(final Session session, final boolean colour, final Optional<Path> history) {
        final Terminal terminal;
        try {
            // By Java's own way into the C library alone: others load a library of their own, and Java warns of it.
            terminal = TerminalBuilder.builder().system(true).provider(TerminalBuilder.PROP_PROVIDER_FFM).dumb(false)
                .encoding(StandardCharsets.UTF_8).graphemeCluster(false).build();
        } catch (final IOException | IllegalStateException none) {
            // What looks like a terminal and cannot be moved on is written to as a pipe is.
            return Optional.empty();
        }
        return Optional.of(new Seat(session, terminal, colour, history.filter(Seat::isFit)));
    }

    /** What is typed while the guest runs waits for the prompt as it is, an end of input too; but ^C is a signal. */
    private void keepWhatIsTypedAhead() {
        final Attributes attributes = terminal.getAttributes();
        attributes.setLocalFlag(Attributes.LocalFlag.ECHO, false);
        attributes.setLocalFlag(Attributes.LocalFlag.ICANON, false);
        attributes.setControlChar(Attributes.ControlChar.VMIN, 1);
        attributes.setControlChar(Attributes.ControlChar.VTIME, 0);
        terminal.setAttributes(attributes);
    }

    /** A history can be read and written, or there is none in this session. */
    private static boolean isFit(final Path history) {
        try {
            Files.createDirectories(history.getParent());
            return !Files.exists(history) || Files.isRegularFile(history) && Files.size(history) <= MOST_HISTORY;
        } catch (final IOException refused) {
            // Nothing of the work depends on it.
            return false;
        }
    }

    /**
     * Reads lines and has them done until the person leaves.
     *
     * @return the exit code
     */
    public int sit() {
        session.output(screen::say);
        screen.show(panels, 0);
        screen.say("'help' tells the commands, TAB completes them, 'layout' shows panels, ^D leaves.\n");
        while (true) {
            final String line;
            try {
                line = keyboard.readLine(PROMPT);
            } catch (final UserInterruptException cleared) {
                continue;
            } catch (final EndOfFileException left) {
                return 0;
            }
            screen.typed(PROMPT + line);
            final Optional<Integer> code = perform(line);
            if (code.isPresent()) {
                return code.get();
            }
            screen.show(panels, stopwatch.speed());
        }
    }

    private Optional<Integer> perform(final String line) {
        final Optional<LayoutLine> layout = LayoutLine.of(line);
        if (layout.isPresent()) {
            layout.get().perform(screen);
            return Optional.empty();
        }
        if (isMove(line)) {
            screen.leave();
        }
        final CommandResult[] result = new CommandResult[1];
        stopwatch.time(() -> result[0] = session.execute(line));
        if (!result[0].ok()) {
            screen.tell(result[0].problem());
        }
        if (LayoutLine.isOverview(line)) {
            screen.say(LayoutLine.HINT);
        }
        return result[0].exit().isPresent() ? Optional.of(result[0].exit().getAsInt()) : Optional.empty();
    }

    private boolean isMove(final String line) {
        final String typed = line.isBlank() ? session.desk().again() : line.strip();
        try {
            return !typed.isEmpty() && MOVING.contains(CommandTable.named(typed.split("\\s+")[0]).group());
        } catch (final RefusedException none) {
            return false;
        }
    }

    private void toggle() {
        screen.names(screen.names().isEmpty() ? new LinkedHashSet<>(Panels.USUAL) : Set.of());
        screen.show(panels, stopwatch.speed());
    }

    @Override
    public void close() {
        screen.close();
        try {
            keyboard.getHistory().save();
        } catch (final IOException refused) {
            screen.tell("ringside: the history of lines cannot be kept: " + refused.getMessage());
        }
        try {
            terminal.close();
        } catch (final IOException refused) {
            throw new UncheckedIOException("the terminal cannot be given back", refused);
        }
    }
}

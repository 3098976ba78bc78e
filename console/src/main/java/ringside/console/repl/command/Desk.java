package ringside.console.repl.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntSupplier;
import ringside.console.repl.expression.Expression;
import ringside.console.repl.expression.ExpressionException;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.HeardRings;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.Summary;
import ringside.console.repl.snippet.Snippets;
import ringside.console.repl.stop.Breakpoint;
import ringside.console.repl.stop.Breakpoints;
import ringside.console.repl.stop.EventLog;
import ringside.console.repl.stop.Halt;
import ringside.console.repl.stop.Runner;
import ringside.emulator.travel.Position;

/** All that commands work on: the guest, breakpoints, bookmarks, what is shown at each stop, and what was said last. */
public final class Desk implements AutoCloseable {
    /** The most bookmarks, displays and kinds of events that are printed. */
    static final int MOST_NAMES = 200;

    private final Guest guest;
    private final Output out = new Output();
    private final Breakpoints breakpoints = new Breakpoints();
    private final EventLog events;
    private final Runner runner;
    private final Map<String, Long> bookmarks = new LinkedHashMap<>();
    private final HeardRings rings;
    private final List<Expression> displays = new ArrayList<>();
    private final Interpreter interpreter;
    private Halt halt = new Halt("start", "", List.of());
    private String lastOutput = "";
    private OptionalInt exit = OptionalInt.empty();
    private Examined examined = new Examined(1, 'x', 'g', OptionalLong.empty());
    private String again = "";
    private volatile boolean interrupted;
    private final NamedSnapshots snapshots = new NamedSnapshots();
    private boolean files = true;
    private IntSupplier columns = () -> Integer.MAX_VALUE;
    private Snippets snippets;

    /**
     * What {@code x} showed last, and goes on with.
     *
     * @param count  how many
     * @param format as what
     * @param unit   how large: b, h, w, g
     * @param next   the address behind; empty where nothing was shown yet
     */
    record Examined(int count, char format, char unit, OptionalLong next) {
    }

    /**
     * Sets a desk up.
     *
     * @param guest       to work on; closed with the desk
     * @param interpreter executes commands of commands
     */
    public Desk(final Guest guest, final Interpreter interpreter) {
        this.guest = Objects.requireNonNull(guest, "guest");
        this.interpreter = Objects.requireNonNull(interpreter, "interpreter");
        events = new EventLog(guest, out::print);
        rings = new HeardRings(guest);
        runner = new Runner(guest, breakpoints, events, this::takeInterrupt);
    }

    /** {@return the guest} */
    public Guest guest() {
        return guest;
    }

    /** {@return where commands say what they have to say} */
    public Output out() {
        return out;
    }

    /** {@return the breakpoints} */
    public Breakpoints breakpoints() {
        return breakpoints;
    }

    /** {@return the events that are printed} */
    EventLog events() {
        return events;
    }

    /** {@return the ends of rings that were heard of} */
    public HeardRings rings() {
        return rings;
    }

    /** {@return who goes to breakpoints} */
    public Runner runner() {
        return runner;
    }

    /** {@return names of positions, by steps} */
    public Map<String, Long> bookmarks() {
        return bookmarks;
    }

    /** {@return expressions that are shown at each stop} */
    List<Expression> displays() {
        return displays;
    }

    /** Refuses commands that read or write the host's files from here on. */
    public void refuseFiles() {
        files = false;
    }

    /** Refuses what only who sits at the console may do. */
    void requireHost(final String what) {
        if (!files) {
            throw new RefusedException(what + " for who sits at the console");
        }
    }

    /** {@return a file that a command names} */
    Path file(final String name) {
        requireHost("files of the host are");
        try {
            return Path.of(name);
        } catch (final InvalidPathException none) {
            throw new RefusedException("no file can have this name: " + Summary.printable(name));
        }
    }

    /** {@return machines that were kept under names} */
    NamedSnapshots snapshots() {
        return snapshots;
    }

    /** {@return names of machines that were kept} */
    public List<String> snapshotNames() {
        return snapshots.names();
    }

    /** {@return snippets of Java, which know of each other} */
    Snippets snippets() {
        if (snippets == null) {
            snippets = new Snippets(new SnippetHost(this));
        }
        return snippets;
    }

    /**
     * {@return a file that a command writes: its words, with --force before the name where one of another kind may be
     * replaced}
     *
     * @param words    of the command
     * @param obstacle tells why a file is not to be replaced, if so
     */
    Path output(final List<String> words, final Function<Path, Optional<String>> obstacle) {
        final boolean force = "--force".equals(words.getFirst());
        final List<String> name = force ? words.subList(1, words.size()) : words;
        if (name.isEmpty()) {
            throw new RefusedException("which file?");
        }
        final Path file = file(DeskCommand.unquoted(String.join(" ", name)));
        if (!force) {
            obstacle.apply(file).ifPresent(reason -> {
                throw new RefusedException(file + ": " + reason);
            });
        }
        return file;
    }

    /** {@return who executes commands} */
    Interpreter interpreter() {
        return interpreter;
    }

    /** {@return where the last way ended, and why} */
    public Halt halt() {
        return halt;
    }

    /** {@return what the last command said that expects nothing} */
    public String lastOutput() {
        return lastOutput;
    }

    /**
     * Keeps what a command said.
     *
     * @param text all of it
     */
    public void lastOutput(final String text) {
        lastOutput = text;
    }

    /** {@return the exit code, once the session was told to end} */
    public OptionalInt exit() {
        return exit;
    }

    /**
     * Ends the session behind this command.
     *
     * @param code of the process
     */
    void exit(final int code) {
        exit = OptionalInt.of(code);
    }

    /** {@return what {@code x} showed last} */
    Examined examined() {
        return examined;
    }

    /** Keeps what {@code x} showed. */
    void examined(final Examined last) {
        examined = last;
    }

    /** {@return the line that an empty one stands for; empty where it stands for nothing} */
    public String again() {
        return again;
    }

    /**
     * Sets what an empty line stands for.
     *
     * @param line a command
     */
    public void again(final String line) {
        again = line;
    }

    /** {@return steps of a place: a position, one relative to here, a bookmark, or the start} */
    long place(final String text) {
        final long here = guest.machine().steps();
        if ("start".equals(text)) {
            return 0;
        }
        if (bookmarks.containsKey(text)) {
            return bookmarks.get(text);
        }
        if (text.startsWith("+") || text.startsWith("-")) {
            final long distance = guest.value(text.substring(1));
            final long target = text.startsWith("+") ? here + distance : Math.max(0, here - distance);
            if (distance < 0 || target < 0) {
                throw new RefusedException("no place is so far away: " + text);
            }
            return target;
        }
        try {
            return Position.of(text).step();
        } catch (final IllegalArgumentException none) {
            throw new RefusedException(none.getMessage() + ", or a bookmark's name");
        }
    }

    /** Has what is being done end soon; from any thread. */
    public void interrupt() {
        interrupted = true;
        guest.timeline().interrupt();
    }

    /** Forgets that somebody asked to stop: a new command begins. */
    public void clearInterrupt() {
        interrupted = false;
        guest.timeline().clearInterrupt();
    }

    /** {@return whether somebody asked to stop since this was asked last} */
    boolean takeInterrupt() {
        final boolean was = interrupted;
        interrupted = false;
        return was;
    }

    /** Tells where a way ended: what the guest said, why, where, and what is to be shown at each stop. */
    void report(final Halt ended) {
        halt = ended;
        out.print(Summary.news(guest));
        if (!ended.text().isEmpty()) {
            out.println(Summary.wrapped(ended.text(), columns.getAsInt()));
        }
        out.print(summary());
        showDisplays();
    }

    /** {@return two lines about where the guest stands} */
    String summary() {
        return Summary.of(guest, columns.getAsInt());
    }

    /**
     * Sets how wide what is said of stops may be.
     *
     * @param width asked at each stop; without any a line is as long as it is
     */
    public void columns(final IntSupplier width) {
        columns = width;
    }

    /** Shows the expressions that are shown at each stop. */
    void showDisplays() {
        for (final Expression display : displays) {
            out.println("  " + display + " = " + shown(display));
        }
    }

    private String shown(final Expression display) {
        try {
            return guest.named(display.value(guest));
        } catch (final ExpressionException none) {
            return "(" + none.getMessage() + ")";
        }
    }

    /** Tells where a way ended, and does what its breakpoints' commands say. */
    void arrive(final Halt ended) {
        report(ended);
        for (final Breakpoint met : ended.met()) {
            met.actions().forEach(interpreter::execute);
        }
    }

    /** What comes behind this place has not happened: nothing that was heard of it counts. */
    void edited() {
        events.cut();
        rings.cut();
        final long here = guest.machine().steps();
        bookmarks.values().removeIf(step -> step > here);
    }

    /** A history began anew. */
    void begun() {
        events.cut();
        rings.forget();
        bookmarks.clear();
    }

    @Override
    public void close() {
        if (snippets != null) {
            snippets.close();
        }
        guest.close();
    }
}

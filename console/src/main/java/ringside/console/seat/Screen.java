package ringside.console.seat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.Status;
import ringside.console.panel.Layout;
import ringside.console.panel.Line;
import ringside.console.panel.StatusBar;

/**
 * The terminal's screen: lines that scroll, below them the panels, and at the bottom the bar.
 *
 * <p>Panels and bar are of the last stop; a screen of another size shows the same ones anew.
 */
final class Screen {
    /** Lines that are left for what is typed and answered, at least. */
    private static final int LEAST_DIALOGUE = 7;
    private static final int DIALOGUE_SHARE = 4;
    private static final int LEAST_COLUMNS = 40;

    private final Terminal terminal;
    private final Status status;
    private final Colours colours;
    private final Transcript transcript = new Transcript();
    private final Set<String> names = new LinkedHashSet<>();
    private StatusBar bar;
    private Layout layout;
    private Size drawn;
    private int height;

    /**
     * Takes a terminal's screen.
     *
     * @param terminal that has one
     * @param colours  what tones look like
     */
    Screen(final Terminal terminal, final Colours colours) {
        this.terminal = terminal;
        this.colours = colours;
        status = Status.getStatus(terminal);
        drawn = terminal.getSize();
    }

    /** {@return names of the panels that are shown} */
    Set<String> names() {
        return Set.copyOf(names);
    }

    /** Sets which panels are shown; {@link #show} shows them. */
    void names(final Set<String> wanted) {
        names.clear();
        names.addAll(wanted);
    }

    /** {@return how long a line may be; of a terminal that is very narrow, or does not say, as long as it is} */
    int columns() {
        final int columns = terminal.getSize().getColumns();
        return columns < LEAST_COLUMNS ? Integer.MAX_VALUE : columns;
    }

    /** Shows a text among the lines that scroll. */
    void say(final String text) {
        transcript.add(text);
        terminal.writer().print(text);
        terminal.writer().flush();
    }

    /** Shows what is wrong. */
    void tell(final String problem) {
        transcript.add(problem + "\n");
        colours.mistake(problem).println(terminal);
        terminal.writer().flush();
    }

    /** A line was typed, and the terminal shows it already. */
    void typed(final String line) {
        transcript.add(line + "\n");
    }

    /** Shows where the guest stands. */
    synchronized void show(final Panels panels, final double speed) {
        bar = panels.bar(speed);
        layout = panels.layout(names);
        draw();
    }

    /** Shows that the guest is on its way. */
    synchronized void leave() {
        if (bar != null) {
            bar = bar.leaving();
            draw();
        }
    }

    /** Shows the same on a terminal whose size may be another. */
    synchronized void draw() {
        if (status == null || bar == null) {
            return;
        }
        final Size size = terminal.getSize();
        if (size.getRows() < 2 || size.getColumns() < 2) {
            return;
        }
        final List<Line> lines = lines(size.getColumns(), size.getRows());
        if (!size.equals(drawn) || lines.size() != height && height > 0) {
            // What stands where is not known any more: begin with an empty screen.
            terminal.puts(Capability.change_scroll_region, 0, size.getRows() - 1);
            terminal.puts(Capability.clear_screen);
            status.resize(size);
            status.reset();
            status.update(lines.stream().map(colours::of).toList());
            terminal.puts(Capability.cursor_address, 0, 0);
            terminal.writer().print(transcript.tail(size.getColumns(), size.getRows() - lines.size() - 2));
            terminal.flush();
        } else {
            status.update(lines.stream().map(colours::of).toList());
        }
        drawn = size;
        height = lines.size();
    }

    /** Gives the terminal's bottom back. */
    synchronized void close() {
        if (status != null) {
            status.hide();
        }
    }

    private List<Line> lines(final int columns, final int rows) {
        final int above = names.isEmpty() ? 0 : rows - 1 - Math.max(LEAST_DIALOGUE, rows / DIALOGUE_SHARE);
        final Line bottom = bar.line(columns);
        return above < 1 || layout == null ? List.of(bottom)
            : Stream.concat(layout.lines(columns, above).stream(), Stream.of(bottom)).toList();
    }
}

package ringside.console.seat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Reference;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;

/** Reads lines from a person: with completion, a history that lasts, and suggestions out of it. */
final class Keyboard extends LineReaderImpl {
    /** Lines that are kept from one session to the next. */
    private static final int MOST_LINES = 2000;
    private static final int MOST_OFFERED = 60;
    private static final String LAYOUT = "ringside-layout";

    private final Runnable resized;

    /**
     * Makes one.
     *
     * @param terminal to read from
     * @param history  where lines are kept; empty where they are not
     * @param resized  done when the terminal has another size
     * @param layout   done when the key for the panels is pressed
     */
    Keyboard(final Terminal terminal, final Optional<Path> history, final Runnable resized, final Runnable layout) {
        super(terminal, "ringside", variables(history));
        this.resized = resized;
        setOpt(Option.DISABLE_EVENT_EXPANSION);
        setOpt(Option.HISTORY_IGNORE_DUPS);
        setOpt(Option.HISTORY_REDUCE_BLANKS);
        setOpt(Option.AUTO_FRESH_LINE);
        unsetOpt(Option.HISTORY_TIMESTAMPED);
        unsetOpt(Option.BRACKETED_PASTE);
        setAutosuggestion(SuggestionType.HISTORY);
        takesSuggestion(FORWARD_CHAR);
        takesSuggestion(END_OF_LINE);
        getWidgets().put(LAYOUT, () -> {
            layout.run();
            begin();
            return true;
        });
        final KeyMap<Binding> keys = getKeyMaps().get(MAIN);
        keys.bind(new Reference(LAYOUT), KeyMap.alt('l'));
        // Arrows as terminals send them while no line is read: what is typed ahead.
        keys.bind(new Reference(UP_LINE_OR_SEARCH), KeyMap.esc() + "[A");
        keys.bind(new Reference(DOWN_LINE_OR_SEARCH), KeyMap.esc() + "[B");
        keys.bind(new Reference(FORWARD_CHAR), KeyMap.esc() + "[C");
        keys.bind(new Reference(BACKWARD_CHAR), KeyMap.esc() + "[D");
    }

    private static Map<String, Object> variables(final Optional<Path> history) {
        final Map<String, Object> variables = new HashMap<>();
        history.ifPresent(file -> variables.put(HISTORY_FILE, file));
        variables.put(HISTORY_SIZE, MOST_LINES);
        variables.put(HISTORY_FILE_SIZE, MOST_LINES);
        variables.put(LIST_MAX, MOST_OFFERED);
        // A name with a typing mistake is a mistake.
        variables.put(ERRORS, 0);
        return variables;
    }

    /** At the end of the line a key takes what is suggested behind it. */
    private void takesSuggestion(final String widget) {
        getWidgets().put(widget, () -> {
            final String tail = getTailTip();
            if (getBuffer().cursor() == getBuffer().length() && tail != null && !tail.isEmpty()) {
                getBuffer().write(tail);
                return true;
            }
            return getBuiltinWidgets().get(widget).apply();
        });
    }

    /** Shows the line that is typed anew, where the cursor is. */
    private void begin() {
        display.reset();
        redrawLine();
        redisplay();
    }

    @Override
    protected void handleSignal(final Terminal.Signal signal) {
        if (signal != Terminal.Signal.WINCH) {
            super.handleSignal(signal);
            return;
        }
        lock.lock();
        try {
            size = terminal.getBufferSize();
            display.resize(size);
            resized.run();
            begin();
        } finally {
            lock.unlock();
        }
    }
}

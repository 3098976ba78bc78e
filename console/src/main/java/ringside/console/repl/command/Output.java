package ringside.console.repl.command;

import java.util.function.Consumer;

/** What commands say: collected for their result, and told at once to whoever listens. */
public final class Output {
    /** The most that one command says, characters; what comes then is counted. */
    public static final int MOST = 4 << 20;

    private final StringBuilder text = new StringBuilder();
    private Consumer<String> sink = piece -> { };
    private long left;

    /**
     * Sets who is told at once.
     *
     * @param listener takes pieces of text
     */
    public void sink(final Consumer<String> listener) {
        sink = listener;
    }

    /**
     * Says something.
     *
     * @param piece of text
     */
    public void print(final String piece) {
        if (text.length() + piece.length() > MOST) {
            left += piece.length();
            return;
        }
        text.append(piece);
        sink.accept(piece);
    }

    /**
     * Says a line.
     *
     * @param line without its end
     */
    public void println(final String line) {
        print(line + "\n");
    }

    /** {@return how much was said since the last {@link #take}, a place for {@link #since}} */
    public int mark() {
        return text.length();
    }

    /**
     * {@return what was said behind a place}
     *
     * @param mark the place
     */
    public String since(final int mark) {
        return text.substring(Math.min(mark, text.length()));
    }

    /**
     * {@return what is said while something is done, of which nobody else hears}
     *
     * @param work what is done
     */
    public String aside(final Runnable work) {
        final Consumer<String> listener = sink;
        final int mark = mark();
        sink = piece -> { };
        try {
            work.run();
            return since(mark);
        } finally {
            text.setLength(Math.min(mark, text.length()));
            sink = listener;
        }
    }

    /** {@return all that was said since this was called last} */
    public String take() {
        if (left > 0) {
            text.append("... ").append(left).append(" characters are left out\n");
            left = 0;
        }
        final String all = text.toString();
        text.setLength(0);
        return all;
    }
}

package ringside.console.repl.stop;

import java.util.List;
import java.util.Objects;

/**
 * Where a way ended, and why.
 *
 * @param reason a word: {@code step}, {@code until}, {@code finish}, {@code end}, {@code start}, {@code interrupt}, or
 *               that of a breakpoint's kind
 * @param text   one line for people; empty where there is nothing to say
 * @param met    breakpoints that were stopped at, by number
 */
public record Halt(String reason, String text, List<Breakpoint> met) {
    /** Copies the list. */
    public Halt {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(text, "text");
        met = List.copyOf(met);
    }

    static Halt of(final String reason, final String text) {
        return new Halt(reason, text, List.of());
    }
}

package ringside.toolchain.asm;

import ringside.toolchain.image.SourceLine;

/**
 * A source that cannot be assembled: {@code file:line: reason}, then the line's text, then where it was included or
 * expanded from.
 */
public final class AsmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SourceLine source;
    private final String text;
    private final String reason;

    AsmException(final Line line, final String reason) {
        super(message(line, reason));
        this.source = line.source();
        this.text = line.text().strip();
        this.reason = reason;
    }

    private static String message(final Line line, final String reason) {
        final StringBuilder message = new StringBuilder();
        message.append(line.source()).append(": ").append(reason).append("\n    ").append(line.text().strip());
        int shown = 0;
        for (Line from = line.cause(); from != null && shown < Limits.INCLUDE_DEPTH; from = from.cause()) {
            message.append("\n  from ").append(from.source()).append(": ").append(from.text().strip());
            shown++;
        }
        return message.toString();
    }

    /** {@return the line at fault; in a macro, the line of its body} */
    public SourceLine source() {
        return source;
    }

    /** {@return the path of the file at fault} */
    public String file() {
        return source.file();
    }

    /** {@return the line at fault, 1-based} */
    public int line() {
        return source.line();
    }

    /** {@return the line's text; in a macro, with its arguments in place} */
    public String text() {
        return text;
    }

    /** {@return what is wrong, without the place} */
    public String reason() {
        return reason;
    }
}

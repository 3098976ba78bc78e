package ringside.toolchain.asm;

import ringside.toolchain.image.SourceLine;

/**
 * A line on its way through the preprocessor.
 *
 * @param source where the user wrote it; for a macro, the line of the body
 * @param text   what it says, arguments in place
 * @param cause  the line that included or expanded it, or {@code null}
 */
record Line(SourceLine source, String text, Line cause) {
    /** {@return what to throw about this line} */
    AsmException refuse(final String reason) {
        return new AsmException(this, reason);
    }

    Line withText(final String changed) {
        return new Line(source, changed, cause);
    }
}

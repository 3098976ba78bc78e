package ringside.toolchain.image;

/**
 * Names that anybody may have made, in images and files: what a terminal would take for a command, what ends a line and
 * what turns the direction of letters is no part of one.
 */
public final class PlainName {
    private PlainName() {
    }

    /** {@return whether a text has no such character} */
    public static boolean is(final String text) {
        for (int i = 0; i < text.length(); i++) {
            final char letter = text.charAt(i);
            if (letter < ' ' || letter >= '\u007f') {
                return text.codePoints().allMatch(PlainName::isPlain);
            }
        }
        return true;
    }

    /** {@return the text with a question mark in place of each such character} */
    public static String of(final String text) {
        if (is(text)) {
            return text;
        }
        final StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().map(letter -> isPlain(letter) ? letter : '?').forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static boolean isPlain(final int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}

package ringside.console.html;

/** Texts out of images and files that anybody may have made, as a page can show them. */
final class PlainText {
    /** Characters of one text. */
    static final int LONGEST = 500;

    private PlainText() {
    }

    /**
     * {@return the text in one line of bounded length, without characters that turn the direction of others, mean
     * nothing, or cannot be seen}
     *
     * @param text any
     */
    static String of(final String text) {
        final StringBuilder plain = new StringBuilder();
        final boolean cut = text.length() > LONGEST;
        (cut ? text.substring(0, LONGEST) : text).codePoints()
            .map(c -> c == '\n' || c == '\t' ? ' ' : seen(c) ? c : '?').forEach(plain::appendCodePoint);
        return cut ? plain.append('…').toString() : plain.toString();
    }

    private static boolean seen(final int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}

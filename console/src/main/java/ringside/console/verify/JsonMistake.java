package ringside.console.verify;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/**
 * Where a text stops being JSON, and what is there.
 *
 * @param line   of the text, from 1
 * @param column of the text, from 1
 * @param reason in words of ours
 */
record JsonMistake(int line, int column, String reason) {
    private static final int LONGEST_WORD = 32;

    /** {@return what a parser found in a text} */
    static JsonMistake of(final String text, final JsonProcessingException found) {
        final JsonLocation location = found.getLocation();
        final int end = Math.clamp(location.getCharOffset(), 0, text.length());
        if (found instanceof JsonEOFException || end == text.length() && !isWord(found)) {
            return new JsonMistake(location.getLineNr(), location.getColumnNr(), "no JSON: it ends too early");
        }
        // The parser is behind a word that it does not know, and before anything else.
        int start = end;
        while (isWord(found) && start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1))) {
            start--;
        }
        final String what = start < end ? quoted(text.substring(start, Math.min(end, start + LONGEST_WORD)))
            : quoted(Character.toString(text.codePointAt(end)));
        return new JsonMistake(location.getLineNr(), location.getColumnNr() - (end - start),
            "no JSON: " + what + " is not expected here");
    }

    private static boolean isWord(final JsonProcessingException found) {
        return found.getOriginalMessage().contains(" token '");
    }

    private static String quoted(final String what) {
        return what.codePoints().anyMatch(Character::isISOControl)
            ? String.format("the character U+%04X", what.codePointAt(0)) : "'" + what + "'";
    }
}

package ringside.console.repl.command;

import ringside.console.repl.guest.RefusedException;

/** A text that can be looked at so many times and then refuses: no pattern takes for ever. */
final class BoundedText implements CharSequence {
    private final CharSequence text;
    private final int[] left;

    BoundedText(final CharSequence text, final int looks) {
        this(text, new int[] {looks});
    }

    private BoundedText(final CharSequence text, final int[] left) {
        this.text = text;
        this.left = left;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(final int index) {
        if (--left[0] < 0) {
            throw new RefusedException("this regular expression takes too long");
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(final int start, final int end) {
        return new BoundedText(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

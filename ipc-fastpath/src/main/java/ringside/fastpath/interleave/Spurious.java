package ringside.fastpath.interleave;

import java.util.Locale;

/** What an operation may say of a list that is not so, while another operation is under way. */
public enum Spurious {
    /** There is no room: another one holds it, perhaps only for the moment. */
    FULL,
    /** There is no value: the oldest one is only just being put. */
    EMPTY;

    /** {@return its name in declarations} */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

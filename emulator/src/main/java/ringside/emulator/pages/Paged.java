package ringside.emulator.pages;

import ringside.emulator.state.StateException;
import ringside.emulator.state.Stateful;

/** A part of a machine that has content in pages, which snapshots share, beside the state that it writes down. */
public interface Paged extends Stateful {
    /** {@return the content as it is; what did not change since the last time is shared with that map} */
    default PageMap pages() {
        return PageMap.EMPTY;
    }

    /**
     * Makes the content what it was.
     *
     * @param pages from anywhere
     * @throws StateException when they cannot be this part's
     */
    default void load(final PageMap pages) {
        if (pages.bytes() != 0) {
            throw new StateException("pages", "there are none in this part: bytes=" + pages.bytes());
        }
    }
}

package ringside.emulator.pages;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.state.StateException;

/**
 * Pages that somebody writes and that snapshots share: a snapshot costs the pages that were written since the one
 * before, and going back to one costs nothing.
 *
 * <pre>
 *   written   pages of our own, since the last map
 *   last      a map that snapshots may have, too; a page of it is copied when it is first written
 * </pre>
 */
public final class SharedPages {
    private final long bytes;
    private final boolean keepsZeros;
    private final Map<Integer, byte[]> written = new HashMap<>();
    private PageMap last;
    private int used;

    /** What a page holds before it is first written. */
    @FunctionalInterface
    public interface Below {
        /**
         * {@return 4 KiB for a page to begin with, which are the caller's from then on}
         *
         * @param number of the page
         * @throws IOException when there is no page to be had
         */
        byte[] page(int number) throws IOException;
    }

    /**
     * Makes pages none of which is there.
     *
     * @param bytes      how many bytes there are, at most 1 TiB; the last page may be a part of one
     * @param keepsZeros whether a page of zeros is another thing than none
     */
    public SharedPages(final long bytes, final boolean keepsZeros) {
        final long whole = Math.ceilDiv(bytes, (long) GuestRam.PAGE) * GuestRam.PAGE;
        if (bytes <= 0 || whole > PageMap.MOST_BYTES) {
            throw new IllegalArgumentException("pages hold 1 to " + PageMap.MOST_BYTES + " bytes: bytes=" + bytes);
        }
        this.bytes = bytes;
        this.keepsZeros = keepsZeros;
        last = PageMap.zeros(whole);
    }

    /** {@return how many pages are there} */
    public int used() {
        return used;
    }

    private MemorySegment page(final int number) {
        final byte[] own = written.get(number);
        final Page shared = own == null ? last.page(number) : null;
        return shared != null ? shared.content() : own == null ? null : MemorySegment.ofArray(own);
    }

    /**
     * Copies what is there; where no page is, the receiver stays as it is.
     *
     * @param at     the first byte
     * @param into   receives
     * @param length bytes from the beginning of {@code into}
     */
    public void read(final long at, final byte[] into, final int length) {
        int done = 0;
        while (done < length) {
            final int offset = (int) ((at + done) % GuestRam.PAGE);
            final int count = Math.min(length - done, GuestRam.PAGE - offset);
            final MemorySegment page = page((int) ((at + done) / GuestRam.PAGE));
            if (page != null) {
                MemorySegment.copy(page, ValueLayout.JAVA_BYTE, offset, into, done, count);
            }
            done += count;
        }
    }

    /**
     * Writes.
     *
     * @param at     the first byte
     * @param from   gives
     * @param length bytes from the beginning of {@code from}
     * @param below  asked for each page that is not there
     * @throws IOException that {@code below} throws; the pages before are written
     */
    public void write(final long at, final byte[] from, final int length, final Below below) throws IOException {
        int done = 0;
        while (done < length) {
            final int offset = (int) ((at + done) % GuestRam.PAGE);
            final int count = Math.min(length - done, GuestRam.PAGE - offset);
            System.arraycopy(from, done, own((int) ((at + done) / GuestRam.PAGE), below), offset, count);
            done += count;
        }
    }

    private byte[] own(final int number, final Below below) throws IOException {
        final byte[] known = written.get(number);
        if (known != null) {
            return known;
        }
        final Page shared = last.page(number);
        final byte[] page = shared == null ? below.page(number) : shared.content().toArray(ValueLayout.JAVA_BYTE);
        used += shared == null ? 1 : 0;
        written.put(number, page);
        return page;
    }

    /** {@return the pages as they are; what is as it was is shared with the map before} */
    public PageMap take() {
        final PageMap.Editor editor = new PageMap.Editor(last);
        written.forEach((number, content) -> {
            final Page before = last.page(number);
            final Page now = Page.of(content);
            if (!keepsZeros && now.isZeros()) {
                editor.set(number, null);
            } else if (before == null || before.content().mismatch(now.content()) >= 0) {
                editor.set(number, now);
            }
        });
        written.clear();
        last = editor.done();
        used = last.used();
        return last;
    }

    /**
     * Makes the pages what they were.
     *
     * @param wanted from anywhere
     * @throws StateException when such pages cannot have been taken here
     */
    public void restore(final PageMap wanted) {
        if (wanted.bytes() != last.bytes()) {
            throw new StateException("pages", "of another size: bytes=" + wanted.bytes() + " here=" + last.bytes());
        }
        final int tail = (int) (bytes % GuestRam.PAGE);
        final Page end = tail == 0 ? null : wanted.page(wanted.pages() - 1);
        if (end != null && end.content().asSlice(tail).mismatch(Page.ZEROS.asSlice(tail)) >= 0) {
            throw new StateException("pages", "something is behind the last byte: bytes=" + bytes);
        }
        if (!keepsZeros && wanted.holdsZeros()) {
            throw new StateException("pages", "a page of zeros is none here");
        }
        written.clear();
        last = wanted;
        used = wanted.used();
    }
}

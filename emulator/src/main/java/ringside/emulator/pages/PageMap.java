package ringside.emulator.pages;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.emulator.memory.GuestRam;

/**
 * The content of RAM or of a disk, immutable: a tree of pages of which two maps share whatever is the same in both.
 *
 * <pre>
 *   PageMap ── groups of 512 chunks (1 GiB) ── chunks of 512 pages (2 MiB) ── pages of 4 KiB
 * </pre>
 *
 * <p>So the next map costs the pages that changed with the chunks and groups around them, and its hash the same again.
 * {@code null} at any level: nothing is here, which in RAM means zeros, and in what was written to a disk means that
 * nothing was.
 */
public final class PageMap {
    static final int CHUNK_SHIFT = 9;
    static final int CHUNK_PAGES = 1 << CHUNK_SHIFT;
    /** What {@link #nextUsed} answers when there is none. */
    public static final int NONE = -1;
    /** The most that a map covers, bytes: the largest disk. */
    public static final long MOST_BYTES = 1L << 40;

    /** The map of no bytes. */
    public static final PageMap EMPTY = zeros(0);

    private static final int GROUP_SHIFT = 9;
    private static final int GROUP_CHUNKS = 1 << GROUP_SHIFT;
    private static final int GROUP_PAGES_SHIFT = GROUP_SHIFT + CHUNK_SHIFT;

    private final long bytes;
    private final Chunk[][] groups;
    private final int used;
    private final int zeros;
    private volatile byte[] digest;

    private PageMap(final long bytes, final Chunk[][] groups, final int used, final int zeros) {
        this.bytes = bytes;
        this.groups = groups;
        this.used = used;
        this.zeros = zeros;
    }

    /** 512 pages in a row. */
    private static final class Chunk {
        private final Page[] pages;
        private volatile byte[] digest;

        private Chunk(final Page[] pages) {
            this.pages = pages;
        }

        // What is below is hashed first, one after the other: the function takes one message at a time.
        private byte[] digest(final MessageDigest sha256) {
            byte[] known = digest;
            if (known == null) {
                for (final Page page : pages) {
                    if (page != null) {
                        page.digest(sha256);
                    }
                }
                for (int i = 0; i < pages.length; i++) {
                    if (pages[i] != null) {
                        Hashes.update(sha256, i);
                        sha256.update(pages[i].digest(sha256));
                    }
                }
                known = sha256.digest();
                digest = known;
            }
            return known;
        }
    }

    /**
     * {@return a map with nothing in it}
     *
     * @param bytes a multiple of 4 KiB
     */
    public static PageMap zeros(final long bytes) {
        final long pages = bytes / GuestRam.PAGE;
        final long groups = pages + (1 << GROUP_PAGES_SHIFT) - 1 >> GROUP_PAGES_SHIFT;
        return new PageMap(bytes, new Chunk[(int) groups][], 0, 0);
    }

    /** {@return bytes of RAM, or of the disk in whole pages} */
    public long bytes() {
        return bytes;
    }

    /** {@return pages of RAM} */
    int pages() {
        return (int) (bytes / GuestRam.PAGE);
    }

    private Chunk chunk(final int index) {
        final Chunk[] group = groups[index >> GROUP_SHIFT];
        return group == null ? null : group[index & GROUP_CHUNKS - 1];
    }

    /**
     * {@return a page, {@code null} for none}
     *
     * @param number of the page, from 0
     */
    public Page page(final int number) {
        final Chunk chunk = chunk(number >> CHUNK_SHIFT);
        return chunk == null ? null : chunk.pages[number & CHUNK_PAGES - 1];
    }

    /** {@return how many pages there are} */
    public int used() {
        return used;
    }

    /** {@return whether a page that is there holds nothing but zeros} */
    boolean holdsZeros() {
        return zeros != 0;
    }

    /**
     * {@return the number of the first page at or after one that is there, or {@link #NONE}}
     *
     * @param from a page's number
     */
    public int nextUsed(final int from) {
        int number = from;
        while (number < pages()) {
            final Chunk chunk = chunk(number >> CHUNK_SHIFT);
            if (chunk != null && chunk.pages[number & CHUNK_PAGES - 1] != null) {
                return number;
            }
            final int shift = groups[number >> GROUP_PAGES_SHIFT] == null ? GROUP_PAGES_SHIFT
                    : chunk == null ? CHUNK_SHIFT : 0;
            number = (number >> shift) + 1 << shift;
        }
        return NONE;
    }

    /**
     * {@return how many pages are here and not in an older map: what this one costs beside it}
     *
     * @param older of the same size
     */
    public int newSince(final PageMap older) {
        return (int) older.differences(this).stream().filter(number -> page(number) != null).count();
    }

    /**
     * {@return RAM as it is now}
     *
     * @param ram     as large as this
     * @param changed numbers of the pages that may differ from this; all others are as here
     */
    PageMap next(final MemorySegment ram, final BitSet changed) {
        final Editor editor = new Editor(this);
        for (int number = changed.nextSetBit(0); number >= 0; number = changed.nextSetBit(number + 1)) {
            editor.setIfOther(number, ram, (long) number * GuestRam.PAGE);
        }
        return editor.done();
    }

    /**
     * {@return RAM as it was when its changed pages were copied}
     *
     * @param copies  the changed pages, one behind the other
     * @param changed their numbers; all others are as here
     */
    PageMap nextOfCopies(final MemorySegment copies, final BitSet changed) {
        final Editor editor = new Editor(this);
        long at = 0;
        for (int number = changed.nextSetBit(0); number >= 0; number = changed.nextSetBit(number + 1)) {
            editor.setIfOther(number, copies, at);
            at += GuestRam.PAGE;
        }
        return editor.done();
    }

    /** Writes those of some pages to RAM that differ there. */
    void copyTo(final GuestRam ram, final BitSet numbers) {
        for (int number = numbers.nextSetBit(0); number >= 0; number = numbers.nextSetBit(number + 1)) {
            final long address = (long) number * GuestRam.PAGE;
            final Page page = page(number);
            if (!Page.isAt(page, ram.segment(), address)) {
                ram.write(address, page == null ? Page.ZEROS : page.content());
            }
        }
    }

    /** {@return the numbers of the pages in which two maps of the same size may differ; shared parts are skipped} */
    BitSet differences(final PageMap other) {
        final BitSet found = new BitSet();
        for (int group = 0; group < groups.length; group++) {
            for (int i = 0; groups[group] != other.groups[group] && i < GROUP_CHUNKS; i++) {
                final int index = (group << GROUP_SHIFT) + i;
                addDifferences(chunk(index), other.chunk(index), index << CHUNK_SHIFT, found);
            }
        }
        return found;
    }

    private static void addDifferences(final Chunk mine, final Chunk others, final int first, final BitSet found) {
        for (int i = 0; mine != others && i < CHUNK_PAGES; i++) {
            final Page page = mine == null ? null : mine.pages[i];
            if (page != (others == null ? null : others.pages[i])) {
                found.set(first + i);
            }
        }
    }

    /** {@return SHA-256 over size, numbers and contents of all pages that are there} */
    public byte[] digest() {
        byte[] known = digest;
        if (known == null) {
            final MessageDigest sha256 = Hashes.sha256();
            eachChunk((index, chunk) -> chunk.digest(sha256));
            Hashes.update(sha256, bytes);
            eachChunk((index, chunk) -> {
                Hashes.update(sha256, index);
                sha256.update(chunk.digest(sha256));
            });
            known = sha256.digest();
            digest = known;
        }
        return known.clone();
    }

    private interface ChunkAction {
        void on(int index, Chunk chunk);
    }

    private void eachChunk(final ChunkAction action) {
        for (int group = 0; group < groups.length; group++) {
            for (int i = 0; groups[group] != null && i < GROUP_CHUNKS; i++) {
                if (groups[group][i] != null) {
                    action.on((group << GROUP_SHIFT) + i, groups[group][i]);
                }
            }
        }
    }

    /** {@return the same as 64 hex digits} */
    public String hash() {
        return HexFormat.of().formatHex(digest());
    }

    /** {@return the first 8 bytes of the SHA-256 of each page that is there, by its number, rising} */
    public SortedMap<Integer, Long> fingerprints() {
        final MessageDigest sha256 = Hashes.sha256();
        final SortedMap<Integer, Long> found = new TreeMap<>();
        for (int number = nextUsed(0); number != NONE; number = nextUsed(number + 1)) {
            found.put(number, ByteBuffer.wrap(page(number).digest(sha256)).getLong());
        }
        return found;
    }

    /** Makes a map out of another one by changing pages; copies a chunk, and its group, when it first changes. */
    public static final class Editor {
        private final PageMap before;
        private final BitSet changed = new BitSet();
        private Chunk[][] groups;
        private int used;
        private int zeros;

        /**
         * Begins.
         *
         * @param before the map to change
         */
        public Editor(final PageMap before) {
            this.before = Objects.requireNonNull(before, "before");
            groups = before.groups;
            used = before.used;
            zeros = before.zeros;
        }

        /**
         * Sets a page.
         *
         * @param number of the page, from 0
         * @param page   what it holds; {@code null} for none
         */
        public void set(final int number, final Page page) {
            final Page[] pages = own(number >> CHUNK_SHIFT).pages;
            final int at = number & CHUNK_PAGES - 1;
            count(pages[at], -1);
            count(page, 1);
            pages[at] = page;
        }

        private void setIfOther(final int number, final MemorySegment memory, final long address) {
            if (!Page.isAt(before.page(number), memory, address)) {
                set(number, Page.copyOf(memory, address));
            }
        }

        private void count(final Page page, final int by) {
            if (page != null) {
                used += by;
                zeros += page.isZeros() ? by : 0;
            }
        }

        private Chunk own(final int index) {
            final int group = index >> GROUP_SHIFT;
            if (groups == before.groups) {
                groups = groups.clone();
            }
            if (groups[group] == null) {
                groups[group] = new Chunk[GROUP_CHUNKS];
            } else if (groups[group] == before.groups[group]) {
                groups[group] = groups[group].clone();
            }
            final int at = index & GROUP_CHUNKS - 1;
            if (!changed.get(index)) {
                final Chunk chunk = groups[group][at];
                groups[group][at] = new Chunk(chunk == null ? new Page[CHUNK_PAGES] : chunk.pages.clone());
                changed.set(index);
            }
            return groups[group][at];
        }

        /** {@return the map; chunks that have become empty are none, so that equal contents are equal trees} */
        public PageMap done() {
            if (groups == before.groups) {
                return before;
            }
            for (int index = changed.nextSetBit(0); index >= 0; index = changed.nextSetBit(index + 1)) {
                final int group = index >> GROUP_SHIFT;
                if (isEmpty(groups[group][index & GROUP_CHUNKS - 1].pages)) {
                    groups[group][index & GROUP_CHUNKS - 1] = null;
                }
            }
            return new PageMap(before.bytes, groups, used, zeros);
        }

        private static boolean isEmpty(final Object[] things) {
            return Arrays.stream(things).allMatch(Objects::isNull);
        }
    }
}

package ringside.emulator.snapshot;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.emulator.memory.GuestRam;

/**
 * The content of RAM, immutable: a tree of pages of which two maps share whatever is the same in both.
 *
 * <pre>
 *   PageMap ── chunks of 512 pages (2 MiB) ── pages of 4 KiB       null, at both levels: nothing but zeros
 * </pre>
 *
 * <p>So the next map costs the pages that changed and the chunks around them, and its hash the same again.
 */
public final class PageMap {
    static final int CHUNK_SHIFT = 9;
    static final int CHUNK_PAGES = 1 << CHUNK_SHIFT;

    private final long bytes;
    private final Chunk[] chunks;
    private volatile byte[] digest;

    private PageMap(final long bytes, final Chunk[] chunks) {
        this.bytes = bytes;
        this.chunks = chunks;
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
     * {@return RAM that is all zeros}
     *
     * @param bytes a multiple of 4 KiB
     */
    static PageMap zeros(final long bytes) {
        final long pages = bytes / GuestRam.PAGE;
        return new PageMap(bytes, new Chunk[(int) (pages + CHUNK_PAGES - 1 >> CHUNK_SHIFT)]);
    }

    /** {@return bytes of RAM} */
    public long bytes() {
        return bytes;
    }

    /** {@return pages of RAM} */
    int pages() {
        return (int) (bytes / GuestRam.PAGE);
    }

    /** {@return the page with that number, {@code null} for zeros} */
    Page page(final int number) {
        final Chunk chunk = chunks[number >> CHUNK_SHIFT];
        return chunk == null ? null : chunk.pages[number & CHUNK_PAGES - 1];
    }

    /** {@return how many pages hold something else than zeros} */
    public int used() {
        int count = 0;
        for (final Chunk chunk : chunks) {
            if (chunk != null) {
                for (final Page page : chunk.pages) {
                    count += page == null ? 0 : 1;
                }
            }
        }
        return count;
    }

    /**
     * {@return how many pages are here and not in an older map: what this one costs beside it}
     *
     * @param older of RAM of the same size
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
            final long address = (long) number * GuestRam.PAGE;
            if (!Page.isAt(page(number), ram, address)) {
                editor.set(number, Page.copyOf(ram, address));
            }
        }
        return editor.done();
    }

    /** Writes those of some pages to RAM that differ there. */
    void copyTo(final GuestRam ram, final BitSet numbers) {
        for (int number = numbers.nextSetBit(0); number >= 0; number = numbers.nextSetBit(number + 1)) {
            final long address = (long) number * GuestRam.PAGE;
            final Page page = page(number);
            if (!Page.isAt(page, ram.segment(), address)) {
                ram.write(address, page == null ? Page.NOTHING : page.bytes(), 0, GuestRam.PAGE);
            }
        }
    }

    /** {@return the numbers of the pages in which two maps of the same RAM may differ; shared parts are skipped} */
    BitSet differences(final PageMap other) {
        final BitSet found = new BitSet();
        for (int index = 0; index < chunks.length; index++) {
            final Chunk mine = chunks[index];
            final Chunk others = other.chunks[index];
            for (int i = 0; mine != others && i < CHUNK_PAGES; i++) {
                final Page page = mine == null ? null : mine.pages[i];
                if (page != (others == null ? null : others.pages[i])) {
                    found.set((index << CHUNK_SHIFT) + i);
                }
            }
        }
        return found;
    }

    /** {@return SHA-256 over size, numbers and contents of all pages that are not zeros} */
    byte[] digest() {
        byte[] known = digest;
        if (known == null) {
            final MessageDigest sha256 = Hashes.sha256();
            for (final Chunk chunk : chunks) {
                if (chunk != null) {
                    chunk.digest(sha256);
                }
            }
            Hashes.update(sha256, bytes);
            for (int index = 0; index < chunks.length; index++) {
                if (chunks[index] != null) {
                    Hashes.update(sha256, index);
                    sha256.update(chunks[index].digest(sha256));
                }
            }
            known = sha256.digest();
            digest = known;
        }
        return known.clone();
    }

    /** {@return the same as 64 hex digits} */
    public String hash() {
        return HexFormat.of().formatHex(digest());
    }

    /** {@return the first 8 bytes of the SHA-256 of each page that is not all zeros, by its number, rising} */
    public SortedMap<Integer, Long> fingerprints() {
        final MessageDigest sha256 = Hashes.sha256();
        final SortedMap<Integer, Long> found = new TreeMap<>();
        for (int number = 0; number < pages(); number++) {
            final Page page = page(number);
            if (page != null) {
                found.put(number, ByteBuffer.wrap(page.digest(sha256)).getLong());
            }
        }
        return found;
    }

    /** Makes a map out of another one by changing pages; copies a chunk when it first changes. */
    static final class Editor {
        private final PageMap before;
        private final Chunk[] chunks;

        Editor(final PageMap before) {
            this.before = Objects.requireNonNull(before, "before");
            chunks = before.chunks.clone();
        }

        /** Sets a page; {@code null} for zeros. */
        void set(final int number, final Page page) {
            final int index = number >> CHUNK_SHIFT;
            final Chunk chunk = chunks[index];
            if (chunk == null || chunk == before.chunks[index]) {
                chunks[index] = new Chunk(chunk == null ? new Page[CHUNK_PAGES] : chunk.pages.clone());
            }
            chunks[index].pages[number & CHUNK_PAGES - 1] = page;
        }

        /** {@return the map; chunks that have become all zeros are none, so that equal contents are equal trees} */
        PageMap done() {
            for (int index = 0; index < chunks.length; index++) {
                final Chunk chunk = chunks[index];
                if (chunk != null && chunk != before.chunks[index] && isEmpty(chunk)) {
                    chunks[index] = null;
                }
            }
            return new PageMap(before.bytes, chunks);
        }

        private static boolean isEmpty(final Chunk chunk) {
            for (final Page page : chunk.pages) {
                if (page != null) {
                    return false;
                }
            }
            return true;
        }
    }
}

package ringside.emulator.pages;

import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.Arrays;
import ringside.emulator.memory.GuestRam;

/** What one page of RAM or of a disk held. Immutable, and shared by all snapshots in which it is the same. */
public final class Page {
    /** A page of zeros; nobody changes it. */
    static final byte[] NOTHING = new byte[GuestRam.PAGE];

    static final MemorySegment ZEROS = MemorySegment.ofArray(NOTHING).asReadOnly();

    private final MemorySegment content;
    private final boolean zeros;
    private volatile byte[] digest;

    private Page(final MemorySegment content, final boolean zeros) {
        this.content = content;
        this.zeros = zeros;
    }

    /**
     * {@return a page, zeros or not}
     *
     * @param bytes 4 KiB; not copied, nobody changes them from here on
     */
    public static Page of(final byte[] bytes) {
        return new Page(MemorySegment.ofArray(bytes).asReadOnly(), Arrays.equals(bytes, NOTHING));
    }

    /** {@return the page of RAM at {@code address}; {@code null} for nothing but zeros} */
    static Page copyOf(final MemorySegment ram, final long address) {
        final MemorySegment page = ram.asSlice(address, GuestRam.PAGE);
        return page.mismatch(ZEROS) < 0 ? null : new Page(PageMemory.page().copyFrom(page).asReadOnly(), false);
    }

    /** {@return whether all bytes are 0} */
    public boolean isZeros() {
        return zeros;
    }

    /** {@return whether RAM at {@code address} holds {@code page}, {@code null} for zeros} */
    static boolean isAt(final Page page, final MemorySegment ram, final long address) {
        final MemorySegment content = page == null ? ZEROS : page.content;
        return MemorySegment.mismatch(ram, address, address + GuestRam.PAGE, content, 0, GuestRam.PAGE) < 0;
    }

    /** {@return its 4 KiB, read-only} */
    public MemorySegment content() {
        return content;
    }

    /**
     * {@return SHA-256 of the bytes; computed when first asked for}
     *
     * @param sha256 to compute it with; nothing is in it before or after
     */
    public byte[] digest(final MessageDigest sha256) {
        byte[] known = digest;
        if (known == null) {
            sha256.update(content.asByteBuffer());
            known = sha256.digest();
            digest = known;
        }
        return known;
    }
}

package ringside.emulator.snapshot;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import ringside.emulator.memory.GuestRam;

/** What one page of RAM held. Immutable, and shared by all snapshots in which it is the same. */
final class Page {
    /** A page of zeros; nobody changes it. */
    static final byte[] NOTHING = new byte[GuestRam.PAGE];

    private static final MemorySegment ZEROS = MemorySegment.ofArray(NOTHING).asReadOnly();

    private final byte[] bytes;
    private volatile byte[] digest;

    private Page(final byte[] bytes) {
        this.bytes = bytes;
    }

    /** {@return the page of RAM at {@code address}; {@code null} for nothing but zeros} */
    static Page copyOf(final MemorySegment ram, final long address) {
        final MemorySegment page = ram.asSlice(address, GuestRam.PAGE);
        return page.mismatch(ZEROS) < 0 ? null : new Page(page.toArray(ValueLayout.JAVA_BYTE));
    }

    /** {@return a page of the array's bytes from {@code offset} on; {@code null} for nothing but zeros} */
    static Page copyOf(final byte[] from, final int offset) {
        return copyOf(MemorySegment.ofArray(from), offset);
    }

    /** {@return whether RAM at {@code address} holds {@code page}, {@code null} for zeros} */
    static boolean isAt(final Page page, final MemorySegment ram, final long address) {
        final MemorySegment content = page == null ? ZEROS : MemorySegment.ofArray(page.bytes);
        return MemorySegment.mismatch(ram, address, address + GuestRam.PAGE, content, 0, GuestRam.PAGE) < 0;
    }

    /** {@return the bytes themselves, which nobody changes} */
    byte[] bytes() {
        return bytes;
    }

    /** {@return SHA-256 of the bytes; computed when first asked for} */
    byte[] digest(final MessageDigest sha256) {
        byte[] known = digest;
        if (known == null) {
            known = sha256.digest(bytes);
            digest = known;
        }
        return known;
    }
}

package ringside.emulator.snapshot;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.pages.Hashes;
import ringside.emulator.pages.PageMap;
import ringside.toolchain.platform.PcLayout;

/** What one part of a machine saved of itself: bytes, and pages that snapshots share. Immutable. */
public final class StatePart {
    /** The longest name, characters. */
    public static final int LONGEST_NAME = 64;
    /** The most bytes of one part, and the most of its pages. */
    public static final int MOST_BYTES = 512 << 20;
    /** The most parts with pages: the disks. */
    public static final int MOST_PAGED = PcLayout.MOST_DISKS;

    private final String name;
    private final byte[] bytes;
    private final boolean hashed;
    private final PageMap pages;
    private volatile byte[] digest;

    /**
     * Makes a part without pages; refuses what no file could hold.
     *
     * @param name   of the part, unique in a snapshot, e.g. {@code cpu 0}
     * @param bytes  as {@link ringside.emulator.state.StateWriter} has them; not copied, nobody changes them
     * @param hashed whether the state hash covers it: all that the guest can ever notice, and nothing else
     */
    public StatePart(final String name, final byte[] bytes, final boolean hashed) {
        this(name, bytes, hashed, PageMap.EMPTY);
    }

    /**
     * Makes a part; refuses what no file could hold.
     *
     * @param name   of the part, unique in a snapshot, e.g. {@code cpu 0}
     * @param bytes  as {@link ringside.emulator.state.StateWriter} has them; not copied, nobody changes them
     * @param hashed whether the state hash covers it: all that the guest can ever notice, and nothing else
     * @param pages  its content; {@link PageMap#EMPTY} for none
     */
    public StatePart(final String name, final byte[] bytes, final boolean hashed, final PageMap pages) {
        this.name = name;
        this.pages = Objects.requireNonNull(pages, "pages");
        this.bytes = Objects.requireNonNull(bytes, "bytes");
        this.hashed = hashed;
        if (name.isEmpty() || name.length() > LONGEST_NAME || !name.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("a part has a name of 1 to " + LONGEST_NAME
                    + " printable characters: name=" + name);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a part has at most " + MOST_BYTES + " bytes: name=" + name + " bytes=" + bytes.length);
        }
        if ((long) pages.used() * GuestRam.PAGE > MOST_BYTES) {
            throw new IllegalArgumentException("a part has at most " + MOST_BYTES / GuestRam.PAGE + " pages: name="
                    + name + " pages=" + pages.used());
        }
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return what it saved; nobody changes it} */
    public byte[] bytes() {
        return bytes;
    }

    /** {@return its content in pages} */
    public PageMap pages() {
        return pages;
    }

    /** {@return whether the state hash covers it} */
    public boolean hashed() {
        return hashed;
    }

    /** {@return SHA-256 of the bytes, and of the pages where a part has any; computed when first asked for} */
    byte[] digest(final MessageDigest sha256) {
        byte[] known = digest;
        if (known == null) {
            final byte[] content = pages.digest();
            sha256.update(bytes);
            if (pages.bytes() > 0) {
                sha256.update(content);
            }
            known = sha256.digest();
            digest = known;
        }
        return known;
    }

    /** {@return the same as 64 hex digits} */
    public String hash() {
        return HexFormat.of().formatHex(digest(Hashes.sha256()));
    }
}

package ringside.emulator.snapshot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import ringside.emulator.pages.Hashes;
import ringside.emulator.pages.PageMap;

/**
 * All of a machine between two runs: what it is made of, where it stands, and the state of its RAM and of each part.
 *
 * <p>Immutable. RAM and disks are shared page by page with the snapshots before and after, so keeping many costs what
 * changed between them. A machine takes it up again however often, and so does any other machine of the same make.
 */
public final class Snapshot {
    /** The longest description of a machine's make, characters. */
    public static final int LONGEST_MAKE = 64 << 10;
    /** The most parts. */
    public static final int MOST_PARTS = 1024;

    private static final String HASHED = "ringside state 1";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private static volatile String lastMake = "";

    private final String image;
    private final String make;
    private final long steps;
    private final long cycles;
    private final Supplier<PageMap> ram;
    private final List<StatePart> parts;
    private volatile String hash;

    /**
     * Makes a snapshot of what was saved.
     *
     * @param image  SHA-256 of the image that was booted, 64 hex digits
     * @param make   what the machine is made of, one line; equal for machines that behave alike
     * @param steps  where the machine stands
     * @param cycles where its clock stands
     * @param ram    RAM
     * @param parts  all else, in an order that depends on the machine's make only
     */
    public Snapshot(final String image, final String make, final long steps, final long cycles, final PageMap ram,
            final List<StatePart> parts) {
        this(image, make, steps, cycles, always(ram), parts);
    }

    /**
     * Makes a snapshot of what was saved, whose RAM may still be put away.
     *
     * @param image  as above
     * @param make   as above
     * @param steps  as above
     * @param cycles as above
     * @param ram    gives RAM, the same one each time, from any thread
     * @param parts  as above
     */
    public Snapshot(final String image, final String make, final long steps, final long cycles,
            final Supplier<PageMap> ram, final List<StatePart> parts) {
        this.image = Objects.requireNonNull(image, "image");
        this.make = Objects.requireNonNull(make, "make");
        this.ram = Objects.requireNonNull(ram, "ram");
        this.steps = steps;
        this.cycles = cycles;
        this.parts = List.copyOf(parts);
        if (!SHA256.matcher(image).matches()) {
            throw new IllegalArgumentException("an image is named by its SHA-256: image=" + image);
        }
        // A machine gives the same text each time.
        if (!make.equals(lastMake) && (make.length() > LONGEST_MAKE
                || !make.chars().allMatch(c -> c >= ' ' && c <= '~'))) {
            throw new IllegalArgumentException("a machine's make is one printable line of at most " + LONGEST_MAKE
                    + " characters: length=" + make.length());
        }
        lastMake = make;
        if (steps < 0 || cycles < 0) {
            throw new IllegalArgumentException("time begins at 0: steps=" + steps + " cycles=" + cycles);
        }
        final Set<String> names = new HashSet<>();
        for (final StatePart part : this.parts) {
            if (!names.add(part.name())) {
                throw new IllegalArgumentException("two parts have one name: name=" + part.name());
            }
        }
        if (this.parts.size() > MOST_PARTS) {
            throw new IllegalArgumentException("too many parts: parts=" + this.parts.size());
        }
        final long paged = this.parts.stream().filter(part -> part.pages().bytes() > 0).count();
        if (paged > StatePart.MOST_PAGED) {
            throw new IllegalArgumentException("too many parts with pages: parts=" + paged);
        }
    }

    private static Supplier<PageMap> always(final PageMap ram) {
        Objects.requireNonNull(ram, "ram");
        return () -> ram;
    }

    /** {@return SHA-256 of the image that was booted, 64 hex digits} */
    public String image() {
        return image;
    }

    /** {@return what the machine is made of, one line; only a machine of the same make takes this up} */
    public String make() {
        return make;
    }

    /** {@return where the machine stands: instructions, repetitions, exceptions, interrupts and idle waits} */
    public long steps() {
        return steps;
    }

    /** {@return where the machine's clock stands} */
    public long cycles() {
        return cycles;
    }

    /** {@return RAM; who asks for it while it is still put away waits} */
    public PageMap ram() {
        return ram.get();
    }

    /** {@return all else, in a fixed order} */
    public List<StatePart> parts() {
        return parts;
    }

    /**
     * {@return what a part saved}
     *
     * @param name of the part
     */
    public Optional<byte[]> part(final String name) {
        return parts.stream().filter(part -> part.name().equals(name)).map(StatePart::bytes).findFirst();
    }

    /**
     * {@return the pages of a part}
     *
     * @param name of the part
     */
    public Optional<PageMap> pages(final String name) {
        return parts.stream().filter(part -> part.name().equals(name)).map(StatePart::pages).findFirst();
    }

    /**
     * {@return the state hash: SHA-256 over RAM and over the name and content of every part that the guest can notice,
     * 64 hex digits}
     *
     * <p>Equal states have equal hashes, whichever way the machine got there.
     */
    public String hash() {
        if (hash == null) {
            final MessageDigest sha256 = Hashes.sha256();
            final byte[] pages = ram().digest();
            parts.forEach(part -> part.digest(sha256));
            sha256.update(HASHED.getBytes(StandardCharsets.US_ASCII));
            sha256.update(pages);
            for (final StatePart part : parts) {
                if (part.hashed()) {
                    Hashes.update(sha256, part.name().length());
                    sha256.update(part.name().getBytes(StandardCharsets.US_ASCII));
                    sha256.update(part.digest(sha256));
                }
            }
            hash = HexFormat.of().formatHex(sha256.digest());
        }
        return hash;
    }
}

package ringside.profiler.export;

import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import ringside.toolchain.image.SourceLine;

/**
 * What an export says about the guest beside its profile.
 *
 * @param name    of the image
 * @param sha256  of the image
 * @param version of Ringside
 * @param lines   the source line of an address
 */
public record ProfiledGuest(String name, String sha256, String version, LongFunction<Optional<SourceLine>> lines) {
    /** Refuses what is missing. */
    public ProfiledGuest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(lines, "lines");
    }

    String title() {
        return plain(name) + ", SHA-256 " + sha256.substring(0, Math.min(12, sha256.length()));
    }

    /** A name out of an image, which may hold anything, as one line of printable text. */
    static String plain(final String name) {
        final StringBuilder text = new StringBuilder();
        name.codePoints().map(c -> Character.isISOControl(c) || !Character.isDefined(c)
            || Character.getType(c) == Character.SURROGATE || c >= 0xFFFE ? '?' : c).forEach(text::appendCodePoint);
        return text.toString();
    }
}

package ringside.console.report;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ringside.toolchain.image.SourceLine;

/**
 * The words of source lines, for as far as the sources are on this machine. Nothing depends on them: a listing without
 * them is complete.
 */
public final class SourceTexts {
    /** A larger file is no source that a person wrote. */
    private static final long MOST_BYTES = 4L << 20;

    private final List<Path> roots;
    private final Map<String, List<String>> files = new HashMap<>();

    /**
     * Looks nowhere yet.
     *
     * @param roots directories that source paths may be relative to; the first that has a file wins
     */
    public SourceTexts(final List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * {@return the text of a line, without the white space around it; empty where it is not to be had}
     *
     * @param line which
     */
    public Optional<String> text(final SourceLine line) {
        final List<String> lines = files.computeIfAbsent(line.file(), this::read);
        return line.line() <= lines.size() ? Optional.of(lines.get(line.line() - 1).strip()) : Optional.empty();
    }

    private List<String> read(final String file) {
        for (final Path root : roots) {
            try {
                final Path path = root.resolve(file).normalize();
                // The name came out of an image: it must not lead anywhere else.
                if (path.startsWith(root.normalize()) && Files.isRegularFile(path) && Files.size(path) <= MOST_BYTES) {
                    return Files.readAllLines(path, StandardCharsets.UTF_8);
                }
            } catch (final InvalidPathException | CharacterCodingException notASource) {
                return List.of();
            } catch (final IOException unreadable) {
                // The next root may have it.
                continue;
            }
        }
        return List.of();
    }
}

package ringside.console.report;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.SourceLine;

/**
 * The words of source lines, for as far as the sources can be had. Nothing depends on them: a listing without them is
 * complete.
 */
public final class SourceTexts {
    /** A relative path that leads nowhere but down: names come out of images, which are hostile. */
    private static final Pattern DOWNWARDS =
        Pattern.compile("(?!\\.{1,2}(/|$))[^/\\\\\0:]+(/(?!\\.{1,2}(/|$))[^/\\\\\0:]+)*");

    private final SourceTree sources;
    private final Map<String, List<String>> files = new HashMap<>();

    /**
     * Reads nothing yet.
     *
     * @param sources where files are looked for
     */
    public SourceTexts(final SourceTree sources) {
        this.sources = Objects.requireNonNull(sources, "sources");
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

    /**
     * {@return the text of a line with its indentation; empty where it is not to be had}
     *
     * @param line which
     */
    public Optional<String> whole(final SourceLine line) {
        final List<String> lines = files.computeIfAbsent(line.file(), this::read);
        return line.line() <= lines.size() ? Optional.of(lines.get(line.line() - 1)) : Optional.empty();
    }

    private List<String> read(final String file) {
        if (!DOWNWARDS.matcher(file).matches()) {
            return List.of();
        }
        try {
            return sources.read(file).map(text -> text.lines().toList()).orElse(List.of());
        } catch (final UncheckedIOException unreadable) {
            return List.of();
        }
    }
}

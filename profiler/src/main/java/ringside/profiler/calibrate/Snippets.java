package ringside.profiler.calibrate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ringside.toolchain.asm.Assembler;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;

/** The snippets that come with Ringside, one file each beside this class; {@code snippets.txt} lists them. */
public final class Snippets {
    private static final String INDEX = "snippets.txt";
    private static final String SUFFIX = ".asm";

    private Snippets() {
    }

    /** {@return the names of all, sorted} */
    public static List<String> names() {
        return text(INDEX).lines().toList();
    }

    /**
     * {@return what a snippet does, in a line}
     *
     * @param name one of {@link #names}
     */
    public static String title(final String name) {
        return SnippetHeader.parse(name, source(name)).title();
    }

    /** {@return all, sorted by name} */
    public static List<Snippet> all() {
        return of(names());
    }

    /**
     * {@return some, in the order asked for}
     *
     * @param names of them
     * @throws CalibrationException when there is no such snippet
     */
    public static List<Snippet> of(final List<String> names) {
        final List<Snippet> snippets = new ArrayList<>();
        final SourceTree tree = path -> Optional.of(text(path));
        try (Assembler assembler = Assembler.start(tree)) {
            for (final String name : names) {
                snippets.add(snippet(name, source(name), assembler.assemble(name + SUFFIX, Map.of())));
            }
        }
        return snippets;
    }

    /**
     * {@return a snippet made of its text}
     *
     * @param name   of it
     * @param source the text of its file
     */
    public static Snippet of(final String name, final String source) {
        try (Assembler assembler = Assembler.start(SourceTree.of(Map.of(name + SUFFIX, source)))) {
            return snippet(name, source, assembler.assemble(name + SUFFIX, Map.of()));
        }
    }

    private static Snippet snippet(final String name, final String source, final ObjectCode object) {
        if (object.sections().size() != 1) {
            throw new CalibrationException("snippet " + name + ": it has code only, in one section: sections="
                    + object.sections().stream().map(ObjectSection::name).toList());
        }
        final ObjectSection text = object.sections().getFirst();
        if (!text.relocations().isEmpty() || text.zeroBytes() != 0) {
            throw new CalibrationException("snippet " + name + ": its code depends on its address: symbol="
                    + text.relocations().stream().map(hole -> hole.symbol()).findFirst().orElse("none"));
        }
        if (label(name, object, "snippet") != 0) {
            throw new CalibrationException("snippet " + name + ": it begins with the label 'snippet'");
        }
        return new Snippet(name, SnippetHeader.parse(name, source), text.bytes(),
                label(name, object, "snippet.iterate"), label(name, object, "snippet.done"));
    }

    private static int label(final String name, final ObjectCode object, final String label) {
        return object.symbols().stream().filter(symbol -> symbol.name().equals(label)).mapToInt(
                symbol -> (int) symbol.value()).findFirst().orElseThrow(
                        () -> new CalibrationException("snippet " + name + ": it has no label " + label));
    }

    private static String source(final String name) {
        if (!names().contains(name)) {
            throw new CalibrationException("there is no snippet of this name: snippet=" + name);
        }
        return text(name + SUFFIX);
    }

    private static String text(final String file) {
        try (InputStream in = Snippets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new CalibrationException("a file of Ringside is missing: file=" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

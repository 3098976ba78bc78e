package ringside.toolchain.asm;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where assembly sources and includes come from: texts by path.
 *
 * <p>A path is relative, with forward slashes, and normal: no empty part, no {@code .} and no {@code ..}. The
 * assembler asks with normal paths only, so that no include leads out of the tree.
 */
@FunctionalInterface
public interface SourceTree {
    /**
     * {@return the text at a path, or empty where there is none}
     *
     * @param path relative and normal
     * @throws java.io.UncheckedIOException when it is there and cannot be read
     */
    Optional<String> read(String path);

    /**
     * {@return this tree, and where it has no text, the one below}
     *
     * @param below is asked second
     */
    default SourceTree over(final SourceTree below) {
        return path -> read(path).or(() -> below.read(path));
    }

    /**
     * {@return the files below a directory; UTF-8}
     *
     * @param root the directory
     */
    static SourceTree directory(final Path root) {
        return path -> SourceFiles.inDirectory(root, path);
    }

    /**
     * {@return the resources below a folder of a class's module; UTF-8}
     *
     * <p>Another module's resources are visible only where no package has their folder's name or the package is
     * open (see {@link Module#getResourceAsStream}); a hyphen in the folder's name is enough.
     *
     * @param anchor any class of the module
     * @param root   the folder, forward slashes, no slash at either end
     */
    static SourceTree resources(final Class<?> anchor, final String root) {
        return path -> SourceFiles.inModule(anchor.getModule(), root + "/" + path);
    }

    /**
     * {@return the texts of a map}
     *
     * @param texts path to text
     */
    static SourceTree of(final Map<String, String> texts) {
        final Map<String, String> copy = new TreeMap<>(texts);
        return path -> Optional.ofNullable(copy.get(path));
    }
}

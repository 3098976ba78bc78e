package ringside.console.history;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What git says of a directory's sources. */
public final class SourceCommit {
    private static final int MOST_BYTES = 1 << 16;

    private SourceCommit() {
    }

    /**
     * {@return the commit that a directory stands at, with {@code -dirty} where a file that git knows is another one;
     * empty where there is no git or the directory is not under it}
     *
     * @param directory any
     */
    public static String of(final Path directory) {
        final String commit = git(directory, "rev-parse", "--verify", "--quiet", "HEAD").orElse("").strip();
        if (!commit.matches("[0-9a-f]{40,64}")) {
            return "";
        }
        final boolean dirty = git(directory, "status", "--porcelain", "--untracked-files=no")
            .filter(text -> !text.isEmpty()).isPresent();
        return dirty ? commit + "-dirty" : commit;
    }

    private static Optional<String> git(final Path directory, final String... words) {
        final List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(words));
        try {
            final Process git = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            git.getOutputStream().close();
            final byte[] said = git.getInputStream().readNBytes(MOST_BYTES);
            git.getInputStream().transferTo(OutputStream.nullOutputStream());
            return git.waitFor() == 0 ? Optional.of(new String(said, StandardCharsets.UTF_8)) : Optional.empty();
        } catch (final IOException noGit) {
            return Optional.empty();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException("interrupted", new IOException(interrupted));
        }
    }
}

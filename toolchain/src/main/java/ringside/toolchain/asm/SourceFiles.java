package ringside.toolchain.asm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Reads source texts, bounded in size and strict in their encoding; and makes paths normal. */
final class SourceFiles {
    private SourceFiles() {
    }

    static Optional<String> inDirectory(final Path root, final String path) {
        final Path file = root.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(text(in));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<String> inModule(final Module module, final String path) {
        try (InputStream in = module.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(text(in));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(final InputStream in) throws IOException {
        final byte[] bytes = in.readNBytes(Limits.FILE_BYTES + 1);
        if (bytes.length > Limits.FILE_BYTES) {
            throw new IOException("longer than " + Limits.FILE_BYTES + " bytes");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (final CharacterCodingException e) {
            throw new IOException("not UTF-8", e);
        }
    }

    /** {@return the path without {@code .} and {@code ..}, or empty when it leads out of the tree or is absolute} */
    static Optional<String> normal(final String path) {
        if (path.isEmpty() || path.startsWith("/") || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        final Deque<String> parts = new ArrayDeque<>();
        for (final String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (!part.equals("..")) {
                parts.addLast(part);
            } else if (parts.pollLast() == null) {
                return Optional.empty();
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
    }
}

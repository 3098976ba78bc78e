package ringside.profiler.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A file of a model and what it says: one that is shipped, or a user's.
 *
 * @param name what messages call it
 * @param near its directory, or null where it is shipped
 * @param text its text
 */
record ModelFile(String name, Path near, String text) {
    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern SHIPPED_NAME = Pattern.compile("[a-z0-9-]+\\.(toml|csv)");

    /** Reads one that is shipped. */
    static ModelFile shipped(final String name) {
        try (InputStream in = SHIPPED_NAME.matcher(name).matches()
                ? ModelFile.class.getResourceAsStream(name) : null) {
            if (in == null) {
                throw new ModelException(name, "", "no such file is shipped");
            }
            return new ModelFile(name, null, decode(name, in.readNBytes(MOST_BYTES + 1)));
        } catch (final IOException e) {
            throw new ModelException(name, "", "cannot be read: " + e.getMessage());
        }
    }

    /** Reads a user's. */
    static ModelFile of(final Path file) {
        final String name = file.toString();
        if (!Files.isRegularFile(file)) {
            throw new ModelException(name, "", "no such file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new ModelFile(name, file.toAbsolutePath().getParent(),
                    decode(name, in.readNBytes(MOST_BYTES + 1)));
        } catch (final IOException e) {
            throw new ModelException(name, "", "cannot be read: " + e.getMessage());
        }
    }

    /** {@return a file that this one names: one beside it, or else a shipped one} */
    ModelFile beside(final String other) {
        if (near != null && SHIPPED_NAME.matcher(other).matches() && Files.isRegularFile(near.resolve(other))) {
            return of(near.resolve(other));
        }
        return shipped(other);
    }

    private static String decode(final String name, final byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new ModelException(name, "", "longer than " + MOST_BYTES + " bytes");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (final CharacterCodingException e) {
            throw new ModelException(name, "", "not UTF-8");
        }
    }
}

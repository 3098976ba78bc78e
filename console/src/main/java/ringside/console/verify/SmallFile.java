package ringside.console.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text file from anywhere, read whole within a bound. */
public final class SmallFile {
    private SmallFile() {
    }

    /**
     * {@return the text of a regular file, UTF-8}
     *
     * @param file any path
     * @param most bytes that it may have
     * @throws RefusedFileException when it is none, or larger
     */
    public static String read(final Path file, final int most) {
        final String name = file.toString();
        if (!Files.exists(file)) {
            throw new RefusedFileException(name, "file", "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new RefusedFileException(name, "file", "this is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            final byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new RefusedFileException(name, "file", "is larger than " + most + " bytes");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (final CharacterCodingException noText) {
            throw new RefusedFileException(name, "file", "is no UTF-8 text");
        } catch (final IOException failure) {
            throw new RefusedFileException(name, "file", "cannot be read: " + failure);
        }
    }
}

package ringside.console.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import ringside.emulator.boot.BootModule;

/** Reads a file that the boot loader leaves in RAM for the kernel. */
public final class ModuleReader {
    private static final int MOST_BYTES = 512 << 20;

    private ModuleReader() {
    }

    /**
     * {@return the module}
     *
     * @param file   a regular file of at most 512 MiB
     * @param string that the kernel is handed with it
     * @throws IllegalArgumentException where there is no such file or no such string can be handed over
     */
    public static BootModule read(final Path file, final String string) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": " + (Files.exists(file) ? "this is not a regular file"
                : "there is no such file"));
        }
        try (InputStream in = Files.newInputStream(file)) {
            final byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new IllegalArgumentException(file + ": is larger than " + MOST_BYTES + " bytes");
            }
            return new BootModule(file.toString(), content, string);
        } catch (final IOException failure) {
            throw new IllegalArgumentException(file + ": cannot be read: " + failure, failure);
        }
    }
}

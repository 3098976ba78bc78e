package ringside.console.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import ringside.emulator.boot.BootModule;

/** Reads {@code FILE[:STRING]}: a module and its string; without one the string is the file's own name. */
final class ModuleFile implements ITypeConverter<BootModule> {
    private static final int MOST_BYTES = 512 << 20;

    @Override
    public BootModule convert(final String text) {
        // A file that is there under the whole name needs no string.
        final int colon = Files.exists(Path.of(text)) ? -1 : text.indexOf(':');
        final Path file = Path.of(colon < 0 ? text : text.substring(0, colon));
        if (!Files.isRegularFile(file)) {
            throw new TypeConversionException(file + ": " + (Files.exists(file) ? "this is not a regular file"
                : "there is no such file"));
        }
        final String name = colon < 0 ? file.getFileName().toString() : text.substring(colon + 1);
        try (InputStream in = Files.newInputStream(file)) {
            final byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new TypeConversionException(file + ": is larger than " + MOST_BYTES + " bytes");
            }
            return new BootModule(file.toString(), content, name);
        } catch (final IOException failure) {
            throw new TypeConversionException(file + ": cannot be read: " + failure);
        } catch (final IllegalArgumentException refused) {
            throw new TypeConversionException(refused.getMessage());
        }
    }
}

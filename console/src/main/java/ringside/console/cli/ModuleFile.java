package ringside.console.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import ringside.console.verify.ModuleReader;
import ringside.emulator.boot.BootModule;

/** Reads {@code FILE[:STRING]}: a module and its string; without one the string is the file's own name. */
final class ModuleFile implements ITypeConverter<BootModule> {
    @Override
    public BootModule convert(final String text) {
        // A file that is there under the whole name needs no string.
        final int colon = Files.exists(Path.of(text)) ? -1 : text.indexOf(':');
        final Path file = Path.of(colon < 0 ? text : text.substring(0, colon));
        try {
            return ModuleReader.read(file,
                colon < 0 ? String.valueOf(file.getFileName()) : text.substring(colon + 1));
        } catch (final IllegalArgumentException refused) {
            throw new TypeConversionException(refused.getMessage());
        }
    }
}

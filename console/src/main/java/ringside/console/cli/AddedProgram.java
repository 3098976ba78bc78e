package ringside.console.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import ringside.kernel.build.Task;
import ringside.kernel.build.UserProgram;
import ringside.toolchain.asm.SourceTree;

/**
 * A user program that Bantam's image gets besides its own: a file of the user's, assembly or Java that emits it.
 *
 * @param task what it is in the image
 * @param file its source
 */
record AddedProgram(Task task, Path file) {
    private static final Pattern UNIT = Pattern.compile("(\\w+)\\.(asm|java)");

    /** {@return the source, and beside it what it includes; its paths begin with the program's name} */
    SourceTree sources() {
        final SourceTree beside = SourceTree.directory(file.toAbsolutePath().getParent());
        final String prefix = prefix(task.name());
        return path -> path.startsWith(prefix) ? beside.read(path.substring(prefix.length()))
            : Optional.empty();
    }

    /** {@return a message about its source, with the place where that is} */
    String told(final String message) {
        return message.replace(prefix(task.name()) + file.getFileName(), file.toString());
    }

    private static String prefix(final String name) {
        return "program/" + name + "/";
    }

    /** Reads {@code NAME=FILE}, or a file that is called {@code NAME.asm} or {@code NAME.java}. */
    static final class Converter implements ITypeConverter<AddedProgram> {
        @Override
        public AddedProgram convert(final String text) {
            final int equals = text.indexOf('=');
            final Path file = Path.of(text.substring(equals + 1));
            if (!Files.isRegularFile(file)) {
                throw new TypeConversionException(file + ": " + (Files.exists(file) ? "this is not a regular file"
                    : "there is no such file"));
            }
            final String unit = file.getFileName().toString();
            final Matcher form = UNIT.matcher(unit);
            if (!form.matches()) {
                throw new TypeConversionException(file + ": a program's file is called NAME.asm or NAME.java");
            }
            final String name = equals < 0 ? form.group(1).toLowerCase(Locale.ROOT) : text.substring(0, equals);
            try {
                Task.requireName(name);
                return new AddedProgram(Task.program(form.group(2).equals("java") ? JavaProgram.emit(file, name)
                    : UserProgram.plain(name, prefix(name) + unit)), file);
            } catch (final IllegalArgumentException refused) {
                throw new TypeConversionException(refused.getMessage());
            }
        }
    }
}

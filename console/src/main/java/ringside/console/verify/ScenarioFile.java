package ringside.console.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A scenario as a JSON object: the options of {@code verify} by name, and {@code image}.
 *
 * <pre>
 *   {"image": "kernel.elf", "memory": "8M", "append": "quiet", "input": "keys.jsonl", "interval": 10000}
 * </pre>
 *
 * <p>Text and numbers are the option's value, {@code true} gives an option without one, a list gives it several times.
 * Paths are relative to the file.
 */
public final class ScenarioFile {
    private static final int MOST_BYTES = 1 << 20;
    private static final int LOOK_BYTES = 64;

    private ScenarioFile() {
    }

    /**
     * {@return whether a file looks like a scenario: its first character that is no space is a brace}
     *
     * @param file any path
     */
    public static boolean is(final Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LOOK_BYTES), StandardCharsets.ISO_8859_1).stripLeading().startsWith("{");
        } catch (IOException _) {
            // Whoever takes it for an image says what is wrong with it.
            return false;
        }
    }

    /**
     * {@return a scenario as arguments of the command line}
     *
     * @param file    from anywhere, at most 1 MiB
     * @param options that there are, without dashes
     * @param paths   those of them whose value begins with a path
     * @throws RefusedFileException when it cannot be read or is no scenario
     */
    public static List<String> arguments(final Path file, final Set<String> options, final Set<String> paths) {
        final JsonFields fields = new JsonFields(file.toString(), "scenario", 1, SmallFile.read(file, MOST_BYTES));
        final Path directory = file.toAbsolutePath().getParent();
        final List<String> arguments = new ArrayList<>();
        fields.text("image").map(image -> resolve(directory, image, fields)).ifPresent(image -> {
            if (is(Path.of(image))) {
                throw fields.refused("image: that is a scenario itself");
            }
            arguments.add(image);
        });
        for (final Map.Entry<String, Object> field : fields.rest().entrySet()) {
            final String name = field.getKey();
            if (!options.contains(name)) {
                throw fields.refused("no such field: " + name);
            }
            final List<?> values = field.getValue() instanceof List<?> list ? list : List.of(field.getValue());
            for (final Object value : values) {
                if (value instanceof Boolean given) {
                    arguments.addAll(given ? List.of("--" + name) : List.of());
                } else {
                    arguments.add("--" + name + "="
                        + (paths.contains(name) ? resolve(directory, value.toString(), fields) : value));
                }
            }
        }
        return arguments;
    }

    // What follows the path in some options stays as it is.
    private static String resolve(final Path directory, final String value, final JsonFields fields) {
        if (value.isEmpty() || value.indexOf('\0') >= 0) {
            throw fields.refused("a path is expected");
        }
        return value.startsWith("/") ? value : directory + "/" + value;
    }
}

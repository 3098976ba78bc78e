package ringside.emulator.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One guest program: a file, its header and what it has to print.
 *
 * @param path   from the root of the suite, with forward slashes
 * @param title  what behaviour it shows: the first sentences of the file
 * @param fields the header's fields, e.g. {@code manual}
 * @param golden what it prints, each line ended
 */
record Program(String path, String title, Map<String, String> fields, String golden) {
    private static final Set<String> KNOWN = Set.of("manual", "cpus", "ends", "qemu", "bochs", "expect");
    private static final Pattern FIELD = Pattern.compile("; ([a-z]+):(?: (.*))?");
    private static final String SUFFIX = ".asm";
    private static final String INDENT = ";   ";

    /** Copies the fields. */
    Program {
        fields = Map.copyOf(fields);
    }

    /** {@return the program of a file} */
    static Program read(final Path root, final Path file) {
        final String path = root.relativize(file).toString().replace('\\', '/');
        try {
            return parse(path, Files.readAllLines(file));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Program parse(final String path, final List<String> lines) {
        final StringBuilder title = new StringBuilder();
        final Map<String, String> fields = new TreeMap<>();
        final StringBuilder golden = new StringBuilder();
        String field = null;
        for (final String line : lines.stream().takeWhile(l -> l.startsWith(";")).toList()) {
            final Matcher matcher = FIELD.matcher(line);
            if (line.startsWith(INDENT) && field != null) {
                final String text = line.substring(INDENT.length());
                if (field.equals("expect")) {
                    golden.append(text).append('\n');
                } else {
                    fields.merge(field, text, (left, right) -> left + " " + right);
                }
            } else if (matcher.matches() && KNOWN.contains(matcher.group(1))) {
                field = matcher.group(1);
                if (fields.put(field, matcher.group(2) == null ? "" : matcher.group(2)) != null) {
                    throw new IllegalArgumentException(path + ": the field " + field + " stands there twice");
                }
            } else if (field != null) {
                throw new IllegalArgumentException(path + ": not a line of a header: " + line);
            } else {
                title.append(title.isEmpty() ? "" : " ").append(line.substring(1).strip());
            }
        }
        return new Program(path, title.toString().strip(), fields, golden.toString());
    }

    /** {@return the file's name without its ending: also the label where it starts} */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1, path.length() - SUFFIX.length());
    }

    /** {@return the folder that it is in} */
    String area() {
        return path.substring(0, path.indexOf('/'));
    }

    /** {@return how many CPUs it needs} */
    int cpus() {
        return Integer.parseInt(fields.getOrDefault("cpus", "1"));
    }

    /** {@return whether it ends the machine, and so needs one of its own} */
    boolean ends() {
        return fields.containsKey("ends");
    }

    /** {@return why a referee's outcome is another one, or {@code null} where it is the same} */
    String difference(final String referee) {
        final String note = fields.get(referee);
        return note != null && note.startsWith("differs") ? note : null;
    }

    /** {@return whether a referee does not survive it} */
    boolean hangs(final String referee) {
        return fields.getOrDefault(referee, "").startsWith("hangs");
    }

    /** {@return all programs below a directory, by path} */
    static List<Program> all(final Path root) {
        final List<Program> programs = new ArrayList<>();
        try (var files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(SUFFIX) && !file.startsWith(root.resolve("runtime"))).sorted()
                    .forEach(file -> programs.add(read(root, file)));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return programs;
    }
}

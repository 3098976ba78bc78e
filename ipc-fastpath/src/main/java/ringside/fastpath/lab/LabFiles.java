package ringside.fastpath.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.module.ResolvedModule;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ringside.kernel.build.KernelSources;
import ringside.toolchain.asm.SourceTree;

/**
 * An experiment's files: a declaration and the sources beside it. Behind them are the shipped ones, with the stand's
 * under {@code stand/}, and Bantam's with the numbers that machine and kernel share under {@code abi/}.
 *
 * @param file    the declaration's name in messages
 * @param name    the experiment's
 * @param text    of the declaration
 * @param sources where all units and includes are
 * @param folder  of its own units in {@code sources}: empty, or ends in a slash
 */
public record LabFiles(String file, String name, String text, SourceTree sources, String folder) {
    private static final String ROOT = "META-INF/experiments";
    private static final String END = ".toml";
    private static final String SCHEDULES = "schedules";
    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\\.asm");
    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final SourceTree SHIPPED =
            SourceTree.resources(LabFiles.class, ROOT).over(KernelSources.bundled());

    /** Refuses missing parts. */
    public LabFiles {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(sources, "sources");
    }

    /** {@return the names of the experiments that come with the program, in the order of the alphabet} */
    public static List<String> shipped() {
        return names(Pattern.quote(ROOT) + "/(" + NAME + ")/\\1" + Pattern.quote(END));
    }

    /** {@return the names of the structures whose schedules come with the program, in the order of the alphabet} */
    public static List<String> schedules() {
        return names(Pattern.quote(ROOT + "/" + SCHEDULES) + "/(" + NAME + ")" + Pattern.quote(END));
    }

    private static List<String> names(final String declarations) {
        final ResolvedModule module = LabFiles.class.getModule().getLayer().configuration()
                .findModule(LabFiles.class.getModule().getName()).orElseThrow();
        final Pattern declaration = Pattern.compile(declarations);
        try (ModuleReader reader = module.reference().open(); Stream<String> all = reader.list()) {
            return all.map(declaration::matcher).filter(match -> match.matches()).map(match -> match.group(1))
                    .distinct().sorted().toList();
        } catch (final IOException e) {
            throw new UncheckedIOException("the program's own files cannot be read", e);
        }
    }

    /**
     * {@return the files of an experiment that comes with the program}
     *
     * @param name of {@link #shipped}
     */
    public static LabFiles shipped(final String name) {
        return shipped(name, name, LabFiles::shipped);
    }

    private static LabFiles shipped(final String folder, final String name, final Supplier<List<String>> names) {
        final String file = name + END;
        try (InputStream in = NAME.matcher(name).matches()
                ? LabFiles.class.getModule().getResourceAsStream(ROOT + "/" + folder + "/" + file) : null) {
            if (in == null) {
                throw new LabException(name, "", "no such experiment; there are " + String.join(", ", names.get())
                        + ", and files that end in " + END);
            }
            return new LabFiles(file, name, decode(file, in.readNBytes(MOST_BYTES + 1)), SHIPPED, folder + "/");
        } catch (final IOException e) {
            throw new LabException(name, "", "cannot be read: " + e.getMessage());
        }
    }

    /**
     * {@return the text of a file beside the shipped experiments}
     *
     * @param name e.g. {@code claims.toml}
     */
    public static String shippedText(final String name) {
        try (InputStream in = LabFiles.class.getModule().getResourceAsStream(ROOT + "/" + name)) {
            if (in == null) {
                throw new LabException(name, "", "no such file is shipped");
            }
            return decode(name, in.readNBytes(MOST_BYTES + 1));
        } catch (final IOException e) {
            throw new LabException(name, "", "cannot be read: " + e.getMessage());
        }
    }

    /**
     * {@return a user's files}
     *
     * @param file the declaration; its sources are in its directory
     */
    public static LabFiles of(final Path file) {
        final String shown = file.toString();
        final String last = Objects.toString(file.getFileName(), "");
        if (!last.endsWith(END) || !Files.isRegularFile(file)) {
            throw new LabException(shown, "", "no such file");
        }
        final String name = last.substring(0, last.length() - END.length());
        if (!NAME.matcher(name).matches()) {
            throw new LabException(shown, "", "an experiment's name is of small letters, digits and hyphens");
        }
        try (InputStream in = Files.newInputStream(file)) {
            final Path home = file.toAbsolutePath().getParent();
            return new LabFiles(shown, name, decode(shown, in.readNBytes(MOST_BYTES + 1)),
                    beside(home).over(SHIPPED), "");
        } catch (final IOException e) {
            throw new LabException(shown, "", "cannot be read: " + e.getMessage());
        }
    }

    private static SourceTree beside(final Path home) {
        final SourceTree files = SourceTree.directory(home);
        return path -> {
            try {
                return files.read(path);
            } catch (final UncheckedIOException unreadable) {
                throw new LabException(home.resolve(path).toString(), "",
                        "cannot be read: " + unreadable.getCause().getMessage());
            }
        };
    }

    /**
     * {@return the files of either}
     *
     * @param nameOrFile a shipped experiment's name, or a path that ends in {@code .toml}
     */
    public static LabFiles find(final String nameOrFile) {
        return nameOrFile.endsWith(END) ? of(Path.of(nameOrFile)) : shipped(nameOrFile);
    }

    /**
     * {@return the files of a structure whose schedules are searched}
     *
     * @param nameOrFile one of {@link #schedules}, or a path that ends in {@code .toml}
     */
    public static LabFiles findSchedule(final String nameOrFile) {
        return nameOrFile.endsWith(END) ? of(Path.of(nameOrFile))
                : shipped(SCHEDULES, nameOrFile, LabFiles::schedules);
    }

    /**
     * {@return the path of a unit of assembly, if there is such a one}
     *
     * @param name beside the declaration, or from the root of all sources
     */
    public Optional<String> unit(final String name) {
        return UNIT.matcher(name).matches() && sources.read(path(name)).isPresent()
                ? Optional.of(path(name)) : Optional.empty();
    }

    /**
     * {@return the path of a unit that the declaration names}
     *
     * @param unit beside the declaration, or from the root of all sources
     */
    String path(final String unit) {
        return sources.read(folder + unit).isPresent() ? folder + unit : unit;
    }

    private static String decode(final String name, final byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new LabException(name, "", "longer than " + MOST_BYTES + " bytes");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (final CharacterCodingException e) {
            throw new LabException(name, "", "not UTF-8");
        }
    }
}

package ringside.console.gate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ringside.console.verify.RefusedFileException;
import ringside.console.verify.SmallFile;
import ringside.fastpath.experiment.PathKey;
import ringside.profiler.gate.GatePolicy;
import ringside.profiler.gate.Limit;
import ringside.profiler.gate.Limits;
import ringside.profiler.gate.Limits.NamePattern;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.ModelException;
import ringside.profiler.toml.TomlTable;
import ringside.toolchain.image.PlainName;

/** From a TOML file to a {@link GateFile}: no key is ignored, every number has bounds. */
public final class GateReader {
    private static final int MOST_BYTES = 1 << 20;
    /** Of a kind; each is asked for each number. */
    private static final int MOST_RULES = 4_096;
    private static final List<String> KERNEL_SOURCES =
        List.of("src/main/asm", "src/user", "src/main/generated", "src/main/java");

    private final Path file;
    private final TomlTable top;
    private final List<Path> modelFiles = new ArrayList<>();

    private GateReader(final Path file) {
        this.file = file;
        top = TomlTable.parse(SmallFile.read(file, MOST_BYTES),
            (place, reason) -> new RefusedFileException(file.toString(), place, reason));
    }

    /**
     * {@return what a file puts under gate}
     *
     * @param file a gate file
     * @throws RefusedFileException where it is none
     */
    public static GateFile read(final Path file) {
        return new GateReader(file).read();
    }

    private GateFile read() {
        if (!PlainName.is(file.toString())) {
            throw new RefusedFileException(PlainName.of(file.toString()), "file", "its name has control characters");
        }
        final String name = file.getFileName().toString().replaceFirst("\\.toml$", "");
        final String title = top.has("title") ? top.text("title") : name;
        if (title.isBlank() || title.contains("::") || !title.chars().allMatch(GateReader::isPlain)) {
            throw top.wrong("title", "letters, digits and signs are wanted, and no ::");
        }
        final Path baseline = beside(top.has("baseline") ? top.text("baseline") : "baseline/" + name + ".json");
        final List<Microarchitecture> models = top.has("models") ? models() : List.of();
        final GatePolicy policy = new GatePolicy(limits(), patterns("new"), patterns("gone"),
            top.has("record_gains") && top.flag("record_gains"));
        final List<String> build = top.has("build") ? top.texts("build") : List.of();
        final Optional<Path> program =
            top.has("program") ? Optional.of(beside(top.text("program"))) : Optional.empty();
        final Optional<Path> kernel = top.has("kernel") ? Optional.of(beside(top.text("kernel"))) : Optional.empty();
        final Optional<NamePattern> calls = top.has("calls")
            ? Optional.of(NamePattern.of(top.text("calls"))) : Optional.empty();
        if (calls.isPresent() && PathKey.all().stream().noneMatch(key -> calls.get().fits(key.toString()))) {
            throw top.wrong("calls", "no path of the bench has such a name: " + calls.get().text());
        }
        final List<String> experiments = top.has("experiments")
            ? top.texts("experiments").stream().map(this::experiment).toList() : List.of();
        final List<GatedImage> images = new ArrayList<>();
        if (top.has("image")) {
            final ImageReader reader = new ImageReader(this::beside);
            top.tables("image").forEach(table -> images.add(reader.read(table)));
        }
        final List<GatedScript> scripts = top.has("script")
            ? top.tables("script").stream().map(this::script).toList() : List.of();
        final List<Path> sources = sources(kernel);
        top.end();
        final GateFile gate = new GateFile(file, title, baseline, models, policy, build, program,
            kernel, sources, calls, experiments, images, scripts, modelFiles);
        if (gate.items() == 0) {
            throw new RefusedFileException(file.toString(), "file",
                "nothing is under gate: calls, experiments, [[image]] or [[script]] is wanted");
        }
        return gate;
    }

    private Path beside(final String path) {
        return file.toAbsolutePath().getParent().resolve(path).normalize();
    }

    /** Nothing that a terminal or a log would take for a command. */
    private static boolean isPlain(final int letter) {
        return letter == ' ' || Character.isLetterOrDigit(letter)
            || letter > ' ' && letter < '\u007f' || Character.isSurrogate((char) letter);
    }

    /** The kernel's own are known. */
    private List<Path> sources(final Optional<Path> kernel) {
        final List<Path> sources = new ArrayList<>();
        if (top.has("sources")) {
            top.texts("sources").stream().map(this::beside).forEach(sources::add);
        }
        kernel.ifPresent(module -> KERNEL_SOURCES.forEach(folder -> sources.add(module.resolve(folder))));
        return sources;
    }

    private String experiment(final String text) {
        return text.endsWith(".toml") ? beside(text).toString() : text;
    }

    private List<Microarchitecture> models() {
        final List<Microarchitecture> models = new ArrayList<>();
        for (final String name : top.texts("models")) {
            try {
                if (Microarchitecture.SHIPPED.contains(name)) {
                    models.add(Microarchitecture.named(name));
                } else {
                    models.add(Microarchitecture.load(beside(name)));
                    models.getLast().files(beside(name)).forEach(modelFiles::add);
                }
            } catch (final ModelException refused) {
                throw top.wrong("models", refused.getMessage());
            }
            if (models.getLast().hardware().isEmpty()) {
                throw top.wrong("models", name + " counts instructions, which are counted anyway");
            }
        }
        if (models.stream().map(GateRun::model).distinct().count() < models.size()) {
            throw top.wrong("models", "two models have one name");
        }
        return models;
    }

    private Limits limits() {
        final List<Limits.Rule> rules = new ArrayList<>();
        if (top.has("limit")) {
            for (final TomlTable table : top.tables("limit", MOST_RULES)) {
                final NamePattern paths = table.has("paths") ? NamePattern.of(table.text("paths")) : NamePattern.ALL;
                final NamePattern metrics =
                    table.has("metrics") ? NamePattern.of(table.text("metrics")) : NamePattern.ALL;
                try {
                    rules.add(new Limits.Rule(paths, metrics, Limit.parse(table.text("limit"))));
                } catch (final IllegalArgumentException wrong) {
                    throw table.wrong("limit", wrong.getMessage());
                }
                table.end();
            }
        }
        return new Limits(rules);
    }

    private List<NamePattern> patterns(final String key) {
        return top.has(key) ? top.texts(key, MOST_RULES).stream().map(NamePattern::of).toList() : List.of();
    }

    private GatedScript script(final TomlTable table) {
        final GatedScript script = new GatedScript(beside(table.text("file")),
            table.has("image") ? Optional.of(beside(table.text("image"))) : Optional.empty());
        table.end();
        return script;
    }
}

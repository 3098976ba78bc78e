package ringside.console.gate;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import ringside.profiler.gate.GatePolicy;
import ringside.profiler.gate.Limits.NamePattern;
import ringside.profiler.model.Microarchitecture;

/**
 * What is under gate.
 *
 * @param file        that says so
 * @param title       for people
 * @param baseline    the file of the numbers that it is held against
 * @param models      whose cycles are counted besides instructions; steps are shown with those of the first
 * @param policy      what may change
 * @param build       a command that makes the images, run in the gate file's directory; empty for none
 * @param program     what measures another revision of the tree: that of a tree which builds its own; empty where this
 *                    program does
 * @param kernel      the directory of the kernel's module whose sources are built; empty for those of this program
 * @param sources     directories in which the files are whose names debug information has
 * @param calls       which paths of Bantam's own bench; empty for none
 * @param experiments of the laboratory: names of shipped ones, or files
 * @param images      kernels of others
 * @param scripts     of the console
 * @param modelFiles  that models were read from, with their tables
 */
public record GateFile(Path file, String title, Path baseline, List<Microarchitecture> models, GatePolicy policy,
        List<String> build, Optional<Path> program, Optional<Path> kernel, List<Path> sources,
        Optional<NamePattern> calls, List<String> experiments, List<GatedImage> images, List<GatedScript> scripts,
        List<Path> modelFiles) {
    /** Copies the lists. */
    public GateFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(baseline, "baseline");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(kernel, "kernel");
        Objects.requireNonNull(calls, "calls");
        models = List.copyOf(models);
        build = List.copyOf(build);
        sources = List.copyOf(sources);
        experiments = List.copyOf(experiments);
        images = List.copyOf(images);
        scripts = List.copyOf(scripts);
        modelFiles = List.copyOf(modelFiles);
    }

    /** {@return the directory that its paths begin in} */
    public Path directory() {
        return file.toAbsolutePath().getParent();
    }

    /** {@return files and directories of the tree that it measures, absolute or from the working directory} */
    public Stream<Path> inputs() {
        return Stream.of(images.stream().flatMap(GatedImage::inputs), scripts.stream().map(GatedScript::file),
            scripts.stream().flatMap(one -> one.image().stream()), kernel.stream(),
            experiments.stream().filter(one -> one.endsWith(".toml")).map(Path::of)).flatMap(files -> files);
    }

    /** {@return every file that a run of it reads, itself and its baseline too; they need not be there} */
    public Stream<Path> reads() {
        return Stream.of(Stream.of(file, baseline), inputs(), program.stream(), modelFiles.stream())
            .flatMap(files -> files);
    }

    /** {@return how many things it has under gate} */
    int items() {
        return (calls.isPresent() ? 1 : 0) + experiments.size() + images.size() + scripts.size();
    }
}

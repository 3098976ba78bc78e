package ringside.console.architecture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A module of ours as the compiler left it.
 *
 * @param directory  its folder in the project
 * @param descriptor what it says in {@code module-info}
 * @param main       its classes
 * @param tests      the classes that test it
 */
record CompiledModule(String directory, ModuleDescriptor descriptor, List<CompiledClass> main,
                      List<CompiledClass> tests) {
    /** {@return the modules, in the order of the parent's pom} */
    static List<CompiledModule> all() {
        return Stream.of("toolchain", "emulator", "guest-kernel", "profiler", "ipc-fastpath", "console")
            .map(CompiledModule::read).toList();
    }

    private static CompiledModule read(final String directory) {
        final Path target = Path.of(System.getProperty("basedir", "."), "..", directory, "target");
        try {
            final byte[] info = Files.readAllBytes(target.resolve("classes/module-info.class"));
            return new CompiledModule(directory, ModuleDescriptor.read(new ByteArrayInputStream(info)),
                classes(target.resolve("classes")), classes(target.resolve("test-classes")));
        } catch (final IOException e) {
            throw new UncheckedIOException("build the whole project first", e);
        }
    }

    private static List<CompiledClass> classes(final Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                .filter(file -> !file.endsWith("module-info.class"))
                .sorted()
                .map(CompiledModule::parse)
                .toList();
        }
    }

    private static CompiledClass parse(final Path file) {
        try {
            return CompiledClass.parse(Files.readAllBytes(file));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the modules of ours that it requires} */
    Set<String> requires() {
        final Set<String> ours = new TreeSet<>();
        descriptor.requires().stream().map(ModuleDescriptor.Requires::name)
            .filter(name -> name.startsWith("ringside.")).forEach(ours::add);
        return ours;
    }
}

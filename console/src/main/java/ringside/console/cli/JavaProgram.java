package ringside.console.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import ringside.kernel.abi.FirstTasks;
import ringside.kernel.build.UserProgram;
import ringside.kernel.user.Arg;
import ringside.kernel.user.UserCode;
import ringside.toolchain.codegen.Reg64;

/** A user program that a Java file of the user's emits: a class that is a {@code Consumer<UserCode>}. */
final class JavaProgram {
    private static final String SUFFIX = ".java";

    private JavaProgram() {
    }

    /**
     * Compiles a file and lets it emit the program: what it emits runs when init lets it, and its end is the program's.
     *
     * @param file the source, called as its class
     * @param name the program's
     * @return the program
     * @throws IllegalArgumentException if it does not compile or is no such class
     */
    static UserProgram emit(final Path file, final String name) {
        final UserCode user = UserCode.program(name);
        user.routine(name + "_main");
        user.recv(Arg.of(FirstTasks.HANDLE_CONTROL), 0);
        run(file, user);
        user.load(Reg64.RDX, Arg.of(0));
        user.send(Arg.of(FirstTasks.HANDLE_REPORT), Arg.of(0));
        user.exit(Arg.of(0));
        return user.program();
    }

    private static void run(final Path file, final UserCode user) {
        try {
            final Path classes = Files.createTempDirectory("ringside-program");
            try {
                compile(file, classes);
                try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()},
                        JavaProgram.class.getClassLoader())) {
                    final String type = file.getFileName().toString().replace(SUFFIX, "");
                    emitter(file, loader.loadClass(type)).accept(user);
                }
            } finally {
                delete(classes);
            }
        } catch (final IOException failure) {
            throw new IllegalArgumentException(file + ": cannot be compiled: " + failure, failure);
        } catch (final ReflectiveOperationException failure) {
            throw new IllegalArgumentException(file + ": has no public class of its name with a constructor without "
                + "parameters: " + failure, failure);
        }
    }

    private static void compile(final Path file, final Path classes) throws IOException {
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalArgumentException(file + ": this Java has no compiler");
        }
        final StringWriter said = new StringWriter();
        final List<String> options = new ArrayList<>(List.of("-d", classes.toString(), "-g"));
        final String modules = System.getProperty("jdk.module.path");
        if (modules != null) {
            options.addAll(List.of("--module-path", modules, "--add-modules", "ringside.kernel"));
        }
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            if (!compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(file)).call()) {
                throw new IllegalArgumentException(said.toString().strip());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Consumer<UserCode> emitter(final Path file, final Class<?> type)
            throws ReflectiveOperationException {
        final Object made = type.getConstructor().newInstance();
        if (made instanceof Consumer<?> emitter) {
            return (Consumer<UserCode>) emitter;
        }
        throw new IllegalArgumentException(file + ": its class is no Consumer<UserCode>");
    }

    private static void delete(final Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (final Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

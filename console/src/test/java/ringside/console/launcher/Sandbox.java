package ringside.console.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A machine for the launcher to find its way on: a copy of the scripts in a project without modules, a home, and a
 * PATH that holds only what a test puts there. Its JDK, Maven and pip are small scripts that say what they were asked.
 */
final class Sandbox {
    /** What the launcher may use of any Unix machine. */
    private static final List<String> BASE_TOOLS = List.of("awk", "bash", "basename", "cat", "cp", "cut", "dirname",
        "env",
        "find", "flock", "grep", "head", "id", "mkdir", "mktemp", "mv", "readlink", "rm", "sed", "sha256sum", "sleep",
        "sort", "tail", "touch", "tr", "uname", "xargs");

    private final Path directory;
    private final Map<String, String> environment = new TreeMap<>();

    private Sandbox(final Path directory) {
        this.directory = directory;
    }

    /** A machine on which a start succeeds: JDK 25, Maven, and natives named by hand. */
    static Sandbox complete(final Path directory) throws IOException {
        final Sandbox sandbox = new Sandbox(directory);
        sandbox.copyScripts();
        Files.createDirectories(sandbox.home());
        Files.createDirectories(sandbox.path("bin"));
        for (final String tool : BASE_TOOLS) {
            sandbox.offer(tool);
        }
        sandbox.write("project/pom.xml", "<project/>");
        sandbox.write("project/console/pom.xml", "<project/>");
        sandbox.write("project/console/src/main/java/Some.java", "class Some { }");
        sandbox.jdk("jdk", "25.0.3+9-LTS");
        sandbox.script("bin/mvn", """
            echo run >>"$0.runs"
            mkdir -p console/target/dist
            echo jar >console/target/dist/console.jar
            echo '[INFO] Building Ringside: console 0.1.0 [1/1]'
            """);
        sandbox.environment.put("JAVA_HOME", sandbox.path("jdk").toString());
        sandbox.environment.put("HOME", sandbox.home().toString());
        sandbox.environment.put("RINGSIDE_NATIVES", sandbox.path("bin").toString());
        sandbox.environment.put("PATH", sandbox.path("bin").toString());
        return sandbox;
    }

    Path path(final String relative) {
        return directory.resolve(relative);
    }

    Path home() {
        return path("home");
    }

    Path cachedLibrary(final String name) {
        return home().resolve(".cache/ringside/natives").resolve(name);
    }

    /** How often Maven was started. */
    long builds() throws IOException {
        final Path runs = path("bin/mvn.runs");
        return Files.exists(runs) ? Files.readAllLines(runs).size() : 0;
    }

    Sandbox set(final String variable, final String value) {
        environment.put(variable, value);
        return this;
    }

    /** Leaves the native libraries to the launcher; {@code lock} is what it should fetch. */
    void needsNatives(final String lock) throws IOException {
        environment.remove("RINGSIDE_NATIVES");
        write("project/toolchain/src/main/resources/ringside/toolchain/natives/natives.lock", lock);
    }

    /** Puts a tool of this machine on the sandbox's PATH; {@return whether it exists}. */
    boolean offer(final String tool) throws IOException {
        final Path link = path("bin").resolve(tool);
        for (final String place : System.getenv("PATH").split(":")) {
            final Path file = Path.of(place, tool);
            if (Files.isExecutable(file)) {
                // A script and not a link: a tool may look for its siblings beside its own name.
                script("bin/" + tool, "exec " + file + " \"$@\"\n", "/bin/sh");
                return Files.exists(link);
            }
        }
        return false;
    }

    void take(final String tool) throws IOException {
        Files.deleteIfExists(path("bin").resolve(tool));
    }

    void jdk(final String name, final String version) throws IOException {
        write(name + "/release", "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version.replaceAll("[+-].*", "")
            + "\"\nJAVA_RUNTIME_VERSION=\"" + version + "\"\n");
        script(name + "/bin/java", "printf '%s\\n' \"$@\"\n");
        script(name + "/bin/javac", "exit 1\n");
        script(name + "/bin/jar", "exec " + Path.of(System.getProperty("java.home"), "bin", "jar") + " \"$@\"\n");
    }

    void script(final String relative, final String body) throws IOException {
        script(relative, body, "/bin/bash");
    }

    private void script(final String relative, final String body, final String shell) throws IOException {
        write(relative, "#!" + shell + "\n" + body);
        if (!path(relative).toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + relative);
        }
    }

    Path write(final String relative, final String text) throws IOException {
        final Path file = path(relative);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** A wheel with one file, in a directory that pip may look into; {@return the wheel's SHA-256}. */
    String wheel(final String fileName, final String pathInWheel, final String content) throws IOException {
        final Path wheel = path("wheels").resolve(fileName);
        Files.createDirectories(wheel.getParent());
        final String project = fileName.replaceAll("^([^-]+-[^-]+)-.*", "$1");
        try (OutputStream file = Files.newOutputStream(wheel); ZipOutputStream zip = new ZipOutputStream(file)) {
            final Map<String, String> entries = new TreeMap<>(Map.of(
                pathInWheel, content,
                project + ".dist-info/METADATA", "Metadata-Version: 2.1\nName: " + project.replaceAll("-.*", "")
                    + "\nVersion: " + project.replaceAll(".*-", "") + "\n",
                project + ".dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-any\n",
                project + ".dist-info/RECORD", ""));
            for (final Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return sha256(Files.readAllBytes(wheel));
    }

    static String sha256(final byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Starts the launcher without waiting for it. */
    Process begin(final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(path("project/scripts/ringside").toString()));
        command.addAll(List.of(arguments));
        return begin(command);
    }

    private Process begin(final List<String> command) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return builder.start();
    }

    Outcome start(final String... arguments) throws IOException, InterruptedException {
        return Outcome.of(begin(arguments));
    }

    /** Runs lines of bash in which the launcher's functions are defined. */
    Outcome bash(final String lines) throws IOException, InterruptedException {
        return Outcome.of(begin(List.of(path("bin/bash").toString(), "-c",
            "set -euo pipefail; for part in common jdk natives build java report; do source "
                + path("project/scripts/lib") + "/$part.sh; done; " + lines)));
    }

    private void copyScripts() throws IOException {
        final Path scripts = Path.of(System.getProperty("basedir", ".")).resolve("../scripts");
        try (var files = Files.walk(scripts)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    final Path target = path("project/scripts").resolve(scripts.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /**
     * How a start ended.
     *
     * @param code exit code
     * @param out  standard output
     * @param err  standard error
     */
    record Outcome(int code, String out, String err) {
        static Outcome of(final Process process) throws IOException, InterruptedException {
            // What the launcher says on standard error is far below a pipe's capacity.
            final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            final String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), out, err);
        }
    }
}

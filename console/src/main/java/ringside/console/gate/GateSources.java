package ringside.console.gate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the files are whose names debug information has. */
final class GateSources {
    private static final List<String> KERNEL =
        List.of("src/main/asm", "src/user/asm", "src/main/generated", "src/main/java");

    private GateSources() {
    }

    /**
     * {@return a file as seen from the gate file's directory, as its debug information names it where it is not found}
     *
     * @param gate that measured
     * @param file as the image names it
     */
    static String file(final GateFile gate, final String file) {
        final Path directory = gate.directory();
        if (gate.kernel().isPresent() && !file.isEmpty()) {
            for (final String folder : KERNEL) {
                final String name = file.startsWith("user/") && folder.equals("src/user/asm")
                    ? file.substring("user/".length()) : file;
                final Path candidate = gate.kernel().get().resolve(folder).resolve(name).normalize();
                if (candidate.startsWith(gate.kernel().get()) && Files.isRegularFile(candidate)) {
                    return directory.relativize(candidate.toAbsolutePath()).toString().replace('\\', '/');
                }
            }
        }
        return file;
    }
}

package ringside.console.gate;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files are whose names debug information has. */
final class GateSources {
    private static final String USER = "user/";
    private static final String USER_FOLDER = "asm/";

    private GateSources() {
    }

    /**
     * {@return a file as seen from the gate file's directory, as its debug information names it where it is not found}
     *
     * @param gate that measured
     * @param file as the image names it, which is hostile: nothing outside the directories is looked at
     */
    static String file(final GateFile gate, final String file) {
        for (final Path folder : gate.sources()) {
            final String name = file.startsWith(USER) && folder.endsWith("user")
                ? USER_FOLDER + file.substring(USER.length()) : file;
            final Path candidate = folder.resolve(name.replace("\0", "")).normalize();
            if (!file.isEmpty() && candidate.startsWith(folder) && Files.isRegularFile(candidate)) {
                return gate.directory().relativize(candidate.toAbsolutePath()).toString().replace('\\', '/');
            }
        }
        return file;
    }
}

package ringside.fastpath.referee;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs that some machines do not have. */
public final class Tool {
    private Tool() {
    }

    /** Skips the test by the name of the first program that is not on the PATH. */
    public static void assumePresent(final String... programs) {
        for (final String program : programs) {
            assumeTrue(Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .anyMatch(place -> Files.isExecutable(Path.of(place, program))),
                    "skipped: " + program + " is not on the PATH");
        }
    }
}

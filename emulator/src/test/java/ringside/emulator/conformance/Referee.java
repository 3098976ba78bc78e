package ringside.emulator.conformance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.function.Executable;

/** What is asked of a machine that this project did not write. */
final class Referee {
    private static final String SKIP = "skip: no ";

    private Referee() {
    }

    /** Skips the test, by the tool's name, where it is not on this machine. */
    static void assumePresent(final String... tools) {
        final List<Path> path = Arrays.stream(System.getenv("PATH").split(":")).map(Path::of).toList();
        for (final String tool : tools) {
            Assumptions.assumeTrue(path.stream().anyMatch(folder -> Files.isExecutable(folder.resolve(tool))),
                    tool + " is not installed");
        }
    }

    /** {@return the programs that a referee can run one behind the other} */
    static List<Program> batch(final String referee) {
        return Suite.get().programs().stream().filter(program -> !program.ends() && !program.hangs(referee)).toList();
    }

    /**
     * Compares a run's outcome with the golden results: the same, or a feature that this machine says it lacks, or a
     * difference that the program's header explains; and no explanation that explains nothing.
     */
    static void judge(final String referee, final List<Program> programs, final Transcript transcript) {
        final List<Executable> verdicts = new ArrayList<>();
        for (final Program program : programs) {
            final String text = transcript.texts().get(program.name());
            verdicts.add(() -> {
                assertNotNull(text, () -> program.path() + " did not run; the last that did is "
                        + transcript.texts().keySet().stream().reduce("none", (first, second) -> second));
                if (program.difference(referee) != null) {
                    assertNotEquals(program.golden(), text, () -> program.path() + ": no difference to explain");
                } else if (!text.startsWith(SKIP)) {
                    assertEquals(program.golden(), text, program.path());
                }
            });
        }
        assertAll(referee, verdicts);
    }
}

package ringside.toolchain.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the real tools as referees; a test that needs one that is absent is skipped by its name. */
public final class GnuTools {
    private GnuTools() {
    }

    public static void assumePresent(final String... tools) {
        for (final String tool : tools) {
            assumeTrue(present(tool), tool + " is not installed");
        }
    }

    private static boolean present(final String tool) {
        for (final String folder : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, tool))) {
                return true;
            }
        }
        return false;
    }

    /** Runs a tool in a directory and returns everything it printed, errors too; it must succeed. */
    public static String run(final Path directory, final String... command) {
        try {
            final Path output = Files.createTempFile(directory, "output", ".txt");
            final Process process = new ProcessBuilder(List.of(command))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .start();
            final boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            final String text = Files.readString(output);
            assertTrue(ended, () -> "hangs: " + List.of(command));
            assertEquals(0, process.exitValue(), () -> List.of(command) + "\n" + text);
            return text;
        } catch (final IOException failure) {
            throw new AssertionError("cannot run " + List.of(command), failure);
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    /** Assembles Intel syntax with GNU as and returns the bytes of {@code .text}, holes of relocations as zeros. */
    public static byte[] assemble(final Path directory, final String source) {
        assumePresent("as", "objcopy");
        try {
            Files.writeString(directory.resolve("in.s"), ".intel_syntax noprefix\n.text\n" + source);
            run(directory, "as", "--64", "-o", "out.o", "in.s");
            run(directory, "objcopy", "-O", "binary", "-j", ".text", "out.o", "out.bin");
            return Files.readAllBytes(directory.resolve("out.bin"));
        } catch (final IOException failure) {
            throw new AssertionError(failure);
        }
    }
}

package ringside.kernel.boot;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import ringside.kernel.build.QemuCommand;
import ringside.toolchain.image.GuestImage;

/** Boots images in QEMU; a test that asks for it is skipped where there is none. */
final class Qemu {
    private static final int PATIENCE_SECONDS = 120;

    private Qemu() {
    }

    /**
     * How a run ended.
     *
     * @param status QEMU's exit status
     * @param text   all that the serial port said
     */
    record Outcome(int status, String text) {
    }

    static Outcome boot(final GuestImage image, final Path directory) throws IOException, InterruptedException {
        return boot(image, directory, QemuCommand::boot);
    }

    static Outcome boot(final GuestImage image, final Path directory, final Function<Path, List<String>> command)
            throws IOException, InterruptedException {
        assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, QemuCommand.PROGRAM))), QemuCommand.PROGRAM);
        final Path file = directory.resolve("bantam.elf");
        final Path serial = directory.resolve("serial.txt");
        Files.write(file, image.bytes());
        final Process process = new ProcessBuilder(command.apply(file))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(serial.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("QEMU does not end: " + Files.readString(serial, StandardCharsets.UTF_8));
            }
            return new Outcome(process.exitValue(), Files.readString(serial, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}

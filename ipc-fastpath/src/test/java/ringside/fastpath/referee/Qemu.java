package ringside.fastpath.referee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ringside.kernel.build.QemuCommand;

/** Boots a file in QEMU. */
public final class Qemu {
    private static final long QEMU_SECONDS = 120;

    private Qemu() {
    }

    /** {@return what it printed, once it has ended with a status} */
    public static String boot(final Path image, final int status, final String... options)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(QemuCommand.boot(image));
        command.addAll(List.of(options));
        return boot(command, image, status);
    }

    /** {@return what it printed on several CPUs, once it has ended with a status} */
    static String boot(final Path image, final int cpus, final int status) throws IOException, InterruptedException {
        return boot(QemuCommand.boot(image, cpus), image, status);
    }

    private static String boot(final List<String> command, final Path image, final int status)
            throws IOException, InterruptedException {
        final Path text = image.resolveSibling("serial.txt");
        final Process process = new ProcessBuilder(command).redirectOutput(text.toFile())
                .redirectErrorStream(true).start();
        try {
            assertTrue(process.waitFor(QEMU_SECONDS, TimeUnit.SECONDS), "QEMU does not end");
        } finally {
            process.destroyForcibly();
        }
        final String serial = Files.readString(text, StandardCharsets.ISO_8859_1);
        assertEquals(status, process.exitValue(), serial);
        return serial;
    }
}

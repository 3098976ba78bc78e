package ringside.kernel.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ringside.kernel.build.Images;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.QemuCommand;

class BootTest {
    @ParameterizedTest
    @EnumSource(value = FastPath.class, names = {"NONE", "ASSEMBLY"})
    void everythingRunsInOrderAndCountsAreThose(final FastPath fastPath, @TempDir final Path directory)
            throws IOException, InterruptedException {
        final Qemu.Outcome outcome = Qemu.boot(Images.of(fastPath), directory);
        assertEquals(golden("bantam-" + fastPath.name().toLowerCase(Locale.ROOT) + ".txt"), outcome.text());
        assertEquals(QemuCommand.EXIT_GOOD, outcome.status());
    }

    private static String golden(final String name) throws IOException {
        try (InputStream in = BootTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

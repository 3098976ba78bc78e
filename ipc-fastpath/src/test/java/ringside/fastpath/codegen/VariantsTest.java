package ringside.fastpath.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.toolchain.image.GuestImage;

/** All variants of Bantam keep the same rules, whatever the path. */
class VariantsTest {
    private static final long ENOUGH = 200_000_000;
    private static final Map<FastPath, GuestImage> IMAGES = new EnumMap<>(FastPath.class);

    @BeforeAll
    static void build() {
        try (KernelImageBuilder builder = KernelImageBuilder.start()) {
            for (final FastPath fastPath : FastPath.values()) {
                IMAGES.put(fastPath, builder.build(new KernelFeatures(fastPath),
                        fastPath == FastPath.GENERATED ? FastPaths.generate() : List.of()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void variantsDifferInTheirNameAndInCountsOnly(final FastPath fastPath) {
        assertEquals(rules(onMachine(IMAGES.get(FastPath.NONE))), rules(onMachine(IMAGES.get(fastPath))));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void pathsForOneLengthKeepTheSameRules(final long words) {
        try (KernelImageBuilder builder = KernelImageBuilder.start()) {
            final GuestImage image = builder.build(new KernelFeatures(FastPath.GENERATED),
                    new FastPathsOfWords().generate(Map.of("WORDS", words)));
            assertEquals(rules(onMachine(IMAGES.get(FastPath.NONE))), rules(onMachine(image)));
        }
    }

    @Test
    void theGeneratedVariantSaysWhatIsCheckedIn() throws IOException {
        try (InputStream golden = VariantsTest.class.getResourceAsStream("bantam-generated.txt")) {
            assertEquals(new String(golden.readAllBytes(), StandardCharsets.UTF_8),
                    onMachine(IMAGES.get(FastPath.GENERATED)));
        }
    }

    private static String rules(final String text) {
        return text.replaceAll("first light, .*", "first light").replaceAll("instructions \\d+", "instructions");
    }

    private static String onMachine(final GuestImage image) {
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        try (Machine machine = Machine.boot(MachineConfig.standard().withSerial(serial::write), image)) {
            assertEquals(new RunResult.Exited(0), machine.run(Budget.steps(ENOUGH)), serial::toString);
        }
        return serial.toString(StandardCharsets.UTF_8);
    }
}

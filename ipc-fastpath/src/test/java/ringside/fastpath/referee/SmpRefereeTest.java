package ringside.fastpath.referee;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.kernel.build.QemuCommand;
import ringside.toolchain.image.GuestImage;

/** QEMU runs the image for several CPUs, each CPU a thread of its own, and has the last word on what it prints. */
class SmpRefereeTest {
    private static final Budget BUDGET = Budget.steps(1_000_000_000);
    /** On several CPUs time is the host's: neither instructions nor ticks are the same twice. */
    private static final Pattern TIMES = Pattern.compile("(instructions|ticks of sleep:) \\d+");

    private static GuestImage image;
    private static String expected;

    @TempDir
    private Path directory;

    @BeforeAll
    static void runOnOurMachine() {
        try (BantamImages images = BantamImages.open(Ticks.seldom())) {
            image = images.build(Variant.FAST_ASM, true);
        }
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        try (Machine machine = Machine.boot(MachineConfig.standard().withSerial(serial::write), image)) {
            assertEquals(new RunResult.Exited(0), machine.run(BUDGET),
                    () -> serial.toString(StandardCharsets.ISO_8859_1));
        }
        expected = serial.toString(StandardCharsets.ISO_8859_1);
    }

    private Path file() throws Exception {
        Tool.assumePresent(QemuCommand.PROGRAM);
        return Files.write(directory.resolve("smp.elf"), image.bytes());
    }

    @Test
    void onOneCpuItPrintsTheSameBytesInQemu() throws Exception {
        assertEquals(expected, Qemu.boot(file(), QemuCommand.EXIT_GOOD));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void onSeveralCpusThatRunAtOnceItPrintsTheSameTextInQemu(final int cpus) throws Exception {
        assertEquals(withoutTimes(expected), withoutTimes(Qemu.boot(file(), cpus, QemuCommand.EXIT_GOOD)));
    }

    private static String withoutTimes(final String text) {
        return TIMES.matcher(text).replaceAll("$1 N");
    }
}

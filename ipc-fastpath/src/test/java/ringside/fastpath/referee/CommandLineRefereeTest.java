package ringside.fastpath.referee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.kernel.abi.FirstTasks;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.kernel.build.QemuCommand;
import ringside.toolchain.image.BootProtocol;
import ringside.toolchain.image.GuestImage;

/** Programs are started by the command line, whoever loads the kernel. */
class CommandLineRefereeTest {
    private static final String BANNER = "bantam: first light, fast path in assembly\n";
    private static final String REFUSED =
            "bantam: panic: the command line is too long, or not all of it can be printed\n";

    private static GuestImage image;

    @TempDir
    private Path directory;

    @BeforeAll
    static void buildTheImage() {
        try (KernelImageBuilder builder = KernelImageBuilder.start(Ticks.seldom())) {
            image = builder.build(new KernelFeatures(FastPath.ASSEMBLY));
        }
    }

    private static String run(final int status, final MachineConfig config) {
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        try (Machine machine = Machine.boot(config.withSerial(serial::write), image)) {
            assertEquals(new RunResult.Exited(status), machine.run(Budget.steps(200_000_000)), serial::toString);
        }
        return serial.toString(StandardCharsets.ISO_8859_1);
    }

    private static String run(final int status, final String line) {
        return run(status, MachineConfig.standard().withCommandLine(line));
    }

    @Test
    void withoutACommandLineTheDemonstrationRuns() {
        assertEquals(run(0, "demo"), run(0, ""));
        assertEquals(run(0, "  demo "), run(0, "    "));
    }

    @ParameterizedTest
    @EnumSource(value = BootProtocol.class, names = {"PVH", "MULTIBOOT2"})
    void aNameThatNobodyHasIsToldWithThoseThatThereAre(final BootProtocol protocol) {
        final MachineConfig config = MachineConfig.standard().withBoot(protocol);
        assertEquals(BANNER + unknown("show"), run(1, config.withCommandLine(" show shell")));
        assertEquals(BANNER + unknown("shel"), run(1, config.withCommandLine("shell shel")));
        assertEquals(BANNER + unknown("x".repeat(40)), run(1, config.withCommandLine("x".repeat(40))));
    }

    private static String unknown(final String name) {
        return "init: there is no program " + name + "\ninit: there are demo, shell, ninep\n";
    }

    @Test
    void aProgramIsNamedOnce() {
        assertEquals(BANNER + "init: a program runs once\n", run(1, "shell demo shell"));
    }

    @Test
    void aLineThatDoesNotFitIsRefused() {
        final String fits = "a".repeat(FirstTasks.COMMAND_LINE_ROOM - 1);
        assertEquals(BANNER + unknown(fits), run(1, fits));
        assertTrue(run(1, fits + "a").startsWith(REFUSED), "a zero byte has no place");
        assertTrue(run(1, "a".repeat(4000)).startsWith(REFUSED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shell\tdemo", "demo\n", "\u007f", "d\u00e9mo"})
    void whatCannotBePrintedIsRefusedInQemu(final String line) throws Exception {
        Tool.assumePresent(QemuCommand.PROGRAM);
        final Path file = Files.write(directory.resolve("bantam.elf"), image.bytes());
        assertTrue(Qemu.boot(file, QemuCommand.EXIT_PANIC, "-append", line).startsWith(REFUSED));
    }

    @Test
    void qemuHandsOverTheSameLine() throws Exception {
        Tool.assumePresent(QemuCommand.PROGRAM);
        final Path file = Files.write(directory.resolve("bantam.elf"), image.bytes());
        assertEquals(BANNER + unknown("show"), Qemu.boot(file, QemuCommand.EXIT_PANIC, "-append", "  show shell"));
    }
}

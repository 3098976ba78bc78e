package ringside.fastpath.referee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.kernel.build.QemuCommand;
import ringside.toolchain.image.GuestImage;

/** A loader and a second machine that this project did not write: GRUB by multiboot2, in QEMU and in Bochs. */
class MultibootRefereeTest {
    private static final long QEMU_SECONDS = 120;
    private static final int BOCHS_POLLS = 600;
    private static final long POLL_MILLISECONDS = 200;
    private static final Path BOCHS_BIOS = Path.of("/usr/share/bochs/BIOS-bochs-latest");
    private static final Path BOCHS_VIDEO = Path.of("/usr/share/vgabios/vgabios.bin");
    private static final String LAST_LINE = "bantam: done";

    private static final Map<Boolean, GuestImage> IMAGES = new HashMap<>();
    private static final Map<Boolean, String> EXPECTED = new HashMap<>();

    @TempDir
    private Path directory;

    @BeforeAll
    static void runOnOurMachine() {
        for (final boolean smp : List.of(false, true)) {
            final GuestImage image;
            try (KernelImageBuilder builder = KernelImageBuilder.start(Ticks.seldom())) {
                image = builder.build(new KernelFeatures(FastPath.ASSEMBLY, smp));
            }
            IMAGES.put(smp, image);
            final ByteArrayOutputStream serial = new ByteArrayOutputStream();
            try (Machine machine = Machine.boot(MachineConfig.standard().withSerial(serial::write), image)) {
                assertEquals(new RunResult.Exited(0), machine.run(Budget.steps(500_000_000)));
            }
            EXPECTED.put(smp, serial.toString(StandardCharsets.ISO_8859_1));
        }
    }

    private Path disk(final boolean smp) throws IOException, InterruptedException {
        Tool.assumePresent(GrubDisk.TOOLS.toArray(String[]::new));
        return GrubDisk.with(IMAGES.get(smp).bytes(), directory);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void grubBootsTheSameFileInQemuAndItPrintsTheSameBytes(final boolean smp) throws Exception {
        Tool.assumePresent(QemuCommand.PROGRAM);
        final Path disk = disk(smp);
        final List<String> command = new ArrayList<>(QemuCommand.boot(disk));
        command.set(command.indexOf("-kernel"), "-cdrom");
        command.addAll(List.of("-vga", "std"));
        final Path text = directory.resolve("qemu.txt");
        final Process qemu = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(text.toFile())
                .start();
        try {
            assertTrue(qemu.waitFor(QEMU_SECONDS, TimeUnit.SECONDS), "QEMU does not end");
        } finally {
            qemu.destroyForcibly();
        }
        assertEquals(EXPECTED.get(smp), Files.readString(text, StandardCharsets.ISO_8859_1));
        assertEquals(QemuCommand.EXIT_GOOD, qemu.exitValue());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bochsRunsTheSameFileAndItPrintsTheSameBytes(final boolean smp) throws Exception {
        Tool.assumePresent("bochs", "script");
        assertTrue(Files.exists(BOCHS_BIOS) && Files.exists(BOCHS_VIDEO), "Bochs comes with bochsbios and vgabios");
        final Path disk = disk(smp);
        final Path text = directory.resolve("bochs.txt");
        final Path settings = Files.writeString(directory.resolve("bochsrc"), String.join("\n", "megs: 64",
                "romimage: file=" + BOCHS_BIOS, "vgaromimage: file=" + BOCHS_VIDEO, "boot: cdrom",
                "ata0-master: type=cdrom, path=" + disk + ", status=inserted", "clock: sync=none",
                "cpu: model=corei7_skylake_x, ips=100000000", "com1: enabled=1, mode=file, dev=" + text,
                "display_library: term", "sound: driver=dummy", "log: " + directory.resolve("bochs.log"), ""));
        final Path debugger = Files.writeString(directory.resolve("rc"), "c\n");
        // Its terminal display wants a terminal, which script gives it.
        final ProcessBuilder builder = new ProcessBuilder("script", "-qec",
                "exec bochs -q -f " + settings + " -rc " + debugger, "/dev/null");
        builder.environment().put("TERM", "xterm");
        final Process bochs = builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("screen").toFile()).start();
        try {
            String printed = "";
            for (int i = 0; i < BOCHS_POLLS && !printed.contains(LAST_LINE) && !printed.contains("panic"); i++) {
                assertTrue(!bochs.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS), "Bochs has no exit port: "
                        + Files.readString(directory.resolve("screen"), StandardCharsets.ISO_8859_1));
                printed = Files.exists(text) ? Files.readString(text, StandardCharsets.ISO_8859_1) : "";
            }
            bochs.descendants().forEach(ProcessHandle::destroyForcibly);
            bochs.destroyForcibly().waitFor();
            assertEquals(EXPECTED.get(smp), Files.readString(text, StandardCharsets.ISO_8859_1));
        } finally {
            bochs.descendants().forEach(ProcessHandle::destroyForcibly);
            bochs.destroyForcibly();
        }
    }
}

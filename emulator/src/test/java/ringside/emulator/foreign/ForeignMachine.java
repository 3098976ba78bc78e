package ringside.emulator.foreign;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import ringside.emulator.boot.BootModule;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.toolchain.image.GuestImage;

/**
 * A kernel and the machine it wants, here and in QEMU.
 *
 * @param kernel      an image that QEMU boots by {@code -kernel}
 * @param memory      MiB
 * @param cpus        how many
 * @param commandLine for the kernel
 * @param modules     files for the kernel
 * @param lastLine    what its output ends with; QEMU is stopped when it said so
 */
record ForeignMachine(
        Path kernel, int memory, int cpus, String commandLine, List<Path> modules, String lastLine) {
    private static final String QEMU = "qemu-system-x86_64";
    private static final int PATIENCE_SECONDS = 120;
    private static final int LOOK_MILLISECONDS = 50;

    /** {@return what it says here; the run ends by itself or with its budget} */
    String runHere(final long steps) throws IOException {
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        final List<BootModule> files = new ArrayList<>();
        for (final Path module : modules) {
            files.add(new BootModule(module.getFileName().toString(), Files.readAllBytes(module), ""));
        }
        final MachineConfig config = MachineConfig.standard().withMemory((long) memory << 20).withVcpus(cpus)
                .withCommandLine(commandLine).withModules(files).withSerial(serial::write);
        try (Machine machine = Machine.boot(config, GuestImage.read(kernel))) {
            final RunResult result = machine.run(Budget.steps(steps));
            final String text = serial.toString(StandardCharsets.ISO_8859_1);
            if (!text.contains(lastLine)) {
                throw new AssertionError("it never said \"" + lastLine + "\"; " + result.describe() + "\n" + text);
            }
            return text;
        }
    }

    /** {@return what it says in QEMU, or skips the test where there is none} */
    String runInQemu(final Path directory) throws IOException, InterruptedException {
        assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, QEMU))), QEMU);
        final Path serial = directory.resolve("serial.txt");
        final List<String> command = new ArrayList<>(List.of(QEMU, "-accel", "tcg", "-cpu", "max", "-display", "none",
                "-nodefaults", "-no-reboot", "-serial", "file:" + serial, "-m", Integer.toString(memory),
                "-smp", cpus + ",sockets=" + cpus, "-kernel", kernel.toString(), "-append", commandLine));
        for (final Path module : modules) {
            Collections.addAll(command, "-initrd", module.toString());
        }
        Files.createFile(serial);
        final Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("qemu.txt").toFile()).start();
        try {
            for (int i = 0; i < PATIENCE_SECONDS * 1000 / LOOK_MILLISECONDS; i++) {
                if (process.waitFor(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS) || said(serial)) {
                    break;
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        final String text = Files.readString(serial, StandardCharsets.ISO_8859_1);
        if (!text.contains(lastLine)) {
            throw new AssertionError("QEMU's guest never said \"" + lastLine + "\": "
                    + Files.readString(directory.resolve("qemu.txt")) + text);
        }
        return text;
    }

    private boolean said(final Path serial) throws IOException {
        return Files.readString(serial, StandardCharsets.ISO_8859_1).contains(lastLine);
    }
}

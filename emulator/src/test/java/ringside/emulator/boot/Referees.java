package ringside.emulator.boot;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Loaders and machines that this project did not write: what is in their RAM when the {@link Witness} stops. */
final class Referees {
    static final String QEMU = "qemu-system-x86_64";

    private static final int POLLS = 1200;
    private static final long POLL_MILLISECONDS = 100;
    private static final long SECONDS = 60;
    private static final Path BOCHS_BIOS = Path.of("/usr/share/bochs/BIOS-bochs-latest");
    private static final Path BOCHS_VIDEO = Path.of("/usr/share/vgabios/vgabios.bin");

    private final Path directory;

    Referees(final Path directory) {
        this.directory = directory;
    }

    /** Skips the test by the name of the first program that is not on the PATH. */
    static void assumePresent(final String... programs) {
        for (final String program : programs) {
            assumeTrue(Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .anyMatch(place -> Files.isExecutable(Path.of(place, program))),
                    "skipped: " + program + " is not on the PATH");
        }
    }

    /** {@return RAM in QEMU, which loads the file itself} */
    MemorySegment qemu(final Scene scene, final int cpus) throws IOException, InterruptedException {
        final List<String> options = new ArrayList<>(List.of("-kernel", write("witness.elf", scene.file()).toString(),
                "-append", Scene.ARGUMENTS, "-initrd", ""));
        final List<String> modules = new ArrayList<>();
        for (final BootModule module : scene.modules()) {
            modules.add(write(module.name(), module.content())
                    + (scene.grubCommand().isEmpty() ? "" : " " + module.parameters()));
        }
        options.set(options.size() - 1, String.join(",", modules));
        return runQemu(options, cpus);
    }

    /** {@return RAM in QEMU, where GRUB loaded the file} */
    MemorySegment grub(final Scene scene, final int cpus) throws IOException, InterruptedException {
        return runQemu(List.of("-cdrom", disk(scene).toString(), "-vga", "std"), cpus);
    }

    private MemorySegment runQemu(final List<String> options, final int cpus)
            throws IOException, InterruptedException {
        final Path text = directory.resolve("serial.txt");
        final Path dump = directory.resolve("ram.bin");
        final List<String> command = new ArrayList<>(List.of(QEMU, "-M", "q35", "-accel", "tcg", "-cpu", "max", "-m",
                Integer.toString(Scene.MEMORY_MIB), "-smp", cpus + ",sockets=" + cpus, "-display", "none",
                "-nodefaults", "-no-reboot", "-serial", "file:" + text, "-monitor", "stdio"));
        command.addAll(options);
        final Process qemu = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("monitor.txt").toFile()).start();
        try {
            waitForWitness(qemu, text, directory.resolve("monitor.txt"));
            qemu.getOutputStream().write(("pmemsave 0 " + (Scene.MEMORY_MIB << 20) + " \"" + dump + "\"\nquit\n")
                    .getBytes(StandardCharsets.UTF_8));
            qemu.getOutputStream().flush();
            assertTrue(qemu.waitFor(SECONDS, TimeUnit.SECONDS), "QEMU does not end");
        } finally {
            qemu.destroyForcibly();
        }
        return MemorySegment.ofArray(Files.readAllBytes(dump));
    }

    /** {@return RAM in Bochs, where GRUB loaded the file} */
    MemorySegment bochs(final Scene scene) throws IOException, InterruptedException {
        assumePresent("bochs", "script");
        assertTrue(Files.exists(BOCHS_BIOS) && Files.exists(BOCHS_VIDEO), "Bochs comes with bochsbios and vgabios");
        final Path dump = directory.resolve("ram.bin");
        final Path settings = Files.writeString(directory.resolve("bochsrc"), String.join("\n",
                "megs: " + Scene.MEMORY_MIB, "romimage: file=" + BOCHS_BIOS, "vgaromimage: file=" + BOCHS_VIDEO,
                "boot: cdrom", "ata0-master: type=cdrom, path=" + disk(scene) + ", status=inserted",
                "clock: sync=none", "cpu: model=corei7_skylake_x, ips=100000000", "magic_break: enabled=1",
                "display_library: term", "sound: driver=dummy", "log: " + directory.resolve("bochs.log"), ""));
        final Path debugger = Files.writeString(directory.resolve("rc"),
                "c\nwritemem \"" + dump + "\" 0 " + (Scene.MEMORY_MIB << 20) + "\nq\n");
        // Its terminal display wants a terminal, which script gives it.
        final ProcessBuilder builder = new ProcessBuilder("script", "-qec",
                "exec bochs -q -f " + settings + " -rc " + debugger, "/dev/null");
        builder.environment().put("TERM", "xterm");
        final Path screen = directory.resolve("screen");
        final Process bochs = builder.redirectErrorStream(true).redirectOutput(screen.toFile()).start();
        try {
            assertTrue(bochs.waitFor(POLLS * POLL_MILLISECONDS, TimeUnit.MILLISECONDS), "Bochs does not end");
            assertTrue(Files.exists(dump), () -> "Bochs saved nothing: " + said(screen));
        } finally {
            bochs.descendants().forEach(ProcessHandle::destroyForcibly);
            bochs.destroyForcibly();
        }
        return MemorySegment.ofArray(Files.readAllBytes(dump));
    }

    private static void waitForWitness(final Process machine, final Path text, final Path log)
            throws InterruptedException, IOException {
        for (int i = 0; i < POLLS; i++) {
            if (Files.exists(text) && Files.readString(text, StandardCharsets.ISO_8859_1)
                    .indexOf(Witness.READY) >= 0) {
                return;
            }
            assertTrue(!machine.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS),
                    () -> "the machine ended: " + said(log));
        }
        throw new AssertionError("the kernel does not start: " + said(log));
    }

    private static String said(final Path log) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (final IOException failure) {
            return failure.toString();
        }
    }

    private Path disk(final Scene scene) throws IOException, InterruptedException {
        assumePresent("grub-mkrescue", "xorriso", "mformat");
        final Path boot = Files.createDirectories(directory.resolve("disk/boot/grub")).getParent();
        Files.write(boot.resolve("witness.elf"), scene.file());
        final String module = "multiboot2".equals(scene.grubCommand()) ? "module2" : "module";
        final StringBuilder menu = new StringBuilder("set timeout=0\nterminal_output console\nmenuentry witness {\n"
                + scene.grubCommand() + " /boot/witness.elf " + Scene.ARGUMENTS + "\n");
        for (final BootModule file : scene.modules()) {
            Files.write(boot.resolve(file.name()), file.content());
            menu.append(module).append(" /boot/").append(file.name()).append(' ').append(file.parameters())
                    .append('\n');
        }
        Files.writeString(boot.resolve("grub/grub.cfg"), menu.append("boot\n}\n"));
        final Path disk = directory.resolve("witness.iso");
        final Path log = directory.resolve("grub.log");
        final Process process = new ProcessBuilder("grub-mkrescue", "-o", disk.toString(),
                directory.resolve("disk").toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("grub-mkrescue: " + said(log));
        }
        return disk;
    }

    private Path write(final String name, final byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }
}

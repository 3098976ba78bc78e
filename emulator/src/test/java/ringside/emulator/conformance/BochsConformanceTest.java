package ringside.emulator.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bochs runs the same image, loaded by GRUB, and prints the same. */
class BochsConformanceTest {
    private static final Path BIOS = Path.of("/usr/share/bochs/BIOS-bochs-latest");
    private static final Path VIDEO = Path.of("/usr/share/vgabios/vgabios.bin");
    private static final long GRUB_SECONDS = 60;
    private static final int POLLS = 1200;
    private static final long POLL_MILLISECONDS = 200;
    private static final String LAST_LINE = "\ndone\n";

    @TempDir
    private Path directory;

    private Path disk() throws IOException, InterruptedException {
        final Path grub = Files.createDirectories(directory.resolve("disk/boot/grub"));
        Files.writeString(grub.resolve("grub.cfg"), """
                set timeout=0
                terminal_output console
                menuentry suite {
                  multiboot2 /boot/suite.elf run=bochs
                  boot
                }
                """);
        Files.write(grub.resolveSibling("suite.elf"), Suite.get().image().bytes());
        final Path disk = directory.resolve("suite.iso");
        final Path log = directory.resolve("grub.log");
        final Process process = new ProcessBuilder("grub-mkrescue", "-o", disk.toString(),
                directory.resolve("disk").toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(GRUB_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("grub-mkrescue: " + Files.readString(log));
        }
        return disk;
    }

    private Path settings(final Path disk, final Path text) throws IOException {
        return Files.writeString(directory.resolve("bochsrc"), String.join("\n", "megs: 64",
                "romimage: file=" + BIOS, "vgaromimage: file=" + VIDEO, "boot: cdrom",
                "ata0-master: type=cdrom, path=" + disk + ", status=inserted", "clock: sync=none",
                "cpu: model=corei7_skylake_x, count=4, ignore_bad_msrs=0, ips=100000000",
                "com1: enabled=1, mode=file, dev=" + text,
                "display_library: term", "sound: driver=dummy", "log: " + directory.resolve("bochs.log"), ""));
    }

    @Test
    void bochsPrintsTheGoldenResults() throws Exception {
        Referee.assumePresent("bochs", "script", "grub-mkrescue", "xorriso", "mformat");
        assertTrue(Files.exists(BIOS) && Files.exists(VIDEO), "Bochs comes with bochsbios and vgabios");
        final Path text = directory.resolve("bochs.txt");
        final Path settings = settings(disk(), text);
        final Path debugger = Files.writeString(directory.resolve("rc"), "c\n");
        // Its terminal display wants a terminal, which script gives it.
        final ProcessBuilder builder = new ProcessBuilder("script", "-qec",
                "exec bochs -q -f " + settings + " -rc " + debugger, "/dev/null");
        builder.environment().put("TERM", "xterm");
        final Process bochs = builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("screen").toFile()).start();
        String printed = "";
        try {
            for (int i = 0; i < POLLS && !printed.contains(LAST_LINE); i++) {
                assertFalse(bochs.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS), "Bochs has no exit port: "
                        + Files.readString(directory.resolve("screen"), StandardCharsets.ISO_8859_1));
                printed = Files.exists(text) ? Files.readString(text, StandardCharsets.ISO_8859_1) : "";
            }
        } finally {
            bochs.descendants().forEach(ProcessHandle::destroyForcibly);
            bochs.destroyForcibly().waitFor();
        }
        Referee.judge("bochs", Referee.batch("bochs"), Transcript.of(printed));
    }
}

package ringside.fastpath.referee;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A bootable disk on which GRUB loads an image by multiboot2. */
final class GrubDisk {
    /** What makes it, one of each needed. */
    static final List<String> TOOLS = List.of("grub-mkrescue", "xorriso", "mformat");

    private static final String CONFIGURATION = """
            set timeout=0
            terminal_output console
            menuentry bantam {
              multiboot2 /boot/bantam.elf
              boot
            }
            """;
    private static final long SECONDS = 60;

    private GrubDisk() {
    }

    /** {@return the disk, made in {@code directory}} */
    static Path with(final byte[] image, final Path directory) throws IOException, InterruptedException {
        final Path grub = Files.createDirectories(directory.resolve("disk/boot/grub"));
        Files.writeString(grub.resolve("grub.cfg"), CONFIGURATION);
        Files.write(grub.resolveSibling("bantam.elf"), image);
        final Path disk = directory.resolve("bantam.iso");
        final Path log = directory.resolve("grub.log");
        final Process process = new ProcessBuilder("grub-mkrescue", "-o", disk.toString(),
                directory.resolve("disk").toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("grub-mkrescue: " + Files.readString(log));
        }
        return disk;
    }
}

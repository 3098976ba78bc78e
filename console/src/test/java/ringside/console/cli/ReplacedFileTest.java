package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.console.report.ExportFormat;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.image.GuestImage;

/** What is somebody else's stays: every option that writes a file replaces its own and no other without --force. */
class ReplacedFileTest {
    private static final String MINE = "apples 3\npears 12\n{\"mine\": 1}\n";

    @TempDir
    private Path directory;
    private String guest;
    private Path gate;

    @BeforeEach
    void write() throws IOException {
        guest = image("kernel.elf", 3).toString();
        gate = Files.writeString(directory.resolve("gate.toml"), """
            title = "A gate"
            models = ["zen4"]
            [[image]]
            name = "tiny"
            file = "kernel.elf"
            [[image.path]]
            name = "path"
            from = "path_start"
            to = "path_end"
            """);
    }

    private Path image(final String name, final int instructions) throws IOException {
        return TinyGuests.write(directory.resolve(name), code -> {
            code.global("path_start");
            for (int i = 0; i < instructions; i++) {
                code.inc(Reg32.EAX);
            }
            code.global("path_end");
            TinyGuests.count(code, 3);
        });
    }

    private static CommandRun run(final List<String> command, final String... more) {
        return CommandRun.of(Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new));
    }

    /** Refused with the file's name, forced, and then done over. */
    private void assertForeignIsKeptAndOwnReplaced(final List<String> command, final String option)
            throws IOException {
        final Path file = directory.resolve("out");
        final String output = option + file;
        assertRefused(command, option);
        final CommandRun forced = run(command, output, "--force");
        assertEquals(0, forced.code(), option + forced.err());
        assertTrue(!Files.readString(file, StandardCharsets.ISO_8859_1).equals(MINE), option);
        final CommandRun again = run(command, output);
        assertEquals(0, again.code(), option + again.err());
        assertEquals(forced.out(), again.out());
    }

    private void assertRefused(final List<String> command, final String option) throws IOException {
        final Path file = Files.writeString(directory.resolve("out"), MINE);
        final CommandRun run = run(command, option + file);
        assertEquals(2, run.code(), option + run.out() + run.err());
        assertTrue(run.err().startsWith("ringside: " + option + file + ": there is a file that is not ")
            && run.err().contains("; --force replaces it"), run.err());
        assertEquals(MINE, Files.readString(file));
    }

    @Test
    void aProfileReplacesAProfileOfItsFormatOnly() throws IOException {
        for (final ExportFormat format : ExportFormat.values()) {
            assertForeignIsKeptAndOwnReplaced(List.of("profile", guest), "--export=" + format + "=");
            for (final ExportFormat other : ExportFormat.values()) {
                assertEquals(format != other, other.obstacle(directory.resolve("out")).isPresent(),
                    format + " as " + other);
            }
        }
    }

    @Test
    void aProfileOfBantamIsKnownAgainInEveryFormat() {
        final List<String> command = Stream.concat(Stream.of("profile", "--budget", "300000", "--model", "zen4"),
            Stream.of(ExportFormat.values()).map(format -> "--export=" + format + "=" + directory.resolve(
                format.toString().toUpperCase(Locale.ROOT)))).toList();
        final CommandRun first = run(command);
        assertTrue(!first.out().isEmpty(), first.err());
        assertEquals(first, run(command));
    }

    @Test
    void aRunsInputReplacesRecordedInputOnly() throws IOException {
        assertForeignIsKeptAndOwnReplaced(List.of("run", guest), "--record-input=");
        assertRefused(List.of("run", guest, "--serial2", "tcp:0"), "--record-serial2=");
    }

    @Test
    void aReportInJunitsXmlReplacesOneOfRingsideOnly() throws IOException {
        assertForeignIsKeptAndOwnReplaced(List.of("console", guest, "-e", "stepi"), "--junit=");
        final Path other = Files.writeString(directory.resolve("out"),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"ours\" tests=\"0\"/>\n");
        assertEquals(2, run(List.of("console", guest, "-e", "stepi"), "--junit=" + other).code());
    }

    @Test
    void aGatesOutputsReplaceTheirOwnKindOnly() throws IOException {
        assertEquals(0, CommandRun.of("check", "--update", gate.toString()).code());
        for (final String option : List.of("--junit=", "--markdown=", "--sarif=", "--bmf=", "--measure=")) {
            assertForeignIsKeptAndOwnReplaced(List.of("check", gate.toString()), option);
        }
        assertForeignIsKeptAndOwnReplaced(List.of("report", gate.toString()), "--output=");
    }

    @Test
    void aReportOfAFailedGateIsReplacedByTheNextOne() throws IOException {
        assertEquals(0, CommandRun.of("check", "--update", gate.toString()).code());
        final List<String> command = List.of("check", gate.toString(), "--junit=" + directory.resolve("junit"),
            "--markdown=" + directory.resolve("markdown"), "--sarif=" + directory.resolve("sarif"),
            "--bmf=" + directory.resolve("bmf"));
        final Path kernel = directory.resolve("kernel.elf");
        final byte[] good = Files.readAllBytes(kernel);
        Files.write(kernel, new byte[100]);
        assertEquals(2, run(command).code());
        image("kernel.elf", 9);
        assertEquals(3, run(command).code());
        Files.write(kernel, good);
        assertEquals(0, run(command).code());
    }

    @Test
    void claimsReplaceClaimsOnly() throws IOException {
        assertRefused(List.of("bench", "--claims"), "--output=");
        assertRefused(List.of("bench", "--claims", "--json"), "--output=");
    }

    @Test
    void anImageReplacesItselfAndWhatWasLinkedHereOnly() throws IOException {
        assertRefused(List.of("gdb", guest, "--port", "0"), "--write-image=");
        final GuestImage image = GuestImage.read(Path.of(guest));
        final Path file = directory.resolve("written.elf");
        ImageFile.write(image, file);
        assertEquals(Optional.empty(), ImageFile.obstacle(file, image));
        assertEquals(Optional.empty(), ImageFile.obstacle(file, Bantam.image(Bantam.variant("slow"))));

        final byte[] foreign = image.bytes().clone();
        final String text = new String(foreign, StandardCharsets.ISO_8859_1);
        final int producer = text.indexOf("\0Ringside\0");
        foreign[producer + 1] = 'K';
        Files.write(file, foreign);
        assertTrue(ImageFile.obstacle(file, image).isPresent());
    }

    @Test
    void whatAFailedScriptLeavesReplacesNothingElse() throws IOException {
        final Path script = Files.writeString(directory.resolve("bad"), "expect 1 == 2\n");
        final Path trace = Files.writeString(directory.resolve("bad.trace"), MINE);
        final List<String> command = List.of("console", guest, "--script", script.toString(), "--keep="
            + directory);
        final CommandRun refused = run(command);
        assertEquals(2, refused.code(), refused.err());
        assertTrue(refused.err().contains("--keep=" + trace + ": there is a file that is not a trace"), refused.err());
        assertEquals(MINE, Files.readString(trace));
        assertTrue(Files.notExists(directory.resolve("bad.snapshot")));

        assertTrue(run(command, "--force").err().contains("the way there is in " + trace));
        assertTrue(run(command).err().contains("the way there is in " + trace));
    }
}

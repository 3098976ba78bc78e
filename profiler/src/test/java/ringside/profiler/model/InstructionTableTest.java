package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.profiler.model.InstructionTable.Row;

class InstructionTableTest {
    private static final String HEADER = "form,slots,latency,ports,issues,occupancy,source\n";

    @TempDir
    private Path directory;

    @Test
    void aTableBesideTheFileIsReadAndTheLaterOneWins() throws IOException {
        final Row row = load(HEADER + "\"add r64,r64\",2,7,ALU0 ALU3,2,3,a test\n").row("add r64,r64").orElseThrow();
        assertEquals(new Row("add r64,r64", 2, 7, 0b1001, 2, 3, "a test"), row);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | the header is wanted",
        "form,slots | line 1: the header is wanted",
        "@ add r64,r64,1,1,ALU0,1,1,x | line 2: no row of form",
        "@ \"add r64,r64\",1,1,ALU0,1,1, | line 2: no row of form",
        "@ \"add r64,r64\",1,1,ALU7,1,1,x | line 2: a port that the core has not: ALU7",
        "@ \"add r64,r64\",0,1,ALU0,1,1,x | line 2: slots are from 1",
        "@ \"add r64,r64\",-1,1,ALU0,1,1,x | line 2: no row of form",
        "@ \"add r64,r64\",1,1,ALU0,0,0,x | line 2: ports, issues and occupancy",
        "@ \"add r64,r64\",1,1,,1,1,x | line 2: ports, issues and occupancy",
        "@ \"add r64,r64\",1,1,ALU0,1,1,x@@ \"add r64,r64\",1,1,ALU0,1,1,x | line 3: a second row of add r64,r64"})
    void damagedTablesAreRefusedWithFileLineAndReason(final String text, final String reason) {
        final String csv = text.replaceFirst("^@ ", HEADER).replace("@@ ", "\n");
        final ModelException refusal = assertThrows(ModelException.class, () -> load(csv));
        assertTrue(refusal.getMessage().startsWith(directory.resolve("own.csv") + ": " + reason), refusal.getMessage());
    }

    @Test
    void aTableOutsideTheFilesDirectoryIsNotRead() throws IOException {
        for (final String name : List.of("../zen4.csv", "/etc/passwd", "none.csv")) {
            final Path file = Files.writeString(directory.resolve("own.toml"),
                shipped("zen4.toml").replace("zen4-overrides.csv", name));
            assertTrue(assertThrows(ModelException.class, () -> Microarchitecture.load(file)).getMessage()
                .contains("no such file is shipped"));
        }
    }

    @Test
    void theGeneratorWritesTheTablesThatAreHere() throws IOException, InterruptedException {
        Assumptions.assumeTrue(onPath("llvm-mca-19") && onPath("python3"),
            "llvm-mca-19 or python3 is not on PATH (Debian: llvm-19)");
        final Process process = new ProcessBuilder(Forms.ROOT.resolve("scripts/instruction-tables").toString(),
            directory.toString()).redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
        final boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertTrue(ended && process.exitValue() == 0, Files.readString(directory.resolve("log")));
        for (final String name : List.of("zen4.csv", "skylake.csv", "icelake.csv")) {
            final String made = Files.readString(directory.resolve(name));
            final String version = made.lines().findFirst().orElseThrow();
            Assumptions.assumeTrue(shipped(name).startsWith(version), "another version of LLVM: " + version);
            assertEquals(shipped(name), made, name);
        }
    }

    private InstructionTable load(final String csv) throws IOException {
        Files.writeString(directory.resolve("own.csv"), csv);
        return Microarchitecture.load(Files.writeString(directory.resolve("own.toml"),
            shipped("zen4.toml").replace("zen4-overrides.csv", "own.csv"))).hardware().orElseThrow().table();
    }

    private static boolean onPath(final String tool) {
        return List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(entry -> Files.isExecutable(Path.of(entry).resolve(tool)));
    }

    private static String shipped(final String name) throws IOException {
        try (InputStream in = Microarchitecture.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

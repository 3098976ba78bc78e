package ringside.emulator.engine.unicorn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ringside.emulator.engine.EngineException;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.natives.NativeLibraries;
import ringside.toolchain.natives.NativeLibrary;

/** Another file in the engine's place is refused by name and hash, before a byte of it is trusted. */
class ForeignLibraryTest {
    @TempDir
    private Path directory;

    private enum Kind {
        ANOTHER_LIBRARY, NO_LIBRARY, A_CHANGED_ONE
    }

    @ParameterizedTest
    @EnumSource
    void anotherFileIsOneMessageWithBothHashesEachTime(final Kind kind) throws Exception {
        final NativeLibraries natives = NativeLibraries.locate();
        final Path unicorn = directory.resolve(NativeLibrary.UNICORN.pin().fileName());
        switch (kind) {
            case ANOTHER_LIBRARY -> Files.copy(natives.path(NativeLibrary.CAPSTONE), unicorn);
            case NO_LIBRARY -> Files.writeString(unicorn, "no library");
            case A_CHANGED_ONE -> {
                final byte[] bytes = Files.readAllBytes(natives.path(NativeLibrary.UNICORN));
                bytes[bytes.length - 1] ^= 1;
                Files.write(unicorn, bytes);
            }
            default -> throw new IllegalStateException(kind.toString());
        }
        final ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                Stream.of(Disassembler.class, EngineException.class, ForeignLibraryTest.class)
                        .map(ForeignLibraryTest::place).collect(Collectors.joining(":")),
                ForeignLibraryTest.class.getName()).redirectErrorStream(true);
        builder.environment().put(NativeLibraries.DIRECTORY_VARIABLE, directory.toString());
        final Process process = builder.start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        final List<String> lines = output.lines().toList();
        assertEquals(2, lines.size(), output);
        assertEquals(lines.get(0), lines.get(1));
        assertTrue(lines.getFirst().contains(unicorn + " sha256="), output);
        assertTrue(lines.getFirst().contains("expected=" + NativeLibrary.UNICORN.pin().librarySha256()), output);
    }

    private static String place(final Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
    }

    /** Runs in a process of its own, where the library is another one. */
    public static void main(final String[] args) {
        for (int i = 0; i < 2; i++) {
            try {
                Unicorn.library();
            } catch (final EngineException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}

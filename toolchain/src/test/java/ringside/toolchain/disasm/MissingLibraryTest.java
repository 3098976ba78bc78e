package ringside.toolchain.disasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.toolchain.asm.Assembler;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.natives.NativeLibraryException;

/** Whoever needs a library that is not there is told so, each time, in one message. */
class MissingLibraryTest {
    @TempDir
    Path empty;

    @Test
    void aMissingLibraryIsOneClearMessageEachTime() throws Exception {
        final ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                place(Disassembler.class) + ":" + place(MissingLibraryTest.class),
                MissingLibraryTest.class.getName()).redirectErrorStream(true);
        builder.environment().put("RINGSIDE_NATIVES", empty.toString());
        final Process process = builder.start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        final List<String> lines = output.lines().toList();
        assertEquals(3, lines.size(), output);
        assertTrue(lines.get(0).startsWith("no capstone library: looked for "), output);
        assertEquals(lines.get(0), lines.get(1));
        assertTrue(lines.get(2).startsWith("no keystone library: looked for "), output);
    }

    private static String place(final Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }

    /** Runs in a process of its own, where the libraries are missing. */
    public static void main(final String[] args) {
        tell(Disassembler::open);
        tell(Disassembler::bits32);
        tell(() -> Assembler.start(SourceTree.of(Map.of())));
    }

    private static void tell(final Runnable action) {
        try {
            action.run();
        } catch (final NativeLibraryException e) {
            System.out.println(e.getMessage());
        }
    }
}

package ringside.toolchain.asm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;

class DialectDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "assembly.md");

    @Test
    void theExampleOfTheDocumentAssembles() throws IOException {
        final String text = Files.readString(DOCUMENT).split("```\n?")[1];
        final ObjectCode code = Asm.assemble(Map.of("unit.asm", text,
                "abi/layout.inc", "Thread_stack equ 8\nThread_flags equ 16\nCpu_current equ 0x20\n"));
        assertEquals(List.of(".text", ".data", ".bss"), code.sections().stream().map(ObjectSection::name).toList());
        assertEquals(4096, Asm.section(code, ".bss").zeroBytes());
        assertTrue(code.symbols().stream().anyMatch(s -> s.name().equals("probe$thread_resume$rdi$1")));
    }

    @Test
    void theErrorOfTheDocumentIsTheOneThatIsPrinted() throws IOException {
        final String shown = Files.readString(DOCUMENT).split("```\n?")[3];
        final AsmException e = Asm.refused("mov     [rdi + Endpoint_state], 0");
        assertEquals(shown.lines().findFirst().orElseThrow().replaceFirst("^[^ ]+ ", ""), e.reason());
        assertEquals(shown.lines().skip(1).findFirst().orElseThrow().strip(), e.text());
    }
}

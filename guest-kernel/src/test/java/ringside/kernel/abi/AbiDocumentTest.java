package ringside.kernel.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The document of the system calls. After a change run this test with {@code -Dringside.regenerate=true}. */
class AbiDocumentTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("basedir", "."), "../docs/abi.md");

    @Test
    void theDocumentIsWhatTheDeclarationsSay() throws IOException {
        if (Boolean.getBoolean("ringside.regenerate")) {
            Files.writeString(DOCUMENT, AbiDocument.text());
        }
        assertEquals(AbiDocument.text(), Files.readString(DOCUMENT), "regenerate with -Dringside.regenerate=true");
    }
}

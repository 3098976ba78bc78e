package ringside.fastpath.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.toolchain.image.LineRow;
import ringside.toolchain.image.ObjectCode;

/** The generated routines as checked in. After a change run with {@code -Dringside.regenerate=true} and read them. */
class GoldenListingTest {
    private static final Path CHECKED_IN =
            Path.of(System.getProperty("basedir", "."), "src/test/resources/ringside/fastpath/codegen");
    private static final Map<String, ObjectCode> UNITS = Map.of(
            FastCall.ROUTINE, FastCall.generate(), FastReplyRecv.ROUTINE, FastReplyRecv.generate(),
            FastSignal.ROUTINE, FastSignal.generate());

    @ParameterizedTest
    @ValueSource(strings = {FastCall.ROUTINE, FastReplyRecv.ROUTINE, FastSignal.ROUTINE})
    void generatedCodeIsWhatWasReviewed(final String routine) throws IOException {
        final Path golden = CHECKED_IN.resolve(routine + ".lst");
        final String listing = Listing.of(UNITS.get(routine));
        if (Boolean.getBoolean("ringside.regenerate")) {
            Files.writeString(golden, listing);
        }
        assertEquals(Files.readString(golden), listing);
    }

    @ParameterizedTest
    @ValueSource(strings = {FastCall.ROUTINE, FastReplyRecv.ROUTINE, FastSignal.ROUTINE})
    void everyInstructionBelongsToALineOfAGenerator(final String routine) {
        final List<LineRow> lines = UNITS.get(routine).sections().getFirst().lines();
        assertEquals(0, lines.getFirst().offset());
        for (final LineRow row : lines) {
            assertTrue(row.source().file().startsWith("ringside/fastpath/codegen/Fast"), row.toString());
        }
    }
}

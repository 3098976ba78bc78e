package ringside.fastpath.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ringside.toolchain.image.LineRow;
import ringside.toolchain.image.ObjectCode;

/** The generated routines as checked in. After a change run with {@code -Dringside.regenerate=true} and read them. */
class GoldenListingTest {
    private static final Path CHECKED_IN =
            Path.of(System.getProperty("basedir", "."), "src/test/resources/ringside/fastpath/codegen");
    private static final Map<String, ObjectCode> UNITS = Map.ofEntries(
            Map.entry(FastCall.ROUTINE, FastCall.generate()),
            Map.entry(FastReplyRecv.ROUTINE, FastReplyRecv.generate()),
            Map.entry(FastSignal.ROUTINE, FastSignal.generate()),
            Map.entry("ipc_fast_call_of_2_words", FastCall.generate(false, 2)),
            Map.entry("ipc_fast_reply_recv_of_0_words", FastReplyRecv.generate(false, 0)),
            Map.entry("ring_1", unit(new SpscRing(), Map.of("CAPACITY", 1L))),
            Map.entry("ring_16", unit(new SpscRing(), Map.of("CAPACITY", 16L))),
            Map.entry("ring_256", unit(new SpscRing(), Map.of("CAPACITY", 256L))),
            Map.entry("ring_16_remembers", unit(new SpscRing(), Map.of("CAPACITY", 16L, "REMEMBERS", 1L))),
            Map.entry("queue_16", unit(new BoundedQueue(), Map.of("CAPACITY", 16L))),
            Map.entry("queue_16_alone", unit(new BoundedQueue(), Map.of("CAPACITY", 16L, "ALONE", 1L))),
            Map.entry("batch_16_of_5_words_by_1",
                    unit(new BatchRing(), Map.of("CAPACITY", 16L, "WORDS", 5L, "BATCH", 1L))),
            Map.entry("batch_4_of_2_words_by_3",
                    unit(new BatchRing(), Map.of("CAPACITY", 4L, "WORDS", 2L, "BATCH", 3L))),
            Map.entry("batch_4_of_2_words_by_4",
                    unit(new BatchRing(), Map.of("CAPACITY", 4L, "WORDS", 2L, "BATCH", 4L))),
            Map.entry("batch_16_of_2_words_by_4_rolled", unit(new BatchRing(),
                    Map.of("CAPACITY", 16L, "WORDS", 2L, "BATCH", 4L, "ROLLED", 1L))),
            Map.entry("messages_16_of_24_bytes", unit(new MessageRing(), Map.of("SLOTS", 16L, "LENGTH", 24L))),
            Map.entry("messages_16_of_57_bytes", unit(new MessageRing(), Map.of("SLOTS", 16L, "LENGTH", 57L))));

    private static ObjectCode unit(final SlotGenerator generator, final Map<String, Long> constants) {
        return generator.generate(constants).getFirst();
    }

    static Stream<String> units() {
        return UNITS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("units")
    void generatedCodeIsWhatWasReviewed(final String unit) throws IOException {
        final Path golden = CHECKED_IN.resolve(unit + ".lst");
        final String listing = Listing.of(UNITS.get(unit));
        if (Boolean.getBoolean("ringside.regenerate")) {
            Files.writeString(golden, listing);
        }
        assertEquals(Files.readString(golden), listing);
    }

    @ParameterizedTest
    @MethodSource("units")
    void everyInstructionBelongsToALineOfAGenerator(final String unit) {
        final List<LineRow> lines = UNITS.get(unit).sections().getFirst().lines();
        assertEquals(0, lines.getFirst().offset());
        for (final LineRow row : lines) {
            assertTrue(row.source().file().matches(
                    "ringside/fastpath/codegen/(Fast.*|FixedPlace|SpscRing|BoundedQueue|BatchRing|MessageRing)\\.java"),
                    row.toString());
        }
    }
}

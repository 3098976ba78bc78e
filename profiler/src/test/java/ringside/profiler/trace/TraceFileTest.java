package ringside.profiler.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.emulator.event.EventKind;
import ringside.emulator.input.InputEntry;
import ringside.emulator.state.UnwrittenFileException;

class TraceFileTest {
    @TempDir
    private Path directory;

    private static List<TraceEvent> events(final Trace trace) {
        final List<TraceEvent> all = new ArrayList<>();
        for (int i = 0; i < trace.stretches().size(); i++) {
            try (Trace.Events events = trace.events(i)) {
                events.forEachRemaining(all::add);
            }
        }
        return all;
    }

    @Test
    void whatIsWrittenIsRead() {
        final Path file = directory.resolve("sample.trace");
        final List<TraceEvent> events = TraceSamples.events(4000, 3, 1);
        TraceSamples.write(file, 3, events);

        final Trace trace = Trace.read(file);

        assertEquals(TraceSamples.head(3, true), trace.head());
        assertEquals(TraceSamples.symbols().all(), trace.symbols().all());
        assertEquals(TraceSamples.symbols().probes(), trace.symbols().probes());
        assertEquals(Optional.of(new TraceEnd(true, "the guest exited with code 0")), trace.end());
        assertEquals(2, trace.stretches().size());
        final Stretch last = trace.stretches().get(1);
        assertEquals(List.of(new Tick(1100, 17), new Tick(1200, -5)), last.ticks());
        final Checkpoint written = TraceSamples.checkpoint(2000, 3);
        assertEquals(written.hash(), last.end().hash());
        assertEquals(written.steps(), last.end().steps());
        assertEquals(written.cycles(), last.end().cycles());
        assertArrayEquals(written.registers().get(2), last.end().registers().get(2));
        assertEquals(2000, last.events());
        assertEquals(events, events(trace));
        final List<InputEntry> input = trace.input().entries();
        assertEquals(List.of(40L, 41L, 50L), input.stream().map(InputEntry::cycle).toList());
        assertTrue(input.get(2).broken());
        assertArrayEquals(new byte[] {'h', 1}, input.get(1).bytes());
    }

    @Test
    void theSameRunGivesTheSameBytes() throws IOException {
        final List<TraceEvent> events = TraceSamples.events(500, 2, 3);
        TraceSamples.write(directory.resolve("one"), 2, events);
        TraceSamples.write(directory.resolve("other"), 2, events);
        assertArrayEquals(Files.readAllBytes(directory.resolve("one")), Files.readAllBytes(directory.resolve("other")));
    }

    @Test
    void inputAtOnePlaceThatACheckpointPartsIsOneEntry() {
        final Path file = directory.resolve("parted.trace");
        try (TraceWriter writer = TraceWriter.begin(file, TraceSamples.head(1, false), TraceSymbols.NONE)) {
            for (int i = 1; i <= 2; i++) {
                writer.input(List.of(new InputEntry(9, false, new byte[] {(byte) i})));
                writer.checkpoint(List.of(), List.of(), TraceSamples.checkpoint(i * 1000L, 1));
            }
            writer.finish(new TraceEnd(false, "spent"));
        }
        final List<InputEntry> input = Trace.read(file).input().entries();
        assertEquals(1, input.size());
        assertArrayEquals(new byte[] {1, 2}, input.getFirst().bytes());
    }

    @Test
    void aRecordingIsPartialUntilItIsFinishedAndThenInItsPlace() throws IOException {
        final Path file = directory.resolve("run.trace");
        final Path partial = directory.resolve("run.trace.partial");
        Files.writeString(file, "an older one");
        try (TraceWriter writer = TraceWriter.begin(file, TraceSamples.head(1, false), TraceSymbols.NONE)) {
            final UnwrittenFileException twice = assertThrows(UnwrittenFileException.class,
                    () -> TraceWriter.begin(file, TraceSamples.head(1, false), TraceSymbols.NONE));
            assertTrue(twice.getMessage().contains("is writing it"), twice.getMessage());
            writer.checkpoint(List.of(), List.of(), TraceSamples.checkpoint(1000, 1));
            assertEquals("an older one", Files.readString(file));
            final Trace early = Trace.read(partial);
            assertEquals(1000, early.steps());
            assertEquals(Optional.empty(), early.end());
            writer.finish(new TraceEnd(false, "spent"));
        }
        assertFalse(Files.exists(partial));
        assertEquals(1000, Trace.read(file).steps());
    }

    @Test
    void aPartialFileIsReadUpToItsLastWholeCheckpointWhereverItEnds() throws IOException {
        final Path file = directory.resolve("whole.trace");
        TraceSamples.write(file, 2, TraceSamples.events(200, 2, 5));
        final byte[] whole = Files.readAllBytes(file);
        final Path partial = directory.resolve("cut.trace.partial");
        final Path cut = directory.resolve("cut.trace");
        long before = -1;
        final List<Long> seen = new ArrayList<>();
        for (int length = 0; length < whole.length; length++) {
            Files.write(partial, Arrays.copyOf(whole, length));
            Files.write(cut, Arrays.copyOf(whole, length));
            final TraceException refused = assertThrows(TraceException.class, () -> Trace.read(cut));
            assertTrue(refused.getMessage().endsWith(": the file ends here"), refused.getMessage());
            try {
                final Trace trace = Trace.read(partial);
                assertTrue(trace.steps() >= before, "more bytes tell no less: length=" + length);
                assertEquals(trace.stretches().stream().mapToLong(Stretch::events).sum(), events(trace).size());
                if (trace.steps() != before) {
                    seen.add(trace.steps());
                }
                before = trace.steps();
            } catch (final TraceException early) {
                assertEquals(-1, before, "only a header that is cut is refused: length=" + length);
            }
        }
        assertEquals(List.of(0L, 1000L, 2000L), seen);
    }

    @Test
    void anotherVersionOfTheFormatIsRefused() throws IOException {
        final Path file = directory.resolve("next.trace");
        TraceSamples.write(file, 1, List.of());
        final byte[] bytes = Files.readAllBytes(file);
        bytes[Long.BYTES + Integer.BYTES - 1]++;
        Files.write(file, bytes);
        final TraceException refused = assertThrows(TraceException.class, () -> Trace.read(file));
        assertEquals(file + ": header: version 2 of the format, and this program knows 1", refused.getMessage());
        Files.writeString(file, "not at all a trace");
        assertEquals(file + ": header: this is no trace",
                assertThrows(TraceException.class, () -> Trace.read(file)).getMessage());
    }

    @Test
    void moreBlocksThanHaveNumbersAreReadAsWritten() {
        final Path file = directory.resolve("many.trace");
        final List<TraceEvent> events = new ArrayList<>();
        for (int i = 0; i < 2 * (BlockBook.MOST + 4000); i++) {
            events.add(new TraceEvent(EventKind.BLOCK, 3L * i + 3, 0, 0, 0x1000 + 8L * (i % 70_000), 8, 3, 0, ""));
        }
        TraceSamples.write(file, 1, events);
        assertEquals(events, events(Trace.read(file)));
    }

    @Test
    void countsKnowWhereEachCameFirstAndStayBounded() {
        final EventCounter counter = new EventCounter();
        counter.exception(10, 1, 14, 0, 0x1000);
        counter.exception(20, 0, 14, 0, 0x1000);
        for (int i = 0; i < 10_000; i++) {
            counter.addressSpace(100 + i, 0, 0x1000L * i);
        }
        final List<EventRow> rows = counter.take();
        assertEquals(new EventRow(EventKind.EXCEPTION, 14, 2, 1, 10), rows.getFirst());
        assertTrue(rows.size() <= TraceLimits.ROWS_OF_STRETCH, "rows=" + rows.size());
        assertEquals(10_000, rows.stream().filter(row -> row.kind() == EventKind.ADDRESS_SPACE)
                .mapToLong(EventRow::count).sum());
        assertEquals(List.of(), counter.take());
    }
}

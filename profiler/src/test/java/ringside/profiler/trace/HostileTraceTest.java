package ringside.profiler.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged and invented traces: refused with file, place and reason, or read to their end. */
@Tag("fuzz")
class HostileTraceTest {
    private static final int FIRST = Integer.getInteger("ringside.fuzz.first", 0);
    private static final int FILES =
            Integer.getInteger("ringside.inputs", 1000 * Integer.getInteger("ringside.fuzz.factor", 1));

    @TempDir
    private Path directory;

    private record Section(int tag, byte[] content) {
    }

    private static List<Section> sections(final Path file) {
        final List<Section> all = new ArrayList<>();
        try (SectionReader in = SectionReader.open(file)) {
            in.begin();
            for (TraceCursor next = in.next(); next != null; next = in.next()) {
                all.add(new Section(in.tag(), next.raw(next.length())));
            }
        }
        return all;
    }

    /** A file with right checksums, whatever its sections hold. */
    private static byte[] file(final List<Section> sections) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final SectionWriter writer = new SectionWriter();
        writer.begin(out);
        for (final Section section : sections) {
            byte[] content = section.content;
            if (section.tag == TraceFormat.LAST && content.length >= TraceFormat.HASH_BYTES) {
                content = Arrays.copyOf(content, content.length - TraceFormat.HASH_BYTES);
                content = new TraceBytes().raw(content).raw(writer.digest()).copy();
            }
            writer.section(out, section.tag, content, content.length);
        }
        writer.close();
        return out.toByteArray();
    }

    private static byte[] mutated(final byte[] bytes, final SplittableRandom random) {
        byte[] changed = bytes.clone();
        final int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && changed.length > 0; i++) {
            final int at = random.nextInt(changed.length);
            switch (random.nextInt(5)) {
                case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> changed[at] = (byte) random.nextInt();
                case 2 -> Arrays.fill(changed, at, Math.min(changed.length, at + 1 + random.nextInt(9)), (byte) 0xFF);
                case 3 -> changed = Arrays.copyOf(changed, at);
                default -> {
                    final byte[] longer = Arrays.copyOf(changed, changed.length + 1 + random.nextInt(9));
                    System.arraycopy(changed, at, longer, at + longer.length - changed.length, changed.length - at);
                    changed = longer;
                }
            }
        }
        return changed;
    }

    /** One of: bytes anywhere, what a section holds, or the order of sections. */
    private static byte[] invented(final byte[] whole, final List<Section> sections, final SplittableRandom random)
            throws IOException {
        if (random.nextInt(5) == 0) {
            return mutated(whole, random);
        }
        final List<Section> changed = new ArrayList<>(sections);
        final int at = random.nextInt(changed.size());
        switch (random.nextInt(8)) {
            case 0 -> changed.remove(at);
            case 1 -> changed.add(random.nextInt(changed.size()), changed.get(at));
            default -> changed.set(at, new Section(changed.get(at).tag, mutated(changed.get(at).content, random)));
        }
        return file(changed);
    }

    private boolean isRead(final Path file) {
        try {
            final Trace trace = Trace.read(file);
            for (int i = 0; i < trace.stretches().size() && trace.head().events(); i++) {
                try (Trace.Events events = trace.events(i)) {
                    events.forEachRemaining(event -> EventText.line(event, trace.symbols()));
                }
            }
            TraceDiff.of(trace, trace);
            return true;
        } catch (final TraceException refused) {
            assertTrue(refused.getMessage().matches("(?s)" + file + ": [^:]+: .+"), refused.getMessage());
            return false;
        }
    }

    @Test
    void damagedTracesAreRefusedOrReadToTheirEnd() throws IOException {
        final Path sample = directory.resolve("sample");
        TraceSamples.write(sample, 2, TraceSamples.events(60, 2, 9));
        final byte[] whole = Files.readAllBytes(sample);
        final List<Section> sections = sections(sample);
        assertTrue(Arrays.equals(whole, file(sections)), "a file can be put together again");
        int read = 0;
        for (int seed = FIRST; seed < FIRST + FILES; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final Path file = directory.resolve(random.nextInt(4) == 0 ? "bad.partial" : "bad");
            Files.write(file, invented(whole, sections, random));
            try {
                read += isRead(file) ? 1 : 0;
            } catch (final RuntimeException | Error crash) {
                throw new AssertionError("seed=" + seed, crash);
            }
        }
        assertTrue(read > FILES / 100, "some are read: " + read);
        assertTrue(read < FILES / 2, "most are refused: " + read);
    }

    @Test
    void aCountIsHeldAgainstItsBoundBeforeMemoryIsTaken() throws IOException {
        final Path sample = directory.resolve("sample");
        TraceSamples.write(sample, 1, List.of());
        final List<Section> sections = sections(sample);
        int tried = 0;
        for (int i = 0; i < sections.size(); i++) {
            for (final long count : new long[] {Integer.MAX_VALUE, Long.MAX_VALUE, -1, 1 << 20}) {
                final List<Section> changed = new ArrayList<>(sections);
                changed.set(i, new Section(sections.get(i).tag, new TraceBytes().number(count).copy()));
                final Path file = Files.write(directory.resolve("huge"), file(changed));
                assertEquals(false, isRead(file), TraceFormat.name(sections.get(i).tag) + " of " + count);
                tried++;
            }
        }
        assertTrue(tried > 20, "tried=" + tried);
    }

    private Path claiming(final List<Tick> ticks, final long end) {
        final Path file = directory.resolve("claims");
        try (TraceWriter writer = TraceWriter.begin(file, TraceSamples.head(1, false), TraceSamples.symbols())) {
            writer.checkpoint(ticks, List.of(), TraceSamples.checkpoint(end, 1));
            writer.finish(new TraceEnd(false, "the budget is spent"));
        }
        return file;
    }

    @Test
    void stepsThatNoRecordingGoesWithoutAMarkAreNotBelieved() {
        final long beyond = TraceLimits.BEYOND;
        // The sample says that its checkpoints are 1000 steps apart.
        assertTrue(isRead(claiming(List.of(new Tick(400 + beyond, 1)), 1000 + beyond)));
        for (final long far : new long[] {1001 + beyond, 1L << 40, Long.MAX_VALUE - 10}) {
            final String reason = assertThrows(TraceException.class,
                    () -> Trace.read(claiming(List.of(new Tick(far, 1)), far))).getMessage();
            assertTrue(reason.contains("no recording goes so far without a mark"), reason);
            assertThrows(TraceException.class, () -> Trace.read(claiming(List.of(new Tick(TraceLimits.TICK, 1)), far)));
            assertThrows(TraceException.class, () -> Trace.read(claiming(List.of(), far)));
        }
        assertEquals(1000, TraceLimits.interval(1000, TraceLimits.CHECKPOINTS / 2));
        assertEquals(4000, TraceLimits.interval(1000, TraceLimits.CHECKPOINTS / 2 + 2 * TraceLimits.DOUBLED_AFTER));
        assertEquals(Long.MAX_VALUE, TraceLimits.interval(Long.MAX_VALUE / 2, TraceLimits.CHECKPOINTS));
    }
}

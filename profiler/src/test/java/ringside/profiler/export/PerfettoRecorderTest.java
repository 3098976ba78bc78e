package ringside.profiler.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import ringside.profiler.profile.Flow;
import ringside.profiler.profile.GuestCode;
import ringside.toolchain.image.Probe;

class PerfettoRecorderTest {
    private static final int PACKET = 1;
    private static final int TIMESTAMP = 8;
    private static final int TRACK_EVENT = 11;
    private static final int EVENT_TYPE = 9;
    private static final int EVENT_TRACK = 11;
    private static final int COUNTER_VALUE = 30;
    private static final GuestCode CODE = new GuestCode() {
        @Override
        public String routine(final long address) {
            return "routine" + (address >> 8);
        }

        @Override
        public Flow flow(final long address) {
            return Flow.NONE;
        }
    };
    private static final ProfiledGuest GUEST = new ProfiledGuest("kernel", "0123", "1", _ -> Optional.empty());

    private static PerfettoRecorder recorder(final int most) {
        return new PerfettoRecorder(CODE, List.of(new Probe("client_call", 0, List.of()),
            new Probe("server_return", 0, List.of())),
            List.of(new PerfettoRecorder.Arrow("client_call", "server_return")), new long[] {10}, most);
    }

    /** Types and times of the events. */
    private static String events(final PerfettoRecorder recorder) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        recorder.write(bytes, GUEST, "unit-1");
        final StringBuilder text = new StringBuilder();
        final UnknownFieldSet trace = UnknownFieldSet.parseFrom(bytes.toByteArray());
        for (final var packet : trace.getField(PACKET).getLengthDelimitedList()) {
            final UnknownFieldSet fields = UnknownFieldSet.parseFrom(packet);
            if (fields.hasField(TRACK_EVENT)) {
                final UnknownFieldSet event =
                    UnknownFieldSet.parseFrom(fields.getField(TRACK_EVENT).getLengthDelimitedList().getFirst());
                text.append("-BEIC".charAt(event.getField(EVENT_TYPE).getVarintList().getFirst().intValue()))
                    .append(fields.getField(TIMESTAMP).getVarintList().getFirst()).append(' ');
            }
        }
        return text.toString().strip();
    }

    @Test
    void slicesBeginWhereTheTimeBeforeThemEnds() throws IOException {
        final PerfettoRecorder recorder = recorder(100);
        recorder.instruction(12, 0, 0x100, 4, 3);
        recorder.probe(12, 0, 0, 0, 0, 0);
        recorder.instruction(13, 0, 0x104, 4, 3);
        recorder.syscall(13, 0, 0x104, 1);
        recorder.instruction(20, 0, 0x200, 4, 0);
        recorder.idle(30, 0);
        recorder.instruction(31, 0, 0x300, 4, 0);
        recorder.probe(31, 0, 1, 0, 0, 0);

        assertEquals("B10 B10 I12 E13 E13 B13 C13 B13 E20 E20 B20 E30 B30 B30 I31 E31 E31", events(recorder));
        assertEquals(0, recorder.dropped());
    }

    @Test
    void probesMakeThreadsMessagesAndDepthsOfQueues() throws IOException {
        final List<String> registers = List.of("rdi", "rsi");
        final PerfettoRecorder recorder = new PerfettoRecorder(CODE, List.of(
            new Probe("context_switch", 0, registers), new Probe("ipc_message", 0, registers),
            new Probe("ring_enqueue", 0, registers), new Probe("ring_dequeue", 0, registers),
            new Probe("phase_dequeue", 0, List.of())), List.of(), new long[] {10, 10}, 100);
        recorder.probe(10, 0, 0, 0xA, 0, 0);
        recorder.probe(12, 0, 2, 0x500, 0, 0);
        recorder.probe(13, 0, 2, 0x500, 0, 0);
        recorder.probe(14, 0, 1, 0xA, 0xB, 0);
        recorder.probe(15, 0, 4, 0, 0, 0);
        recorder.probe(20, 1, 0, 0xB, 0, 0);
        recorder.probe(21, 1, 3, 0x500, 0, 0);
        recorder.probe(22, 1, 3, 0x600, 0, 0);
        recorder.probe(30, 0, 0, 0, 0, 0);

        // CPU 0's threads are on 200, CPU 1's on 201, counters begin after those of the two CPUs.
        assertEquals("B10@200 C12@1002=1 C13@1002=2 I14@200 B20@201 I20@201 C21@1002=1 C22@1003=0 E30@200 E10@201",
            placed(recorder));
        final String names = text(recorder);
        assertTrue(names.contains("CPU 1, threads") && names.contains("depth: ring routine5 0x500")
            && names.contains("thread 0xb") && !names.contains("depth: phase"), names);
    }

    @Test
    void waitsWakesEndsAndPagesArePointsOfTheLaneOfThreads() throws IOException {
        final List<String> registers = List.of("rdi", "rsi");
        final PerfettoRecorder recorder = new PerfettoRecorder(CODE, List.of(
            new Probe("context_switch", 0, registers), new Probe("block_reply", 0, registers),
            new Probe("thread_wake", 0, registers), new Probe("thread_kill", 0, registers),
            new Probe("page_map", 0, registers), new Probe("phase_copy", 0, List.of())), List.of(),
            new long[] {10}, 100);
        recorder.probe(10, 0, 0, 0xA, 0, 0);
        recorder.probe(12, 0, 1, 0xA, 0xB, 0);
        recorder.probe(13, 0, 2, 0xC, 0, 0);
        recorder.probe(14, 0, 3, 0xD, 0, 0);
        recorder.probe(15, 0, 4, 0x500, 0x1000, 0);
        recorder.probe(16, 0, 5, 0, 0, 0);

        assertEquals("B10@200 I12@200 I13@200 I14@200 I15@200 E10@200", placed(recorder));
        final String names = text(recorder);
        assertTrue(names.contains("thread 0xa waits: reply") && names.contains("thread 0xc wakes")
            && names.contains("thread 0xd ends") && names.contains("page map"), names);
    }

    @Test
    void aMessageThatWaitedComesFromWhereItsSenderRanLast() throws IOException {
        final PerfettoRecorder recorder = new PerfettoRecorder(CODE, List.of(
            new Probe("context_switch", 0, List.of("rdi")), new Probe("ipc_message", 0, List.of("rdi", "rsi"))),
            List.of(), new long[] {10}, 100);
        recorder.probe(10, 0, 0, 0xA, 0, 0);
        recorder.probe(15, 0, 0, 0xB, 0, 0);
        recorder.probe(18, 0, 1, 0xA, 0xB, 0);
        recorder.probe(19, 0, 1, 0xC, 0xB, 0);

        assertEquals("B10@200 E15@200 B15@200 I15@200 I18@200 E10@200", placed(recorder));
    }

    private static String text(final PerfettoRecorder recorder) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        recorder.write(bytes, GUEST, "unit-1");
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** Types, times, tracks and counters' values. */
    private static String placed(final PerfettoRecorder recorder) throws IOException {
        final StringBuilder text = new StringBuilder();
        final byte[] bytes = text(recorder).getBytes(StandardCharsets.ISO_8859_1);
        for (final var packet : UnknownFieldSet.parseFrom(bytes).getField(PACKET).getLengthDelimitedList()) {
            final UnknownFieldSet fields = UnknownFieldSet.parseFrom(packet);
            if (fields.hasField(TRACK_EVENT)) {
                final UnknownFieldSet event =
                    UnknownFieldSet.parseFrom(fields.getField(TRACK_EVENT).getLengthDelimitedList().getFirst());
                text.append("-BEIC".charAt(event.getField(EVENT_TYPE).getVarintList().getFirst().intValue()))
                    .append(fields.getField(TIMESTAMP).getVarintList().getFirst()).append('@')
                    .append(event.getField(EVENT_TRACK).getVarintList().getFirst());
                event.getField(COUNTER_VALUE).getVarintList().forEach(value -> text.append('=').append(value));
                text.append(' ');
            }
        }
        return text.toString().strip();
    }

    @Test
    void aFullLogDropsWhatFollowsAndSaysHowMuch() throws IOException {
        final PerfettoRecorder recorder = recorder(5);
        for (int i = 0; i < 100; i++) {
            recorder.instruction(11 + i, 0, 0x100L * (i + 1), 4, 0);
        }
        assertEquals("B10 B10 E11 B11 E12 E12", events(recorder));
        assertEquals(195, recorder.dropped());
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        recorder.write(bytes, GUEST, "unit-1");
        assertTrue(bytes.toString(StandardCharsets.ISO_8859_1).contains("195 events beyond the first 5 are missing"));
    }
}

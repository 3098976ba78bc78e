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

package ringside.emulator.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import ringside.emulator.machine.InputSource;

class InputLogTest {
    private static final int POSITIONS = 400;

    private static InputEntry entry(final long cycle, final boolean idle, final String text) {
        return new InputEntry(cycle, idle, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(final InputLog log) {
        final StringBuilder all = new StringBuilder();
        for (final InputEntry entry : log.entries()) {
            all.append(entry.cycle()).append(entry.idle() ? "i:" : ":").append(entry.broken() ? "!" : "")
                    .append(new String(entry.bytes(), StandardCharsets.US_ASCII)).append(' ');
        }
        return all.toString();
    }

    private static InputSource live(final int... answers) {
        final Deque<Integer> left = new ArrayDeque<>(Arrays.stream(answers).boxed().toList());
        return (cycle, idle) -> left.isEmpty() ? InputSource.END : left.remove();
    }

    @Test
    void bytesComeAtTheirPositionAndNotBefore() {
        final InputSource source = new InputLog(List.of(entry(5, false, "ab"), entry(7, true, "c"))).replay();
        assertEquals(InputSource.NOTHING, source.poll(4, true));
        assertEquals('a', source.poll(5, false));
        assertEquals('b', source.poll(6, false), "room came later than the bytes");
        assertEquals(InputSource.NOTHING, source.poll(7, false), "it is for the idle machine");
        assertEquals('c', source.poll(7, true));
        assertEquals(InputSource.END, source.poll(7, true));
    }

    @Test
    void aRecorderWritesDownWhereEachByteWasTaken() {
        final InputRecorder recorder = new InputRecorder(
                live(InputSource.NOTHING, 'a', 'b', InputSource.NOTHING, 'c', 'd'));
        assertEquals(InputSource.NOTHING, recorder.poll(1, false));
        assertEquals('a', recorder.poll(3, false));
        assertEquals('b', recorder.poll(3, false));
        assertEquals(InputSource.NOTHING, recorder.poll(3, false));
        assertEquals(InputSource.NOTHING, recorder.poll(3, false), "what is ready now is for the next position");
        assertEquals('c', recorder.poll(3, true));
        assertEquals("3:ab 3i:c ", text(recorder.log()));
        assertEquals('d', recorder.poll(3, true));
        assertEquals("3:ab 3i:cd ", text(recorder.log()));
    }

    @Test
    void aBreakHasItsPlaceAmongTheBytes() {
        final InputRecorder recorder = new InputRecorder(
                live('a', InputSource.BREAK, InputSource.BREAK, 'b', InputSource.BREAK));
        for (int i = 0; i < 5; i++) {
            recorder.poll(3, false);
        }
        assertEquals("3:a 3:! 3:! 3:b 3:! ", text(recorder.log()));
        final InputSource source = recorder.log().replay();
        source.resume(2);
        assertEquals(InputSource.BREAK, source.poll(3, false));
        assertEquals('b', source.poll(3, false));
        recorder.resume(2);
        assertEquals("3:a 3:! ", text(recorder.log()));
    }

    @Test
    void aRecordingContinuesWhereTheMachineWentBackTo() {
        final InputRecorder recorder = new InputRecorder(live('a', 'b', 'c', 'x'));
        recorder.poll(1, false);
        recorder.poll(2, false);
        recorder.poll(2, false);
        recorder.resume(2);
        assertEquals("1:a 2:b ", text(recorder.log()));
        recorder.poll(2, false);
        assertEquals("1:a 2:bx ", text(recorder.log()));
    }

    @Test
    void aReplayResumesAfterAnyNumberOfBytes() {
        final InputLog log = new InputLog(List.of(entry(5, false, "ab"), entry(7, true, "c")));
        for (int taken = 0; taken <= 3; taken++) {
            final InputSource source = log.replay();
            source.poll(9, true);
            source.resume(taken);
            for (int i = taken; i < 3; i++) {
                assertEquals("abc".charAt(i), source.poll(9, true), "taken=" + taken);
            }
            assertEquals(InputSource.END, source.poll(9, true));
        }
    }

    /** The machine asks the same questions as long as it gets the same answers; so a log must answer the same. */
    @Test
    void aReplayAnswersEveryQuestionAsTheRecorderDid() {
        for (int seed = 0; seed < 200; seed++) {
            final Random chance = new Random(seed);
            final InputRecorder recorder = new InputRecorder((cycle, idle) ->
                    !idle && chance.nextInt(4) > 0 ? InputSource.NOTHING
                            : chance.nextInt(5) == 0 ? InputSource.BREAK : 'a' + chance.nextInt(26));
            final int[] answers = new int[POSITIONS];
            final Random questions = new Random(seed);
            for (int i = 0, cycle = 0; i < POSITIONS; i++) {
                cycle += questions.nextInt(3) / 2;
                answers[i] = recorder.poll(cycle, questions.nextInt(10) == 0);
            }
            final InputLog log = recorder.log();
            final InputSource replay = log.replay();
            final Random again = new Random(seed);
            long left = log.bytes();
            for (int i = 0, cycle = 0; i < POSITIONS && left > 0; i++) {
                cycle += again.nextInt(3) / 2;
                assertEquals(answers[i], replay.poll(cycle, again.nextInt(10) == 0), "seed=" + seed + " i=" + i);
                left -= answers[i] >= 0 ? 1 : 0;
            }
        }
    }

    @Test
    void aLogIsInOrder() {
        assertThrows(IllegalArgumentException.class, () -> new InputEntry(-1, false, new byte[1]));
        assertThrows(IllegalArgumentException.class, () -> new InputEntry(1, false, new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> new InputEntry(1, false, true, new byte[1]));
        final List<InputEntry> backwards = List.of(entry(2, false, "a"), entry(1, false, "b"));
        assertThrows(IllegalArgumentException.class, () -> new InputLog(backwards));
        final List<InputEntry> twice = List.of(entry(2, false, "a"), entry(2, false, "b"));
        assertThrows(IllegalArgumentException.class, () -> new InputLog(twice));
    }
}

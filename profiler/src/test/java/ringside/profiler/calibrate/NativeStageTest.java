package ringside.profiler.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What keeps the process alive while foreign machine code runs in it. */
class NativeStageTest {
    private static final String FAULTY = "; x - reads nowhere\n; iterations: 100\n; data: 64\n; fill: zero\n"
            + " global snippet\nsnippet:\n.iterate:\n mov rax, [rdi + 64]\n dec rsi\n jnz .iterate\n.done:\n ret\n";

    @BeforeEach
    void hostRunsSnippets() {
        assumeTrue(HostCpu.ofHost().refusal().isEmpty(), "a snippet runs on an x86-64 Linux host only");
    }

    @Test
    void whatFailsInTheMachineNeverReachesTheHost() {
        final Snippet faulty = Snippets.of("x", FAULTY);
        assertTrue(assertThrows(CalibrationException.class, () -> NativeStage.of(faulty, 10)).getMessage()
                .startsWith("snippet x: it reads what is not its own"));
    }

    @Test
    void everyCallBeginsWithTheSameData() {
        final Snippet snippet = Snippets.of(List.of("ring_power_of_two")).getFirst();
        try (NativeStage stage = NativeStage.of(snippet, 20)) {
            stage.call();
            final Outcome first = stage.outcome();
            stage.call();
            assertEquals("", first.difference(stage.outcome()));
            assertEquals(40, first.data()[0]);
        }
    }

    @Test
    void aCallTimesAllItsParts() {
        final Snippet snippet = Snippets.of(List.of("chain_add")).getFirst();
        try (NativeStage stage = NativeStage.of(snippet, 20)) {
            final Sample sample = stage.call();
            assertTrue(sample.clockBefore() > 0 && sample.canaryBefore() > 0 && sample.work() > 0
                    && sample.canaryAfter() > 0 && sample.clockAfter() > 0, sample.toString());
        }
    }

    @Test
    void aSecondStageIsRefusedWhileTheFirstIsThere() {
        final Snippet snippet = Snippets.of(List.of("chain_add")).getFirst();
        try (NativeStage stage = NativeStage.of(snippet, 20)) {
            assertTrue(assertThrows(CalibrationException.class, () -> NativeStage.of(snippet, 20)).getMessage()
                    .startsWith("the host has no room for a snippet at its addresses: "));
            stage.call();
        }
        NativeStage.of(snippet, 20).close();
    }
}

package ringside.profiler.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.event.Translation;

/** A snippet in the emulated machine: what is counted, what is told, and what ends a run. */
class SnippetRunTest {
    private static Snippet snippet(final String before, final String body, final String after) {
        return Snippets.of("x", "; x - does\n; iterations: 100\n; data: 64\n; fill: zero\n global snippet\nsnippet:\n"
                + before + "\n.iterate:\n" + body + "\n dec rsi\n jnz .iterate\n.done:\n" + after + "\n ret\n");
    }

    @Test
    void instructionsOfAnIterationLeaveOutWhatStandsAroundTheLoop() {
        final EmulatedRun run = SnippetRun.of(snippet(" nop\n nop\n nop", " add rax, 1", " nop"), 5, 10);
        assertEquals(3, run.perIteration());
        assertEquals(3 + 30 + 1 + 1, run.instructions());
        assertEquals(10, run.outcome().registers()[0]);
    }

    @Test
    void whatTheLoopCallsIsOfTheIteration() {
        final EmulatedRun run = SnippetRun.of(snippet("", " call leaf", " ret\nleaf:\n add rax, 2"), 1, 10);
        assertEquals(5, run.perIteration());
        assertEquals(20, run.outcome().registers()[0]);
    }

    @Test
    void theSecondCallFindsTheDataThatTheFirstOneLeft() {
        final EmulatedRun run = SnippetRun.of(snippet("", " inc qword [rdi]", ""), 3, 4);
        assertEquals(7, run.outcome().data()[0]);
    }

    @Test
    void observersHearTheSecondCallAndNothingAroundIt() {
        final List<String> heard = new ArrayList<>();
        final Snippet snippet = snippet("", " mov [rdi + 8], rsi", "");
        final EmulatedRun run = SnippetRun.observe(snippet, new MachineObserver() {
            @Override
            public Set<EventKind> interests() {
                return EnumSet.of(EventKind.INSTRUCTION, EventKind.BLOCK, EventKind.MEMORY_READ,
                        EventKind.MEMORY_WRITE);
            }

            @Override
            public void instruction(final long cycle, final int cpu, final long address, final int length,
                    final int level) {
                heard.add("i" + (address - snippet.address()));
            }

            @Override
            public void block(final long cycle, final int cpu, final int code, final long address, final int size,
                    final int instructions, final int level) {
                heard.add("b" + (address - snippet.address()) + "x" + instructions);
            }

            @Override
            public void memoryRead(final long cycle, final int cpu, final long address, final int size,
                    final int level) {
                heard.add("r" + size);
            }

            @Override
            public void memoryWrite(final long cycle, final int cpu, final long address, final int size,
                    final int level) {
                heard.add("w" + (address - snippet.dataAddress()) + "x" + size);
            }
        }, 9, 2);
        assertEquals(List.of("w8x8", "i0", "i4", "i7", "b0x3", "w8x8", "i0", "i4", "i7", "b0x3", "r8", "i9", "b9x1"),
                heard);
        assertEquals(heard.stream().filter(event -> event.startsWith("i")).count(), run.instructions());
    }

    @Test
    void snippetRunsOnPagesOfFourKilobytesAsOnTheHost() {
        final Map<Long, Translation> pages = new TreeMap<>();
        final Snippet snippet = Snippets.of(List.of("list_walk_pages")).getFirst();
        SnippetRun.observe(snippet, new MachineObserver() {
            @Override
            public Set<EventKind> interests() {
                return EnumSet.of(EventKind.TRANSLATION);
            }

            @Override
            public void translation(final long cycle, final int cpu, final Translation translation) {
                pages.put(translation.page(), translation);
            }
        }, 200, 200);
        final long first = Stage.DATA >> 12;
        final long behind = first + 129;
        assertEquals(128, pages.keySet().stream().filter(page -> page >= first && page < behind).count());
        for (final long page : List.of(Stage.CODE >> 12, (Stage.STACK_TOP >> 12) - 1, first, behind - 1)) {
            assertEquals(4096, pages.get(page).size());
            assertEquals(page, pages.get(page).frame());
            assertEquals(4, pages.get(page).entries().length);
        }
    }

    @Test
    void observersChangeNothing() {
        for (final Snippet snippet : Snippets.of(List.of("branch_random", "list_rotate", "copy_rep_56"))) {
            final EmulatedRun bare = SnippetRun.of(snippet, 7, 50);
            final EmulatedRun observed = SnippetRun.observe(snippet, new MachineObserver() {
                @Override
                public Set<EventKind> interests() {
                    return EnumSet.allOf(EventKind.class);
                }
            }, 7, 50);
            assertEquals("", bare.outcome().difference(observed.outcome()));
            assertEquals(bare.instructions(), observed.instructions());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        " ud2|the guest triple-faulted",
        " hlt|the guest triple-faulted",
        " mov rax, [rdi + 64]|it reads what is not its own: address=0x1100040 size=8",
        " mov [rdi - 8], rax|it writes what is not its own: address=0x10FFFF8 size=8",
        " mov [rsp + 4], rax|it writes what is not its own"})
    void aSnippetThatDoesWhatItMustNotIsRefused(final String body, final String why) {
        final CalibrationException refused = assertThrows(CalibrationException.class,
                () -> SnippetRun.of(snippet("", body, ""), 1, 2));
        assertTrue(refused.getMessage().toLowerCase(Locale.ROOT)
                .startsWith(("snippet x: " + why).toLowerCase(Locale.ROOT)), refused.getMessage());
    }

    @Test
    void aDifferenceIsNamed() {
        final Outcome one = new Outcome(new long[] {1, 2}, new byte[] {3, 4});
        assertEquals("", one.difference(new Outcome(new long[] {1, 2}, new byte[] {3, 4})));
        assertEquals("rcx: 0x2 and 0x20", one.difference(new Outcome(new long[] {1, 32}, new byte[] {3, 4})));
        assertEquals("data + 0x1: 0x4 and 0xFF", one.difference(new Outcome(new long[] {1, 2}, new byte[] {3, -1})));
    }
}

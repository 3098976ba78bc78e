package ringside.console.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Panels are functions of what they show: the same record gives the same lines, of the size that is asked for. */
class PanelTest {
    private static final CodePanel CODE = new CodePanel("loop+0x2", List.of(
        new CodePanel.Instruction("+0", "xor eax, eax", "clear it"),
        new CodePanel.Instruction("+2", "dec rcx", "one less"),
        new CodePanel.Instruction("+5", "jne loop", "")), 1);
    private static final RegistersPanel REGISTERS = new RegistersPanel("cpu 0", "iopl=0 zf", List.of(
        new RegistersPanel.Register("rax", 0, false), new RegistersPanel.Register("rcx", -1, true),
        new RegistersPanel.Register("rdx", 0xABC, false)));
    private static final ThreadsPanel THREADS = new ThreadsPanel(List.of("cpu 0: init/0"), List.of(
        new ThreadsPanel.Thread("init/0", "running", 128, "", true),
        new ThreadsPanel.Thread("names/0", "receiving", 32, "at ffff80", false)), "");
    private static final TimelinePanel TIMELINE = new TimelinePanel("50:0", 50, 100, List.of(0L, 80L),
        Map.of("call", 20L, "end", 100L));

    private static String shown(final List<Line> lines) {
        return lines.stream().map(line -> line.text().stripTrailing() + "\n").collect(Collectors.joining());
    }

    private static List<String> toned(final List<Line> lines, final Tone tone) {
        return lines.stream().flatMap(line -> line.pieces().stream()).filter(piece -> piece.tone() == tone)
            .map(piece -> piece.text().strip()).filter(text -> !text.isEmpty()).toList();
    }

    @Test
    void codeHasAnArrowAtTheInstructionThatComesNext() {
        assertEquals("""
              +0  xor eax, eax
            =>+2  dec rcx
              +5  jne loop
            """, shown(CODE.lines(30, 3)));
        assertEquals(List.of("=>+2  dec rcx"), toned(CODE.lines(30, 3), Tone.HERE));
    }

    @Test
    void codeShowsItsSourceWhereThereIsRoom() {
        assertEquals("=>+2  dec rcx                            ; one less",
            CODE.lines(70, 3).get(1).text().stripTrailing());
    }

    @Test
    void codeScrollsSoThatTheInstructionIsSeenWithSomeBeforeIt() {
        final List<CodePanel.Instruction> many = IntStream.range(0, 100)
            .mapToObj(i -> new CodePanel.Instruction("+" + i, "nop", "")).toList();

        assertEquals("""
              +47  nop
              +48  nop
              +49  nop
            =>+50  nop
              +51  nop
              +52  nop
              +53  nop
            """, shown(new CodePanel("f", many, 50).lines(20, 7)));
        assertEquals("=>+99  nop", new CodePanel("f", many, 99).lines(20, 4).getLast().text().strip());
        assertEquals("=>+0  nop\n", shown(new CodePanel("f", many, 0).lines(20, 1)));
    }

    @Test
    void codeThatIsNotMappedSaysSo() {
        assertEquals("(nothing is mapped here)\n\n", shown(new CodePanel("", List.of(), -1).lines(30, 2)));
    }

    @Test
    void registersFillColumnsDownwardsAndMarkWhatChanged() {
        assertEquals("""
            rax 0000000000000000  rdx 0000000000000abc
            rcx ffffffffffffffff
            """, shown(REGISTERS.lines(42, 2)));
        assertEquals(List.of("ffffffffffffffff"), toned(REGISTERS.lines(42, 2), Tone.CHANGED));
    }

    @Test
    void registersForWhichThereIsNoRoomAreLeftOutFromTheEnd() {
        assertEquals("rax 0000000000000000\n", shown(REGISTERS.lines(25, 1)));
    }

    @Test
    void threadsStandBelowWhatTheCpusRun() {
        assertEquals("""
            cpu 0: init/0
            init/0   running    p128
            names/0  receiving  p32  at ffff80
            """, shown(THREADS.lines(40, 3)));
    }

    @Test
    void threadsForWhichThereIsNoRoomAreCounted() {
        assertEquals("""
            cpu 0: init/0
            ... and 2 more: 'threads'
            """, shown(THREADS.lines(40, 2)));
    }

    @Test
    void whyThereAreNoThreadsIsSaidInLinesThatFit() {
        assertEquals("this is not\na Bantam\nimage\n",
            shown(new ThreadsPanel(List.of(), List.of(), "this is not a Bantam image").lines(12, 3)));
    }

    @Test
    void theTimelineShowsThePastSnapshotsAndBookmarks() {
        assertEquals("history: 50:0 of 100 steps, 2 snapshots +, 2 bookmarks ^", TIMELINE.title());
        assertEquals("""
            +━━━━━━━━━●╌╌╌╌╌+╌╌╌╌
                ^call        end^
            """, shown(TIMELINE.lines(21, 2)));
    }

    @Test
    void aTimelineOfNothingStandsAtItsStart() {
        assertEquals("●╌╌╌╌\n", shown(new TimelinePanel("0:0", 0, 0, List.of(0L), Map.of()).lines(5, 1)));
        assertEquals("━━━━●\n",
            shown(new TimelinePanel("9:0", Long.MAX_VALUE / 2, 0, List.of(), Map.of()).lines(5, 1)));
    }

    @Test
    void bookmarksAtTheSamePlaceOrTooNearForTheirNamesDoNotOverlap() {
        assertEquals(" ^a,b\n", new TimelinePanel("9:0", 9, 9, List.of(), Map.of("a", 1L, "b", 1L, "c", 2L))
            .lines(10, 2).get(1).text().stripTrailing() + "\n");
    }

    @Test
    void speechIsTheEndOfWhatWasSaidLongLinesInPieces() {
        final SpeechPanel speech = new SpeechPanel("first\nabcdefghij\r\n\nlast");

        assertEquals("ij\n\nlast\n", shown(speech.lines(8, 3)));
        assertEquals("abcdefgh\nij\n\nlast\n", shown(speech.lines(8, 4)));
        assertEquals("\n\n", shown(new SpeechPanel("").lines(8, 2)));
    }

    @Test
    void whatAGuestSaysDoesNothingToTheTerminal() {
        assertEquals("?[31mred? ?\n", shown(new SpeechPanel("\u001b[31mred\u00e4\t\u009b").lines(20, 1)));
    }

    @Test
    void theBarHasThePositionLeftAndTheSpeedRight() {
        final StatusBar bar = new StatusBar("81234:1", 99, "cpu 1", "ring 3", "thread_switch+0x12", 12.34e6, false);

        assertEquals(" 81234:1  cycle 99  cpu 1  ring 3  thread_switch+0x12       12.3 M instr/s ",
            bar.line(75).text());
        assertEquals(" 81234:1  cycle 99  cpu 1  ring 3  thread_s… 12.3 M instr/s ", bar.line(60).text());
        assertEquals(" 81234:1  cycle 99  cpu 1  ring 3  12.3 M instr/s ", bar.line(50).text());
        assertEquals(" 81234:1  cycle", bar.line(15).text());
        assertTrue(bar.leaving().line(75).text().endsWith(" running; ^C stops it "));
    }

    @Test
    void aLayoutPutsPanelsSideBySideUnderTheirTitles() {
        final Layout layout = new Layout(Optional.of(CODE), Optional.of(REGISTERS), Optional.of(TIMELINE),
            Optional.of(THREADS), Optional.of(new SpeechPanel("hello")));

        assertEquals("""
            ━ code: loop+0x2 ━━━━━━━━━━━━━━━━━━━━┳━ cpu 0  iopl=0 zf ━━━━━━━━━━━━━━━━━━━━━━━
              +0  xor eax, eax                   ┃rax 0000000000000000  rdx 0000000000000abc
            =>+2  dec rcx                        ┃rcx ffffffffffffffff
              +5  jne loop                       ┃
                                                 ┃
                                                 ┃
                                                 ┃
                                                 ┃
                                                 ┃
            ━ history: 50:0 of 100 steps, 2 snapshots +, 2 bookmarks ^ ━━━━━━━━━━━━━━━━━━━━━
            +━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━●╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌+╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
                            ^call                                                       end^
            ━ threads: 2 ━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━ COM1 ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            cpu 0: init/0                           ┃hello
            init/0   running    p128                ┃
            names/0  receiving  p32  at ffff80      ┃
            """, shown(layout.lines(80, 16)));
    }

    @Test
    void aPanelWithoutANeighbourIsAsWideAsTheScreen() {
        final Layout layout = new Layout(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.of(new SpeechPanel("hello")));

        assertEquals("━ COM1 ━━━━━━━━━━━━━\nhello\n\n", shown(layout.lines(20, 3)));
    }

    @ParameterizedTest
    @CsvSource({"80, 16", "120, 30", "20, 1", "20, 2", "33, 5", "40, 9", "300, 100"})
    void everyLineOfALayoutIsAsWideAsTheScreenAndThereAreAsManyAsItHas(final int width, final int height) {
        final List<Layout> layouts = new ArrayList<>();
        for (int set = 0; set < 32; set++) {
            layouts.add(new Layout(some(set, 0, CODE), some(set, 1, REGISTERS), some(set, 2, TIMELINE),
                some(set, 3, THREADS), some(set, 4, new SpeechPanel("x\n".repeat(500)))));
        }
        for (final Layout layout : layouts) {
            final List<Line> lines = layout.lines(width, height);
            assertEquals(height, lines.size());
            lines.forEach(line -> assertEquals(width, line.text().length(), line.text()));
        }
    }

    private static <T> Optional<T> some(final int set, final int bit, final T panel) {
        return (set >> bit & 1) == 0 ? Optional.empty() : Optional.of(panel);
    }

    @Test
    void ringsAreBarsOfHowFullTheyAre() {
        final RingsPanel panel = new RingsPanel(List.of(
            new RingsPanel.Ring("0x1000 writer reader", 8, 14, 20, "writer waits"),
            new RingsPanel.Ring("0x2000 a", 4, 3, 7, "")), "");

        assertEquals(List.of("0x1000 writer reader  ######..  6 of 8  put 20  taken 14  writer waits",
            "0x2000 a              ####  4 of 4  put 7  taken 3"),
            panel.lines(80, 2).stream().map(line -> line.text().stripTrailing()).toList());
        assertEquals(Tone.CHANGED, panel.lines(80, 2).getLast().pieces().getFirst().tone());
        assertEquals("... and 2 more: 'rings'", panel.lines(80, 1).getFirst().text().stripTrailing());
        assertEquals("nothing here", new RingsPanel(List.of(), "nothing here").lines(20, 1).getFirst().text()
            .stripTrailing());
    }

    @Test
    void ringsHaveTheirPlaceBelowTheTimeline() {
        final RingsPanel rings = new RingsPanel(List.of(), "none");
        final Layout layout = new Layout(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.of(rings));

        assertEquals(5, layout.lines(40, 5).size());
        assertTrue(layout.lines(40, 5).getFirst().text().startsWith("━ rings ━"));
    }
}

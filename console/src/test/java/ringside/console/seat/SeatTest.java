package ringside.console.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.console.panel.Line;
import ringside.console.panel.Tone;
import ringside.console.repl.Session;
import ringside.console.repl.command.CommandTable;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.MachineConfig;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.kernel.build.KernelSources;

/** What a person at the terminal is offered and shown of Bantam, without a terminal. */
class SeatTest {
    private static Session session;

    @TempDir
    private Path directory;

    @BeforeAll
    static void standAtASystemCall() {
        try (BantamImages images = BantamImages.open()) {
            session = Session.open(MachineConfig.standard().withMemory(64 << 20), images.build(Variant.FAST_ASM),
                KernelSources.bundled());
        }
        List.of("break syscall_entry", "continue", "bookmark first-call", "stepi").forEach(line ->
            assertTrue(session.execute(line).ok(), line));
    }

    @AfterAll
    static void leave() {
        session.close();
    }

    private static Set<String> offered(final String line) {
        final List<Candidate> candidates = new ArrayList<>();
        new Completion(session.desk(), List.of(LayoutLine.ENTRY)).complete(null, TypedLine.of(line, line.length()),
            candidates);
        final String word = TypedLine.of(line, line.length()).word();
        return candidates.stream().map(Candidate::value).filter(name -> name.startsWith(word))
            .collect(Collectors.toSet());
    }

    @Test
    void commandsAreOfferedByTheirNamesAndOnesOfTheirOwn() {
        assertEquals(Set.of("reverse-step", "reverse-stepi"), offered("reverse-st"));
        assertEquals(Set.of("layout"), offered("lay"));
        assertTrue(offered("").containsAll(CommandTable.all().stream().map(CommandTable.Entry::name).toList()));
    }

    @Test
    void behindACommandComesWhatItsSynopsisSays() {
        assertEquals(Set.of("break", "registers", "cpus", "symbol", "line", "display", "image"), offered("info "));
        assertEquals(Set.of("save", "load", "go", "drop", "list"), offered("snapshot "));
        assertTrue(offered("export p").containsAll(Set.of("perfetto", "pprof")));
        assertTrue(offered("java t").contains("timeline"));
        assertTrue(offered("break i").contains("instruction"));
        assertTrue(offered("break syscall_entry i").containsAll(Set.of("ignore", "if")));
        assertFalse(offered("break syscall_entry i").contains("instruction"));
        assertEquals(Set.of("first-call", "start"), offered("goto "));
        assertEquals(Set.of("1"), offered("delete "));
        assertEquals(Set.of("off"), offered("events of"));
        assertEquals(Set.of("code", "com1"), offered("layout co"));
        assertEquals(Set.of("break"), offered("help brea"));
    }

    @Test
    void symbolsAndRegistersAreOfferedWithinAnExpression() {
        assertTrue(offered("break syscall_e").contains("syscall_entry"));
        assertTrue(offered("b syscall_e").contains("syscall_entry"));
        assertTrue(offered("print *(syscall_e").contains("syscall_entry"));
        assertEquals(Set.of("$rsp", "$rsi"), offered("x/4g $rs"));
        assertEquals(Set.of(), offered("echo syscall_e"));
        assertEquals(Set.of(), offered("nothing "));
    }

    @Test
    void eventsTheirArgumentsAndThreadsAreOffered() {
        assertTrue(offered("break event sys").contains("syscall"));
        assertTrue(offered("break event syscall ").containsAll(Set.of("number=", "rip=", "cpu=")));
        assertEquals(Set.of("init/0"), offered("break thread init"), "threads have names");
        assertTrue(offered("break thread ").stream().allMatch(name -> name.matches("[a-z][\\w-]*/\\d+")),
            offered("break thread ")::toString);
        assertEquals(Set.of("blocks", "wakes", "runs", "dies"), offered("break thread init/0 "));
        assertEquals(Set.of("init/0"), offered("break event thread_wake first=init"));
        assertEquals(Set.of("wakes"), offered("tbreak thread init/0 w"));
        assertTrue(offered("break switch ").containsAll(Set.of("from", "to")));
        assertFalse(offered("break ").contains("wakes"), "this comes behind a thread");
    }

    @Test
    void filesAreOfferedByTheirFolder() throws Exception {
        Files.createDirectories(directory.resolve("scripts"));
        Files.writeString(directory.resolve("setup.ringside"), "");

        assertEquals(Set.of(directory + "/setup.ringside", directory + "/scripts/"),
            offered("include " + directory + "/s"));
        assertEquals(Set.of(), offered("include " + directory + "/no/such/"));
    }

    @Test
    void everyCommandOffersSomethingOrNothingButFailsNowhere() {
        for (final CommandTable.Entry entry : CommandTable.all()) {
            for (final String rest : List.of(" ", " a", " $", " 1 ", " -p ", " \"", " a b ", "/")) {
                offered(entry.name() + rest);
            }
        }
    }

    @Test
    void aLineShowsWhetherItsCommandIsOne() {
        final LineColours colours = new LineColours(session.desk().guest(), List.of(LayoutLine.ENTRY),
            new Colours(true));

        assertTrue(colours.isCommand("continue"));
        assertTrue(colours.isCommand("x/4g"));
        assertTrue(colours.isCommand("layout"));
        assertFalse(colours.isCommand("contnue"));
        assertFalse(colours.isCommand("re"), "may be several");
        for (final String line : List.of("", "  ", "break syscall_entry", "echo \"a b", "# \"x", "x/4g $rsp+(",
                "é ∆")) {
            assertEquals(line, colours.highlight(null, line).toString());
        }
    }

    @Test
    void panelsShowTheGuestWhereItStands() {
        final List<Line> lines = new Panels(session.desk()).layout(Set.copyOf(Panels.NAMES)).lines(80, 30);
        final String screen = lines.stream().map(Line::text).collect(Collectors.joining("\n"));

        assertTrue(screen.contains("━ code: syscall_entry+0x3  sysc"), screen);
        assertTrue(screen.contains("   +0  swapgs"), screen);
        assertTrue(screen.contains("=> +3  cmp eax, 1"), screen);
        assertTrue(screen.contains("je ipc_fast_call "), screen);
        assertTrue(screen.contains(String.format("rsp %016x",
            session.desk().guest().register(CpuRegister.RSP))), screen);
        assertTrue(screen.contains("^first-call") || screen.contains("first-call^"), screen);
        assertTrue(screen.contains("init/0"), screen);
        assertTrue(screen.contains("bantam: first light"), screen);
        assertTrue(new Panels(session.desk()).bar(0).line(80).text()
            .matches(" \\d+:0  cycle \\d+  cpu 0  ring 0  syscall_entry\\+0x3 +"));
    }

    @Test
    void aRegisterThatIsNotAsAtTheStopBeforeIsMarked() {
        final Panels panels = new Panels(session.desk());
        assertEquals(List.of(), changed(panels));
        assertTrue(session.execute("stepi").ok());
        assertEquals(List.of(String.format("%016x", session.desk().guest().register(CpuRegister.RIP))),
            changed(panels));
        assertEquals(1, changed(panels).size(), "a look changes nothing");
        assertTrue(session.execute("reverse-stepi").ok());
        assertEquals(List.of(String.format("%016x", session.desk().guest().register(CpuRegister.RIP))),
            changed(panels));
    }

    private static List<String> changed(final Panels panels) {
        return panels.layout(Set.of("registers")).lines(80, 30).stream().flatMap(line -> line.pieces().stream())
            .filter(piece -> piece.tone() == Tone.CHANGED).map(Line.Piece::text).toList();
    }

    @Test
    void theHistoryOfLinesIsInTheUsersStateDirectory() {
        assertEquals(Optional.of(Path.of("/s/ringside/console-history")),
            StatePlace.history(Map.of("XDG_STATE_HOME", "/s", "HOME", "/h")));
        assertEquals(Optional.of(Path.of("/h/.local/state/ringside/console-history")),
            StatePlace.history(Map.of("XDG_STATE_HOME", "relative", "HOME", "/h")));
        assertEquals(Optional.empty(), StatePlace.history(Map.of()));
    }

    @Test
    void aTranscriptGivesAsManyLinesAsFit() {
        final Transcript transcript = new Transcript();
        transcript.add("one\ntwo\n");
        transcript.add("a line that is longer\nlast\n");

        assertEquals("last\n", transcript.tail(10, 3));
        assertEquals("a line that is longer\nlast\n", transcript.tail(10, 4));
        assertEquals("one\ntwo\na line that is longer\nlast\n", transcript.tail(80, 20));
        assertEquals("", transcript.tail(80, 0));
    }
}

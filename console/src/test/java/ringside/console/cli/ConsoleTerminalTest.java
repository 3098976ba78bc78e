package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg64;

/** The console at a real terminal: tmux presses the keys and looks at the screen. */
class ConsoleTerminalTest {
    private static final String PROMPT = "\\(ringside\\)";
    private static final int ROWS = 24;

    @TempDir
    private Path directory;

    @BeforeEach
    void tmuxIsHere() {
        assumeTrue(Tmux.isHere(), "no tmux on PATH (Debian: tmux): the console is not tried at a terminal");
    }

    /** A guest that greets and then turns for ever. */
    private static void endless(final CodeBuilder code) {
        TinyGuests.print(code, "hello\n");
        code.global("whirl");
        final Label again = code.here();
        code.inc(Reg64.RBX);
        code.jmp(again);
    }

    private Tmux console(final String environment, final String... options) throws IOException {
        final Path guest = TinyGuests.write(directory.resolve("guest.elf"), ConsoleTerminalTest::endless);
        final List<String> command = new ArrayList<>(SecondJava.command(List.of("console", guest.toString(),
            "--memory", "16M")));
        command.addAll(1, List.of("-Dringside.in=terminal", "-Dringside.out=terminal", "-Dringside.err=terminal"));
        command.addAll(command.indexOf("-XX:+UseSerialGC"), List.of(options));
        return Tmux.start(directory, environment + " XDG_STATE_HOME=" + directory, command);
    }

    private static String bar(final List<String> screen) {
        return screen.get(screen.size() - 1).isEmpty() ? screen.get(screen.size() - 2) : screen.getLast();
    }

    @Test
    void keysCompleteABreakpointItIsMetAndTheBarShowsWhere() throws Exception {
        try (Tmux tmux = console("")) {
            tmux.until(PROMPT);
            tmux.keys("b", "r", "e", "a", "Tab");
            tmux.until(PROMPT + " break");
            tmux.keys("w", "h", "Tab");
            tmux.until(PROMPT + " break whirl");
            tmux.keys("Enter");
            tmux.until("breakpoint 1: whirl at 0x.*");
            tmux.line("continue");
            final List<String> screen = tmux.until("the bar at the breakpoint",
                now -> bar(now).matches(" [1-9]\\d*:0  cycle \\d+  cpu 0  ring 0  whirl\\s*"));
            assertTrue(screen.contains("| hello"), screen::toString);
            assertTrue(screen.contains("breakpoint 1, whirl"), screen::toString);
            tmux.keys("C-d");
            tmux.until("exit code 0");
        }
    }

    @Test
    void aRunThatWouldNotEndIsInterruptedAndALineThatIsNotMeantIsCleared() throws Exception {
        try (Tmux tmux = console("")) {
            tmux.until(PROMPT);
            tmux.line("continue");
            tmux.until("the bar of a run", screen -> bar(screen).endsWith(" running; ^C stops it"));
            // One that comes before the guest turns is for nothing, as at any prompt.
            final List<String> stopped = tmux.until("the prompt behind the run",
                screen -> screen.contains("interrupted") && !bar(screen).contains("running"), () -> tmux.keys("C-c"));
            assertTrue(bar(stopped).contains("  whirl"), stopped::toString);
            tmux.keys("n", "o", "t", "C-c");
            tmux.line("position");
            tmux.until(PROMPT + " position");
            tmux.until("\\d+:0 .*whirl.*");
            tmux.line("quit 3");
            tmux.until("exit code 3");
        }
    }

    @Test
    void aSnippetOfJavaThatWouldNotEndIsStoppedAndTheNextOneRuns() throws Exception {
        try (Tmux tmux = console("")) {
            tmux.until(PROMPT);
            tmux.line("java System.out.println(6 * 7); while (true) { }");
            tmux.until("42");
            tmux.until("the prompt behind the snippet", screen -> screen.contains("the snippet was stopped"),
                () -> tmux.keys("C-c"));
            tmux.line("java 6 * 111");
            tmux.until("\\$\\d+ ==> 666");
        }
    }

    @Test
    void panelsFillTheScreenFollowItsSizeAndGo() throws Exception {
        try (Tmux tmux = console("")) {
            tmux.until(PROMPT);
            tmux.line("layout");
            final List<String> small = tmux.until("panels", now -> now.stream().anyMatch(line ->
                line.startsWith("━ history: 0:0 of 0 steps, 1 snapshot + ━")));
            assertTrue(small.stream().anyMatch(line -> line.matches("━ code.*┳━ cpu 0 .*") && line.length() == 80),
                small::toString);
            assertTrue(small.stream().limit(7).anyMatch(line -> line.matches(PROMPT + " layout")), small::toString);

            tmux.line("break whirl");
            tmux.line("continue");
            final List<String> met = tmux.until("the panels of the stop", now -> bar(now).contains("  whirl"));
            assertTrue(met.stream().anyMatch(line -> line.startsWith("=>+0  inc rbx")), met::toString);
            assertTrue(met.stream().anyMatch(line -> line.matches(".*┃hello\\s*")), met::toString);

            tmux.resize(100, 30);
            final List<String> large = tmux.until("panels of another size", now -> now.size() >= 30
                && now.get(29).matches(" \\d+:0 .*") && now.stream().anyMatch(line -> line.matches("━ code.*")
                    && line.length() == 100));
            assertEquals(1, large.stream().filter(line -> line.startsWith("━ code")).count(), large::toString);
            assertTrue(large.stream().anyMatch(line -> line.equals("breakpoint 1, whirl")), "what was said stays");
            tmux.keys("s", "t", "e", "p", "i");
            tmux.until(PROMPT + " stepi");
            tmux.keys("Enter");
            tmux.until("=>\\+\\d+ +jmp.*");

            tmux.resize(80, ROWS);
            tmux.until("the first size", now -> now.size() <= ROWS + 1 && now.get(ROWS - 1).matches(" \\d+:0 .*"));
            tmux.line("layout off");
            tmux.until("no panels", now -> now.stream().noneMatch(line -> line.contains("━"))
                && now.get(ROWS - 1).matches(" \\d+:0 .*"));
            tmux.line("layout timeline");
            tmux.until("the history, by its other name", now -> now.stream().anyMatch(line ->
                line.startsWith("━ history: ")));
            tmux.keys("C-d");
            tmux.until("exit code 0");
        }
    }

    @Test
    void linesAreRememberedAndSuggestedInTheNextSession() throws Exception {
        try (Tmux tmux = console("")) {
            tmux.until(PROMPT);
            tmux.line("echo something long");
            tmux.until("something long");
            tmux.keys("C-d");
            tmux.until("exit code 0");
        }
        assertEquals("echo something long\n", Files.readString(directory.resolve("ringside/console-history")));
        try (Tmux tmux = console("")) {
            tmux.until(PROMPT);
            tmux.keys("e", "c");
            tmux.until(PROMPT + " echo something long");
            tmux.keys("Right", "Enter");
            tmux.until("something long");
            tmux.keys("Up");
            tmux.until("the line again", now -> now.stream().filter(line ->
                line.matches(PROMPT + " echo something long")).count() == 2);
        }
    }

    @Test
    void noLibraryOfTheEditorsIsLoadedWhereErrorsGoToAFile() throws Exception {
        final Path errors = directory.resolve("errors");
        final Path loaded = directory.resolve("loaded");
        try (Tmux tmux = console("2>" + errors, "-Xlog:class+load:file=" + loaded)) {
            tmux.until(PROMPT);
            tmux.line("quit");
            tmux.until("exit code 0");
        }
        assertEquals("", Files.readString(errors));
        final List<String> classes = Files.readAllLines(loaded);
        assertTrue(classes.stream().anyMatch(line -> line.contains("org.jline.terminal.")), "the editor is at work");
        assertEquals(List.of(), classes.stream().filter(line -> line.contains("org.jline.nativ.")).toList());
    }

    @Test
    void aDumbTerminalHasTheSameCommandsAndNoEscapeSequences() throws Exception {
        try (Tmux tmux = console("TERM=dumb")) {
            tmux.until(PROMPT);
            tmux.line("break whirl");
            tmux.line("continue");
            final List<String> screen = tmux.until("breakpoint 1, whirl");
            assertFalse(screen.stream().anyMatch(line -> line.contains("TAB")), screen::toString);
            tmux.line("quit");
            tmux.until("exit code 0");
        }
    }

    @Test
    void aDumbTerminalIsInterruptedTooAndNothingOfTheSessionIsLost() throws Exception {
        try (Tmux tmux = console("TERM=dumb")) {
            tmux.until(PROMPT);
            tmux.line("bookmark here");
            tmux.until("here: 0:0");
            tmux.line("continue");
            tmux.until(PROMPT + " continue");
            final List<String> stopped = tmux.until("the prompt behind the run", screen ->
                screen.contains("interrupted") && screen.stream().anyMatch(line -> line.matches("\\d+:0 .*  whirl.*")),
                () -> tmux.keys("C-c"));
            assertTrue(stopped.stream().noneMatch(line -> line.startsWith("exit code")), stopped::toString);
            tmux.keys("n", "o", "t");
            tmux.until(PROMPT + " not");
            tmux.keys("C-c");
            tmux.line("goto here");
            tmux.until("0:0 .*");
            tmux.line("quit 3");
            tmux.until("exit code 3");
        }
    }

    @Test
    void aWayBackThroughALongHistoryIsInterrupted() throws Exception {
        try (Tmux tmux = console("")) {
            tmux.until(PROMPT);
            tmux.line("goto 200000000");
            tmux.until("200000000:0 .*");
            // Code that is never executed: all of the history is looked through.
            tmux.line("break *0x777000");
            tmux.until("breakpoint 1: .*");
            tmux.line("reverse-continue");
            tmux.until("the bar of a run", screen -> bar(screen).endsWith(" running; ^C stops it"));
            final List<String> stopped = tmux.until("the prompt behind the way back",
                screen -> screen.contains("interrupted") && !bar(screen).contains("running"), () -> tmux.keys("C-c"));
            assertTrue(stopped.stream().noneMatch(line -> line.contains("the history begins here")),
                stopped::toString);
            tmux.line("position");
            tmux.until(PROMPT + " position");
            tmux.line("quit 3");
            tmux.until("exit code 3");
        }
    }
}

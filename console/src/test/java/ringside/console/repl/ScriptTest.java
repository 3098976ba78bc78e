package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts do what lines do, and say where they fail. */
class ScriptTest {
    @TempDir
    private Path directory;

    private Path script(final String name, final String... lines) throws IOException {
        return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
    }

    @Test
    void aScriptDoesWhatItsLinesSayAndShowsThem() throws IOException {
        final Path file = script("good.ringside", "# to the third round", "break bump if rbx == 3", "continue",
            "expect stop breakpoint 1", "expect u64[0x200000] == 2", "print rbx", "expect \"= 3\"");
        try (Session session = Sessions.counting()) {
            final CommandResult result = session.script(file);

            assertTrue(result.ok(), result.problem());
            assertTrue(result.text().contains("> break bump if rbx == 3\nbreakpoint 1: bump at 0x"), result.text());
            assertTrue(result.text().endsWith("> print rbx\n$1 = 3\n> expect \"= 3\"\n"), result.text());
        }
    }

    @Test
    void aFailedExpectationSaysWhereAndWhatIsSo() throws IOException {
        final Path file = script("bad.ringside", "stepi 2", "expect rbx == 7", "continue");
        try (Session session = Sessions.counting()) {
            final CommandResult result = session.script(file);

            assertEquals(CommandResult.Outcome.FAILED, result.outcome());
            assertEquals(file + ":2: expect rbx == 7: expected rbx == 7, but it is 0x5 == 0x7", result.problem());
            assertEquals(2, session.desk().guest().machine().steps(), "the guest stays where it failed");
        }
    }

    @Test
    void aLineThatCannotBeDoneEndsAScriptWithItsPlace() throws IOException {
        script("inner.ringside", "", "brake bump");
        final Path file = script("outer.ringside", "stepi", "include inner.ringside");
        try (Session session = Sessions.counting()) {
            final CommandResult result = session.script(file);

            assertEquals(CommandResult.Outcome.REFUSED, result.outcome());
            assertEquals(directory.resolve("inner.ringside") + ":2: brake bump: no command 'brake': 'help' tells which"
                + " there are", result.problem());
        }
    }

    @Test
    void scriptsThatIncludeThemselvesAreRefused() throws IOException {
        final Path file = script("self.ringside", "include self.ringside");
        try (Session session = Sessions.counting()) {
            final CommandResult result = session.script(file);

            assertEquals(CommandResult.Outcome.REFUSED, result.outcome());
            assertTrue(result.problem().contains("8 deep at most"), result.problem());
        }
    }

    @Test
    void aScriptThatWouldNotEndFailsWhereItsBudgetIsSpent() throws IOException {
        final Path file = script("endless.ringside", "continue", "echo never");
        for (final String loop : List.of("continue", "watch 0x400000\nnext 1000000\nfinish\ncontinue", "goto 999999999",
                "top 99999999999", "break *0x100000\ncommands 1 continue\ncontinue")) {
            Files.writeString(file, loop + "\necho never\n");
            try (Session session = Sessions.of(code -> code.jmp(code.here()))) {
                session.budget(3_000_000);
                final CommandResult result = session.script(file);

                assertEquals(CommandResult.Outcome.FAILED, result.outcome(), loop);
                assertTrue(result.problem().contains("the budget of 3000000 steps is spent"), result.problem());
                assertTrue(session.desk().guest().machine().steps() <= 3_000_000);
            }
        }
        try (Session session = Sessions.counting()) {
            session.budget(3_000_000);
            assertTrue(session.script(script("ends.ringside", "continue", "expect stop end")).ok());
        }
    }

    @Test
    void aFileOfAnotherKindIsReplacedOnlyByForce() throws IOException {
        final Path notes = script("notes", "mine");
        try (Session session = Sessions.counting()) {
            Sessions.all(session, "stepi");
            for (final String command : List.of("log", "snapshot save")) {
                assertTrue(Sessions.refused(session, command + " " + notes).contains("--force replaces it"));
                assertEquals("mine", Files.readString(notes).strip());
            }
            final Path log = directory.resolve("log");
            final Path snapshot = directory.resolve("snapshot");
            for (int i = 0; i < 2; i++) {
                Sessions.all(session, "log " + log, "snapshot save " + snapshot, "stepi");
            }
            assertTrue(Files.readString(log).startsWith("# What was typed"));
            Sessions.refused(session, "log " + snapshot);
            Sessions.refused(session, "snapshot save " + log);
            Sessions.all(session, "log --force " + notes, "snapshot save --force " + log);
            assertTrue(!Files.readString(notes).contains("mine"));
        }
    }

    @Test
    void whatWasTypedIsAScriptThatDoesTheSame() {
        final Path file = directory.resolve("log.ringside");
        final String there;
        try (Session session = Sessions.counting()) {
            Sessions.all(session, "break bump", "continue", "", "stepi 2", "help");
            session.execute("nonsense");
            assertEquals("4 lines\n", Sessions.all(session, "log " + file));
            there = session.desk().guest().machine().stateHash();
        }
        try (Session session = Sessions.counting()) {
            assertTrue(session.script(file).ok());
            assertEquals(there, session.desk().guest().machine().stateHash());
        }
    }

    @Test
    void theReportSaysWhatCameOfEachScriptAndNoTime() throws IOException {
        final JunitReport report = new JunitReport("console");
        try (Session session = Sessions.counting()) {
            report.add("good", session.script(script("good", "stepi")));
            report.add("bad", session.script(script("bad", "echo <&>\u0001", "expect rax == \"")));
            report.add("failed", session.script(script("failed", "expect 1 == 2")));
        }
        final String text = report.text();

        assertTrue(text.contains("tests=\"3\" failures=\"1\" errors=\"1\""), text);
        assertTrue(text.contains("<testcase classname=\"ringside.console\" name=\"good\"/>"), text);
        assertTrue(text.contains("&lt;&amp;&gt;\\x01"), text);
        assertTrue(!text.contains("time="), text);
    }
}

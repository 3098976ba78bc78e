package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.console.repl.Sessions.all;
import static ringside.console.repl.Sessions.refused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Words that people try, and how what is said looks. */
class WordsTest {
    @Test
    void stopSaysWhatStopsARunAndLayoutWhatItNeeds() {
        try (Session session = Sessions.counting()) {
            assertEquals("nothing runs; ^C stops a run\n", all(session, "stop"));
            assertEquals("layout shows panels, and needs a terminal on which the cursor can be moved",
                refused(session, "layout code"));
            assertEquals("layout shows panels, and needs a terminal on which the cursor can be moved",
                refused(session, "help layout"));
        }
    }

    @Test
    void whoWroteIsTwoWordsAsWell() {
        try (Session session = Sessions.counting()) {
            final String asOne = all(session, "continue", "bookmark end", "who-wrote 0x200000 4");
            final String asTwo = all(session, "goto end", "who wrote 0x200000 4");

            assertTrue(asOne.contains("0x200000 is written: 0x4 -> 0x5"), asOne);
            assertEquals(asOne, asTwo);
        }
    }

    @Test
    void instructionsAreShownFromTheNextOneOnWhereNothingWasShownOfThem() {
        try (Session session = Sessions.counting()) {
            final String next = all(session, "stepi 2", "x/2i rip");
            final String behind = all(session, "x");
            assertFalse(next.equals(behind), "an empty one goes on");
            assertEquals(next, all(session, "x/4xg rip", "x/2i"));
        }
        try (Session session = Sessions.counting()) {
            assertEquals("show memory from where on? 'help x' tells", refused(session, "x/4xg"));
            assertTrue(all(session, "x/2i").startsWith("  100000  mov esp"), "from rip on");
        }
    }

    @Test
    void theListOfBreakpointsHasConditionsAsTheyWereTyped() {
        try (Session session = Sessions.bantam("demo")) {
            all(session, "tbreak event syscall", "continue", "break switch from init/0 if cpu == 0",
                "break switch from init/0");
            final String list = all(session, "info break");

            assertTrue(list.contains("switch from init/0 if cpu == 0, met 0 times\n"), list);
            assertTrue(list.contains("switch from init/0, met 0 times\n"), list);
            all(session, "continue", "expect stop event");
        }
    }

    @Test
    void anEventThatIsStoppedAtNamesThreads() {
        try (Session session = Sessions.bantam("demo")) {
            all(session, "tbreak event syscall", "continue", "break event context_switch", "continue");
            final String text = session.desk().halt().text();

            assertTrue(text.matches("event 2, context_switch \\w+=[a-z]\\w*/\\d+.*"), text);
        }
    }

    @Test
    void whatIsSaidOfAStopKeepsWithinTheWidthOfTheTerminal() {
        try (Session session = Sessions.bantam("demo")) {
            session.desk().columns(() -> 60);
            all(session, "break event block_send", "break event context_switch", "break syscall_slow");
            int broken = 0;
            for (int i = 0; i < 20; i++) {
                final String said = all(session, i % 3 == 0 ? "continue" : "stepi");
                assertTrue(said.lines().filter(line -> !line.startsWith("|")).allMatch(line -> line.length() <= 60),
                    said);
                broken += said.contains("...") ? 1 : 0;
            }
            assertTrue(broken > 0, "something was longer");
            session.desk().columns(() -> Integer.MAX_VALUE);
            assertFalse(all(session, "position").contains("..."), "a pipe has no width");
        }
    }

    @Test
    void theDocumentsFirstStopIsWhatTheConsoleSays() throws IOException {
        final String document = Files.readString(Path.of("..", "docs", "console.md"));
        final String mark = "Each stop says why it stopped";
        final int begin = document.indexOf("```text\n", document.indexOf(mark)) + "```text\n".length();
        try (Session session = Sessions.bantam("")) {
            assertEquals(document.substring(begin, document.indexOf("```", begin)),
                all(session, "break syscall_entry", "continue"));
        }
    }
}

package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.console.repl.command.CommandTable;

/** Lines from anywhere are done or refused. */
class HostileLinesTest {
    private static final int LINES = 1500;
    private static final List<String> PIECES = List.of("rax", "rip", "0x200000", "u64[", "]", "(", ")", "*", "-", "--",
        "if", "on", "ignore", "console", "event", "syscall", "\"", "\"x\"", "/", "/4xg", "/99999999x", "-p", "=",
        "==", "1", "-1", "0", "99999999999999999999", "0xffffffffffffffff", "9223372036854775807", "start", "bump",
        "tiny:1", "(cr3,bump)", "..", "first=1", "vector=14", "cpu=0", ";", "#", "@x", "${x}", "%", "'a'", "\\", "stop",
        "not", "/(a+)+$/", "/[/", "console \"", "$", "$1", "$99", "symbol", "break", "\u0000", "\u001b[2J", "\t", "é",
        "step", "hex", "0f05", "all", "control", "FROM", "+1", "-2", "3:0", "3:99");

    private final Random random;

    HostileLinesTest() {
        random = new Random(7);
    }

    private String line() {
        final List<CommandTable.Entry> all = CommandTable.all();
        final CommandTable.Entry entry = all.get(random.nextInt(all.size()));
        // What writes files is no subject here, nor what ends the session, nor what runs any Java that there is.
        if (List.of("log", "snapshot", "include", "quit", "export", "java").contains(entry.name())) {
            return "help";
        }
        final StringBuilder line = new StringBuilder(entry.name());
        for (int words = random.nextInt(6); words > 0; words--) {
            line.append(random.nextInt(8) == 0 ? "" : " ").append(PIECES.get(random.nextInt(PIECES.size())));
        }
        if (random.nextInt(4) == 0) {
            line.setCharAt(random.nextInt(line.length()), (char) random.nextInt(128));
        }
        return line.toString();
    }

    @Test
    void aLineIsDoneOrRefusedAndTheGuestIsWhereACleanOneWouldBe() {
        int done = 0;
        int refused = 0;
        final List<String> typed = new ArrayList<>();
        try (Session session = Sessions.counting()) {
            for (int i = 0; i < LINES; i++) {
                final String line = line();
                if (line.matches("(?s)\\W*(log|snap|incl|sour|q|exit|expor|j).*")) {
                    continue;
                }
                typed.add(line);
                final CommandResult result = session.execute(line);
                if (result.ok()) {
                    done++;
                } else {
                    refused++;
                    assertTrue(!result.problem().isBlank(), line);
                }
                if (i % 100 == 99) {
                    session.execute("delete");
                }
            }
            assertTrue(done > LINES / 10 && refused > LINES / 10, "done=" + done + " refused=" + refused);
            Sessions.all(session, "delete", "events off", "undisplay", "goto start", "expect step == 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "!", "u64[", "[", "~", "phys("})
    void whatIsNestedWithoutEndIsRefused(final String piece) {
        try (Session session = Sessions.counting()) {
            assertEquals(CommandResult.Outcome.REFUSED, session.execute("print " + piece.repeat(400)).outcome());
            assertEquals(CommandResult.Outcome.REFUSED, session.execute("print " + piece.repeat(4000)).outcome());
        }
    }

    @Test
    void commandsThatCallEachOtherEnd() {
        try (Session session = Sessions.counting()) {
            Sessions.all(session, "break bump", "commands 1 goto start; continue 10");
            assertEquals(CommandResult.Outcome.REFUSED, session.execute("continue").outcome());
            Sessions.all(session, "commands 1 goto start; continue", "tbreak bump if step == 3");
        }
    }
}

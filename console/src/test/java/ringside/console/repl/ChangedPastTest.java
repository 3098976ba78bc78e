package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.console.repl.Sessions.all;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg64;

/** Changes made at the console are found again, by who wrote and by all that goes through the history once more. */
class ChangedPastTest {
    private static String place(final Session session) {
        return session.desk().guest().timeline().position().toString();
    }

    @Test
    void whoWroteFindsAChangeMadeAtTheConsole() {
        try (Session session = Sessions.counting()) {
            all(session, "goto 8", "set u64[0x200000] = 100");
            final String at = all(session, "who-wrote 0x200000");
            assertTrue(at.contains("0x200000 was set at the console at 8:0: 0x1 -> 0x64"), at);
            assertEquals("7:0", place(session));
            all(session, "continue", "expect u64[0x200000] == 104");
            assertTrue(all(session, "who-wrote 0x200000").contains("is written: 0x67 -> 0x68"));
            final String text = all(session, "who-wrote 0x200000", "who-wrote 0x200000", "who-wrote 0x200000",
                "who-wrote 0x200000");
            assertTrue(text.contains("was set at the console at 8:0"), text);
            assertTrue(all(session, "who-wrote 0x200000").contains("is written: 0x0 -> 0x1"));
            all(session, "goto start", "set u64[0x200100] = 1", "continue");
            assertTrue(all(session, "who-wrote 0x200100").contains("was set at the console here"));
        }
    }

    @Test
    void aChangeWhereTheRunIsOverIsFoundAsWell() {
        try (Session session = Sessions.counting()) {
            all(session, "continue", "set u64[0x200000] = 9");
            assertTrue(all(session, "who-wrote 0x200000").contains("was set at the console"));
        }
    }

    @Test
    void aWatchpointSaysThatItWasAChangeMadeAtTheConsole() {
        try (Session session = Sessions.counting()) {
            all(session, "goto 8", "set u64[0x200000] = 100", "watch 0x200000", "continue");
            assertTrue(all(session, "reverse-continue", "reverse-continue")
                .contains("0x1 -> 0x64, set at the console at 8:0"));
            assertTrue(all(session, "continue").contains("set at the console at 8:0"));
            assertFalse(all(session, "continue").contains("set at the console"));
        }
    }

    @Test
    void whatGoesThroughTheHistoryOnceMoreMakesTheChangesAsWell() {
        try (Session session = Sessions.counting()) {
            all(session, "continue");
            final String before = all(session, "top 0 100");
            assertTrue(before.matches("(?s).* 15  .* 15  bump\n.*"), before);
            all(session, "goto 2", "set rbx = 2", "continue");
            final String after = all(session, "top 0 100");
            assertTrue(after.matches("(?s).* 6  .* 6  bump\n.*"), after);
        }
    }

    @Test
    void stepsBackAreTakenAllAtOnce() {
        try (Session session = Sessions.counting()) {
            all(session, "goto 20", "reverse-stepi 13", "expect step == 7", "reverse-stepi 7", "expect step == 0");
            assertTrue(all(session, "goto 5", "rsi 100").contains("the history begins here"));
        }
    }

    @Test
    void whatGoesThroughTheHistoryOnceMoreIsInterrupted() throws InterruptedException {
        try (Session session = Sessions.of(code -> {
            final Label again = code.here();
            code.add(Reg64.RAX, 1);
            code.jmp(again);
        })) {
            all(session, "goto 1000");
            final AtomicReference<CommandResult> result = new AtomicReference<>();
            final Thread running = new Thread(() -> result.set(session.execute("top 100000000000")));
            running.start();
            while (running.isAlive()) {
                session.interrupt();
                running.join(20);
            }
            assertTrue(result.get().problem().startsWith("interrupted at step"), result.get().whole());
            all(session, "expect step == 1000");
        }
    }
}

package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.console.repl.Sessions.all;
import static ringside.console.repl.Sessions.refused;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.travel.Timeline;

/** What commands do, at exact places, forward and back. */
class SessionTest {
    private static String place(final Session session) {
        return session.desk().guest().timeline().position().toString();
    }

    @Test
    void aBreakpointStopsBeforeItsInstructionEachTime() {
        try (Session session = Sessions.counting()) {
            all(session, "break bump");
            for (int round = 0; round < 5; round++) {
                final String text = all(session, "continue");
                assertTrue(text.contains("breakpoint 1, bump"), text);
                // MOV, MOV; then CALL, MOV, INC, RET, DEC, JNE a round.
                assertEquals(3 + 6 * round + ":0", place(session));
                all(session, "expect u64[0x200000] == " + round);
            }
            assertTrue(all(session, "continue").contains("the guest exited with code 0"));
            all(session, "expect stop end", "expect console \"counted\"");
        }
    }

    @Test
    void backwardsItStopsAtTheSamePlacesInTheOtherOrder() {
        try (Session session = Sessions.counting()) {
            all(session, "continue", "break bump");
            for (int round = 4; round >= 0; round--) {
                all(session, "reverse-continue", "expect stop breakpoint 1", "expect u64[0x200000] == " + round);
                assertEquals(3 + 6 * round + ":0", place(session));
            }
            assertTrue(all(session, "rc").contains("the history begins here"));
            all(session, "expect stop start", "expect step == 0");
        }
    }

    @Test
    void stepsGoIntoCallsAndOverThemBothWays() {
        try (Session session = Sessions.counting()) {
            all(session, "stepi 2", "stepi", "expect rip == bump");
            all(session, "reverse-stepi", "nexti", "expect rip == start+15", "expect u64[0x200000] == 1",
                "expect step == 6");
            all(session, "reverse-nexti", "expect step == 2", "expect u64[0x200000] == 0");
            all(session, "si", "", "expect step == 4");
            all(session, "finish", "expect stop finish", "expect step == 6");
            all(session, "reverse-stepi", "reverse-finish", "expect step == 2");
            all(session, "until bump", "expect stop until", "expect step == 3");
        }
    }

    @Test
    void whoWroteGoesToTheLastWriterAndSaysWhatItDid() {
        try (Session session = Sessions.counting()) {
            all(session, "continue");
            final String text = all(session, "who-wrote 0x200000");
            assertTrue(text.contains("0x4 -> 0x5"), text);
            assertTrue(text.contains("bump+0x"), text);
            assertTrue(text.contains("inc qword ptr [rdx]"), text);
            all(session, "expect u64[0x200000] == 4");
            assertTrue(all(session, "who-wrote 0x200000").contains("0x3 -> 0x4"));
            assertTrue(all(session, "who-wrote start").contains("was not written since the machine began"));
        }
    }

    @Test
    void aWatchpointSaysWhatChanged() {
        try (Session session = Sessions.counting()) {
            all(session, "watch 0x200000 if u64[0x200000] == 3", "continue", "expect stop watchpoint 1",
                "expect \"0x2 -> 0x3\"", "expect u64[0x200000] == 3");
            all(session, "delete", "awatch -p 0x200000 4", "reverse-continue", "expect u64[0x200000] == 2",
                "expect \"0x2 -> 0x3\"");
        }
    }

    @Test
    void textsAndCountsAndConditionsStopIt() {
        try (Session session = Sessions.counting()) {
            all(session, "tbreak console \"unt\"", "continue", "expect stop console 1", "expect console \"count\"",
                "expect not console \"counte\"");
            assertTrue(all(session, "info break").contains("no breakpoints"));
            all(session, "goto start", "break instruction 7", "continue", "expect stop count",
                "expect instructions == 7", "expect step == 7");
            all(session, "delete", "break bump ignore 2 if rbx < 5", "goto start", "continue", "expect rbx == 2");
            all(session, "goto start", "delete", "break event device address=0xf4", "continue", "expect stop event",
                "expect \"device address=0xf4 size=0x1 value=0x0 write=0x1\"");
        }
    }

    @Test
    void aConditionWithoutAValueIsToldOfItsOwnBreakpoint() {
        try (Session session = Sessions.counting()) {
            final String said = all(session, "break bump if 1/0", "break bump if u64[0xdead00000000]", "continue");
            assertTrue(said.contains("breakpoint 1") && said.contains("no value") && !said.contains("0xdead"), said);
        }
    }

    @Test
    void whatABreakpointsCommandsSayIsDone() {
        try (Session session = Sessions.counting()) {
            all(session, "break bump", "commands 1 print rbx; continue", "continue", "expect stop end",
                "expect /\\$1 = 5/", "expect /\\$5 = 1/");
        }
    }

    @Test
    void aChangeOfThePastMakesAnotherFuture() {
        try (Session session = Sessions.counting()) {
            all(session, "continue", "bookmark end", "goto 2", "set rbx = 2", "continue",
                "expect u64[0x200000] == 2");
            assertTrue(refused(session, "goto end").contains("bookmark"));
            all(session, "goto 2", "set u64[0x200000] = 100", "set bl = 1", "continue", "expect u64[0x200000] == 101");
        }
    }

    @Test
    void placesHaveNamesAndNumbers() {
        try (Session session = Sessions.counting()) {
            all(session, "goto 9:0", "expect step == 9", "bookmark here", "goto +3", "expect step == 12", "goto -2",
                "expect step == 10", "goto here", "expect step == 9", "goto start", "expect step == 0");
            assertTrue(all(session, "position").startsWith("0:0  cycle 0  ring 0  start"));
        }
    }

    @Test
    void expressionsReadRegistersSymbolsAndMemory() {
        try (Session session = Sessions.counting()) {
            all(session, "until bump", "expect [rsp] == start+0xf", "expect *rsp == u64[rsp]",
                "expect (rbx + 1) * 2 == 0xc", "expect 7 / 2 == 3 && 1 << 4 == 16 && ~0 == -1 && !0",
                "expect -1 > 5", "expect s8[rsp-1] == 0", "expect bl == 5 && 'A' == 65",
                "expect p64[phys(rsp)] == *rsp");
            assertEquals("$1 = 5\n", all(session, "print $rbx"));
            assertEquals("$2 = 0b110\n", all(session, "p/t $+1"));
            assertEquals("$3 = 0x100023 <bump>\n", all(session, "p rip").replaceFirst("0x1000..", "0x100023"));
            assertTrue(refused(session, "p nosuch").contains("no register, symbol or constant 'nosuch'"));
            assertTrue(refused(session, "p 1 +").contains("a value is missing at the end"));
            assertTrue(refused(session, "p u64[0x7fffffffffff0000]").contains("not mapped"));
            assertTrue(refused(session, "p 1/0").contains("division by 0"));
        }
    }

    @Test
    void aBacktraceOfBantamGoesThroughTheSystemCallToTheUser() {
        try (Session session = Sessions.bantam("demo")) {
            final String text = all(session, "break syscall_entry", "continue", "stepi 3", "backtrace");
            assertTrue(text.contains("#0  0x"), text);
            assertTrue(text.contains("made a system call at step"), text);
            assertTrue(text.contains("console_main"), text);
            assertTrue(text.contains("user/"), "source lines of the user's program: " + text);
            all(session, "expect cpl == 0", "reverse-finish", "expect cpl == 3");
        }
    }

    @Test
    void bantamStopsAtItsKernelsEvents() {
        try (Session session = Sessions.bantam("demo")) {
            all(session, "break event context_switch", "continue", "expect stop event 1",
                "expect /context_switch r\\w+=[a-z]+.[0-9]+/");
            all(session, "delete", "break event syscall number=SYS_SEND", "continue", "expect stop event",
                "expect \"syscall number=\"", "expect cpl == 3");
            all(session, "delete", "break event cr3", "reverse-continue", "expect stop event");
        }
    }

    @Test
    void aWordIsACommandsNameOrHowOneAloneBegins() {
        try (Session session = Sessions.counting()) {
            all(session, "b bump", "c", "expect stop breakpoint", "disas", "expect \"=>\"", "i b",
                "expect \"met 1 time\"");
            assertTrue(refused(session, "reverse").contains("may be reverse-continue"));
            assertTrue(refused(session, "frobnicate").contains("no command"));
        }
    }

    @Test
    void aStoppedSessionSaysItsExitCode() {
        try (Session session = Sessions.counting()) {
            assertEquals(3, session.execute("quit 3").exit().orElseThrow());
            assertFalse(session.execute("help").text().isEmpty());
        }
    }

    @Test
    void whoHasAHistoryAlreadyPassesCommandsOnToIt() {
        try (Session owner = Sessions.counting()) {
            final Timeline timeline = owner.desk().guest().timeline();
            try (Session session = Session.over(timeline, path -> Optional.empty())) {
                all(session, "tbreak bump", "continue", "expect stop breakpoint");
            }
            assertEquals(3, timeline.position().step());
            all(owner, "stepi", "expect step == 4");
        }
    }

    @Test
    void aStepThroughALineThatHasNoEndIsInterrupted() {
        try (Session session = Sessions.of(code -> code.jmp(code.here()))) {
            final long[] blocks = new long[1];
            session.desk().guest().machine().addObserver(new MachineObserver() {
                @Override
                public Set<EventKind> interests() {
                    return EnumSet.of(EventKind.BLOCK);
                }

                @Override
                public void block(final long cycle, final int cpu, final int code, final long begin, final int size,
                        final int instructions, final int level) {
                    if (++blocks[0] == 500) {
                        session.interrupt();
                    }
                }
            });
            assertTrue(all(session, "step").contains("interrupted"));
            assertTrue(session.desk().guest().machine().steps() < 1000);
        }
    }

    @Test
    void whatRunsForEverIsInterrupted() throws InterruptedException {
        try (Session session = Sessions.of(code -> code.jmp(code.here()))) {
            final AtomicReference<CommandResult> result = new AtomicReference<>();
            final Thread running = new Thread(() -> result.set(session.execute("continue")));
            running.start();
            while (running.isAlive()) {
                session.interrupt();
                running.join(20);
            }

            assertTrue(result.get().ok() && result.get().text().contains("interrupted"), result.get().whole());
            all(session, "expect stop interrupt", "stepi", "expect stop step");
        }
    }
}

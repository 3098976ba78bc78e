package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static ringside.console.repl.Sessions.all;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.console.repl.stop.Breakpoint;

/** What is met and passed by, and what is stopped at then. */
class PassedHitsTest {
    private static Breakpoint first(final Session session) {
        return session.desk().breakpoints().get(1);
    }

    private static long step(final Session session) {
        return session.desk().guest().machine().steps();
    }

    @Test
    void aBreakpointRightBehindAWatchpointThatIsPassedByIsStoppedAt() {
        try (Session session = Sessions.counting()) {
            all(session, "break bump", "continue", "stepi 2");
            final long behind = session.desk().guest().pc();
            all(session, "delete", "goto 0", "watch 0x200000 if rax == 77", "break " + behind, "continue",
                "expect stop breakpoint", "expect rip == " + behind, "expect u64[0x200000] == 1", "continue",
                "expect rip == " + behind, "expect u64[0x200000] == 2");
        }
    }

    @Test
    void whatIsIgnoredIsCountedAndNoMore() {
        try (Session session = Sessions.counting()) {
            all(session, "break bump ignore 3", "continue", "expect stop breakpoint 1", "expect u64[0x200000] == 3");
            assertEquals(4, first(session).hits());
            assertEquals(0, first(session).ignored());
            all(session, "goto 0", "ignore 1 3", "continue 12", "expect stop step");
            assertEquals(12, step(session));
            assertEquals(6, first(session).hits(), "at 3 and at 9");
            assertEquals(1, first(session).ignored());
            all(session, "continue", "expect u64[0x200000] == 3", "ignore 1 100", "continue", "expect stop end");
            assertEquals(9, first(session).hits());
            assertEquals(99, first(session).ignored());
        }
    }

    @Test
    void aConditionAndACountGoTogetherAndAnotherBreakpointStopsBetween() {
        try (Session session = Sessions.counting()) {
            all(session, "break bump ignore 1 if rbx < 5", "break bump if rbx == 4", "continue",
                "expect stop breakpoint 2", "expect rbx == 4");
            assertEquals(1, first(session).hits());
            all(session, "continue", "expect stop breakpoint 1", "expect rbx == 3");
            assertEquals(2, first(session).hits());
        }
    }

    @Test
    void manyStepsAtOnceLeadWhereTheyDoOneByOne() {
        try (Session session = Sessions.counting()) {
            final List<Long> places = new ArrayList<>();
            while (!"end".equals(session.desk().halt().reason())) {
                all(session, "stepi");
                places.add(step(session));
            }
            for (int times = 2; times < places.size(); times += 3) {
                all(session, "goto 0", "stepi " + times, "expect stop step");
                assertEquals(places.get(times - 1), step(session));
            }
            all(session, "goto 0", "stepi 100000", "expect stop end");
        }
    }
}

package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static ringside.console.repl.Sessions.all;

import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.console.repl.stop.Unwinder;

/** Who called whom, where that was long ago. */
class BacktraceTest {
    private static final int LONG_AGO = 20_000_000;

    @Test
    void aCallThatIsFarBackIsFoundByWhatItLeftOnTheStack() {
        try (Session session = Sessions.nested()) {
            all(session, "break inner", "goto " + LONG_AGO, "continue", "stepi 5");
            final long here = session.desk().guest().machine().steps();
            final List<Unwinder.Frame> frames = new Unwinder(session.desk().guest()).trace(16).frames();

            assertEquals(List.of(Unwinder.Way.NONE, Unwinder.Way.CALL, Unwinder.Way.CALL),
                frames.stream().map(Unwinder.Frame::way).toList());
            assertEquals(List.of(here, here - 6, Sessions.NESTED_CALL),
                frames.stream().map(Unwinder.Frame::step).toList());
            assertEquals(here, session.desk().guest().machine().steps());
        }
    }

    @Test
    void aCallerIsGoneBackToAndRunOnToFromWhereverItWasCalled() {
        try (Session session = Sessions.nested()) {
            all(session, "break inner", "goto " + LONG_AGO, "continue", "delete", "stepi 5");
            final long here = session.desk().guest().machine().steps();
            all(session, "reverse-finish", "expect step == " + (here - 6), "reverse-finish",
                "expect step == " + Sessions.NESTED_CALL);
            all(session, "goto " + here, "finish", "expect stop finish", "expect rip == outer+5");
        }
    }
}

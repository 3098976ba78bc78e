package ringside.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import ringside.console.cli.BootArguments;
import ringside.emulator.machine.Machine;
import ringside.emulator.travel.Timeline;
import ringside.profiler.trace.Trace;

/** Tests of guests are ordinary tests. */
class BantamTestTest {
    /** As a user writes them. */
    static final class Kernels {
        @BantamTest(options = {"--append", "demo"})
        void aGuestIsHandedOverWithItsPast(
                final GuestConsole console, final Timeline timeline, final Machine machine) {
            assertSame(machine, timeline.machine());
            assertEquals(0, timeline.position().step());
            console.execute("tbreak event ipc_message");
            console.execute("continue");
            console.execute("expect stop event");
            assertThrows(AssertionError.class, () -> console.execute("expect 1 == 2"));
            assertTrue(timeline.position().step() > 0);
            assertTrue(new String(timeline.said(0), StandardCharsets.US_ASCII).contains("bantam"));
        }

        @BantamTest(options = {"--append", "demo"}, keep = "target/ringside/extension-test")
        void aFailureKeepsTheMachine(final Timeline timeline) {
            timeline.forward(1000);
            fail("on purpose");
        }
    }

    @Test
    void aTestTakesItsGuestItsPastAndItsMachine() {
        final var events = EngineTestKit.engine("junit-jupiter").selectors(selectMethod(Kernels.class.getName()
            + "#aGuestIsHandedOverWithItsPast(" + GuestConsole.class.getName() + ", " + Timeline.class.getName() + ", "
            + Machine.class.getName() + ")")).execute().testEvents();
        assertEquals(1, events.succeeded().count(), () -> events.failed().list().toString());
    }

    @Test
    void aFailureSaysWhereTheGuestStandsAndKeepsTheMachineAndTheWayThere() {
        final var events = EngineTestKit.engine("junit-jupiter").selectors(selectMethod(Kernels.class.getName()
            + "#aFailureKeepsTheMachine(" + Timeline.class.getName() + ")")).execute().testEvents();
        assertEquals(1, events.failed().count());
        final Throwable failure = events.failed().list().getFirst()
            .getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
        assertEquals("on purpose", failure.getMessage());
        final String told = failure.getSuppressed()[0].getMessage();
        final Path snapshot = Path.of("target/ringside/extension-test/Kernels.aFailureKeepsTheMachine.snapshot");
        final Path trace = snapshot.resolveSibling("Kernels.aFailureKeepsTheMachine.trace");
        assertTrue(told.startsWith("at 1000:0; the machine of step "), told);
        assertTrue(told.contains("is in " + snapshot + "\n"), told);
        assertTrue(told.endsWith("\n  ringside replay " + trace + " --console --to 1000:0"), told);
        assertTrue(Files.exists(snapshot));
        assertEquals("--append=demo", Trace.read(trace).head().arguments().getFirst());
        assertTrue(Trace.read(trace).head().build().matches("\\d+\\..*"), Trace.read(trace).head().build());
    }

    @Test
    void wrongOptionsAreRefusedWithTheReason() {
        final var refused = assertThrows(IllegalArgumentException.class, () -> BootArguments.session("--smp", "77"));
        assertTrue(refused.getMessage().contains("--smp"), refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> BootArguments.session("--no-such-option"));
    }
}

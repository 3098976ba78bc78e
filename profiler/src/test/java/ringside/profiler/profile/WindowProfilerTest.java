package ringside.profiler.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;

class WindowProfilerTest {
    private static final Trial TRIAL = new Trial(1, 0, 4);

    private final WindowProfiler profiler = ScriptedGuest.profiler();
    private final ScriptedGuest guest = new ScriptedGuest();

    WindowProfilerTest() {
        guest.addObserver(profiler);
    }

    private static void rounds(final ScriptedGuest guest, final int count) {
        for (int i = 0; i < count; i++) {
            guest.call().reply();
        }
    }

    private WindowProfile window(final String name) {
        return profiler.profile().stream().filter(w -> w.window().equals(name)).findFirst().orElseThrow();
    }

    private void trial(final Consumer<ScriptedGuest> body) {
        guest.begin(1, 0, 4);
        body.accept(guest);
        guest.end();
    }

    private String refusal() {
        return assertThrows(UnstableProfileException.class, profiler::profile).getMessage();
    }

    @Test
    void windowsRunFromTheOpeningInstructionInclusiveToTheClosingOneExclusive() {
        trial(g -> rounds(g, 4));
        final WindowCounts call = window("call").counts();
        assertEquals(10, call.kernelInstructions());
        assertEquals(1, call.userInstructions(), "SYSCALL itself is the user's, the server's next is outside");
        assertEquals(11, call.cycles());
        final WindowCounts reply = window("reply-recv").counts();
        assertEquals(7, reply.kernelInstructions());
        assertEquals(1, reply.userInstructions());
    }

    @Test
    void roundTripIsBothWaysAndTheServerBetweenThem() {
        trial(g -> rounds(g, 4));
        final WindowCounts trip = window("round-trip").counts();
        assertEquals(17, trip.kernelInstructions());
        assertEquals(6, trip.userInstructions(), "two SYSCALLs and the server's four");
        assertEquals(23, trip.cycles());
        assertEquals(23, trip.instructions());
    }

    @Test
    void phasesDivideTheKernelShareInThePlansOrder() {
        trial(g -> rounds(g, 4));
        assertEquals(List.of(new PhaseShare("entry", 3, 3), new PhaseShare("checks", 5, 5),
                new PhaseShare("exit", 2, 2), new PhaseShare("extra", 0, 0)), window("call").counts().phases());
        assertEquals(0, window("call").counts().residue());
        assertEquals(0, window("call").counts().residueCycles());
    }

    @Test
    void kernelInstructionsBeforeAnyMarkAreResidueEvenIfTheLastEntryHadMarks() {
        trial(g -> {
            for (int i = 0; i < 4; i++) {
                g.call().mark("server_reply").user(1).kernelAt(0, 6, 2).mark("client_return").user(2);
            }
        });
        final WindowCounts reply = window("reply-recv").counts();
        assertEquals(6, reply.residue());
        assertEquals(12, reply.residueCycles());
        assertEquals(6, window("round-trip").counts().residue());
        assertEquals(0, window("call").counts().residue());
    }

    @Test
    void cyclesAreTheClocksAndFollowTheInstructionTheyWereSpentOn() {
        trial(g -> {
            for (int i = 0; i < 4; i++) {
                g.mark("client_call").user(1).mark("phase_entry").kernelAt(0, 3, 7).mark("server_return").user(1);
            }
        });
        final WindowProfile call = window("call");
        assertEquals(22, call.counts().cycles());
        assertEquals(21, call.counts().kernelCycles());
        assertEquals(new PathStep(ScriptedGuest.KERNEL, 0, "entry", 7), call.path().get(1));
        assertEquals(new PathStep(ScriptedGuest.USER, 3, "", 1), call.path().get(0));
    }

    @Test
    void dataLinesAreDistinctLinesOfTheKernelWithStraddlesCountedTwice() {
        trial(g -> {
            for (int i = 0; i < 4; i++) {
                g.mark("client_call").user(1).kernel(1)
                        .reads(0x1000, 8, 0).writes(0x103f, 1, 0).reads(0x2000, 8, 3)
                        .writes(0x10be, 4, 0).reads(0x5000, 64, 0)
                        .mark("server_return").user(1);
            }
        });
        assertEquals(new DataFootprint(4, 2, 2), window("call").counts().data());
    }

    @Test
    void withoutMemoryEventsEverythingElseIsTheSame() {
        final WindowProfiler blind =
                new WindowProfiler(ScriptedGuest.PLAN, ScriptedGuest.PROBES, Long::toHexString, false);
        guest.addObserver(blind);
        trial(g -> {
            for (int i = 0; i < 4; i++) {
                g.reads(0x1000, 8, 0).call().writes(0x1000, 8, 0).reply();
            }
        });
        assertFalse(blind.interests().contains(EventKind.MEMORY_READ));
        assertEquals(DataFootprint.UNOBSERVED, blind.profile().getFirst().counts().data());
        assertEquals(profiler.profile().stream().map(w -> w.counts().phases()).toList(),
                blind.profile().stream().map(w -> w.counts().phases()).toList());
        assertEquals(profiler.profile().stream().map(WindowProfile::path).toList(),
                blind.profile().stream().map(WindowProfile::path).toList());
    }

    @Test
    void warmUpRoundsMayDifferAndAreNotMeasured() {
        trial(g -> {
            g.mark("client_call").user(1).kernel(400).mark("server_return").user(1).reply();
            g.call().reply().call().reply();
        });
        assertEquals(1, window("call").rounds());
        assertEquals(2, window("call").warmUp());
        assertEquals(10, window("call").counts().kernelInstructions());
    }

    @Test
    void roundsWithAnInterruptAnExceptionOrAHaltAreExcludedByName() {
        trial(g -> {
            rounds(g, 3);
            g.mark("client_call").user(1).interrupted(32).mark("server_return").user(4).reply();
            g.call().mark("server_reply").user(1).faulted(14).mark("client_return").user(2);
            g.mark("client_call").user(1).halted().kernel(1).mark("server_return").user(4).reply();
            rounds(g, 1);
        });
        assertEquals(Map.of("interrupt 32", 1, "halt", 1), window("call").excluded());
        assertEquals(Map.of("exception 14", 1), window("reply-recv").excluded());
        assertEquals(3, window("round-trip").excludedRounds());
        assertEquals(2, window("round-trip").rounds());
        assertEquals(3, window("call").rounds());
    }

    @Test
    void anInterruptBetweenWindowsExcludesNothing() {
        trial(g -> {
            rounds(g, 3);
            g.interrupted(32);
            rounds(g, 1);
        });
        assertEquals(Map.of(), window("round-trip").excluded());
    }

    @Test
    void aDifferentCountIsRefusedWithWindowRoundAndBothNumbers() {
        trial(g -> {
            rounds(g, 3);
            g.mark("client_call").user(1).mark("phase_entry").kernel(3).mark("phase_checks").kernelAt(64, 6, 1)
                    .mark("phase_exit").kernelAt(128, 2, 1).mark("server_return").user(4).reply();
        });
        assertEquals("window call of trial (1, 0, 4), round 4 differs from round 3; kernel instructions 11, was 10; "
                + "cycles 12, was 11; phase checks 6, was 5; the paths part at instruction 10: ffffffff80100054, "
                + "was ffffffff80100080", refusal());
    }

    @Test
    void aDifferentPathOfTheSameLengthIsRefused() {
        trial(g -> {
            rounds(g, 3);
            g.mark("client_call").user(1).mark("phase_entry").kernel(3).mark("phase_checks").kernelAt(96, 5, 1)
                    .mark("phase_exit").kernelAt(128, 2, 1).mark("server_return").user(4).reply();
        });
        assertTrue(refusal().endsWith("round 4 differs from round 3; the paths part at instruction 5: "
                + "ffffffff80100060, was ffffffff80100040"), refusal());
    }

    @Test
    void aDifferentFootprintIsRefused() {
        trial(g -> {
            rounds(g, 3);
            g.mark("client_call").user(1).writes(0x40, 8, 0).mark("phase_entry").kernel(3).mark("phase_checks")
                    .kernelAt(64, 5, 1).mark("phase_exit").kernelAt(128, 2, 1).mark("server_return").user(4).reply();
        });
        assertTrue(refusal().contains("data lines 1, was 0; writes 1, was 0"), refusal());
    }

    @Test
    void nothingMeasuredIsRefusedWithTheReason() {
        trial(g -> {
            rounds(g, 2);
            g.mark("client_call").user(1).interrupted(32).mark("server_return").user(4).reply();
        });
        assertEquals("window call of trial (1, 0, 4) has no round to report: 3 ended, 2 of them warm-up, "
                + "excluded interrupt 32: 1", refusal());
    }

    @Test
    void theSameTrialTwiceIsRefused() {
        trial(g -> rounds(g, 3));
        trial(g -> rounds(g, 3));
        assertTrue(refusal().contains("was begun twice"), refusal());
    }

    @Test
    void windowsOutsideATrialAndLeftOpenAtItsEndDoNotCount() {
        rounds(guest, 5);
        trial(g -> {
            rounds(g, 3);
            g.mark("client_call").user(1).kernel(77);
        });
        guest.mark("server_return").user(1);
        rounds(guest, 5);
        assertEquals(1, window("call").rounds());
        assertEquals(3, profiler.profile().size());
    }

    @Test
    void trialsAreReportedInTheOrderTheyBegan() {
        for (final long words : new long[] {4, 0}) {
            guest.begin(1, 0, words);
            rounds(guest, 3);
            guest.end();
        }
        assertEquals(List.of(TRIAL, new Trial(1, 0, 0)),
                profiler.profile().stream().map(WindowProfile::trial).distinct().toList());
    }

    @Test
    void aTrialHasEndedWhenItsLastProbeWasPassed() {
        guest.begin(1, 0, 4);
        rounds(guest, 3);
        assertEquals(0, profiler.ended());
        guest.end();
        assertEquals(1, profiler.ended());
        guest.end();
        assertEquals(1, profiler.ended(), "an end without a beginning ends nothing");
    }

    @Test
    void otherCpusAreNotSeen() {
        trial(g -> {
            for (int i = 0; i < 4; i++) {
                g.mark("client_call").user(1).elsewhere(i).mark("phase_entry").kernel(2).mark("server_return").user(1);
            }
        });
        assertEquals(2, window("call").counts().kernelInstructions());
    }

    @Test
    void executionsCountEachAddressOfOneRound() {
        trial(g -> {
            for (int i = 0; i < 4; i++) {
                g.mark("client_call").user(1).mark("phase_entry").kernel(2).kernel(2).mark("server_return").user(1);
            }
        });
        assertEquals(Map.of(ScriptedGuest.USER, 1L, ScriptedGuest.KERNEL, 2L, ScriptedGuest.KERNEL + 4, 2L),
                window("call").executions());
        assertEquals(ScriptedGuest.USER, window("call").executions().firstKey(), "kernel addresses are the high ones");
    }
}

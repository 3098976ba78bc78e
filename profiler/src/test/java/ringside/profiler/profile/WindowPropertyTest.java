package ringside.profiler.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for whatever a guest does: a random round, repeated, with random marks and accesses in it. */
class WindowPropertyTest {
    private static final List<String> MARKS =
            List.of("phase_entry", "phase_checks", "phase_exit", "phase_extra", "context_switch");
    private static final int STEPS = 40;

    private final Set<Long> lines = new HashSet<>();

    private void way(final ScriptedGuest guest, final SplittableRandom random, final String opens,
            final String closes) {
        guest.mark(opens).user(1);
        for (int i = random.nextInt(STEPS); i >= 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> guest.mark(MARKS.get(random.nextInt(MARKS.size())));
                case 1 -> guest.user(random.nextInt(3));
                case 2 -> {
                    final long address = ScriptedGuest.KERNEL + random.nextInt(4096);
                    final int size = 1 << random.nextInt(7);
                    guest.reads(address, size, 0);
                    lines.add(address >>> 6);
                    lines.add((address + size - 1) >>> 6);
                }
                case 3 -> guest.writes(ScriptedGuest.USER + random.nextInt(4096), 8, 3);
                default -> guest.kernelAt(random.nextInt(64) * 4L, random.nextInt(6), 1 + random.nextInt(3));
            }
        }
        guest.mark(closes).user(1 + random.nextInt(3));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void sharesAddUpAndWindowsNest(final long seed) {
        final ScriptedGuest guest = new ScriptedGuest();
        final WindowProfiler profiler = ScriptedGuest.profiler();
        guest.addObserver(profiler);
        guest.begin(1, 1, seed);
        for (int round = 0; round < 5; round++) {
            final SplittableRandom random = new SplittableRandom(seed);
            way(guest, random, "client_call", "server_return");
            way(guest, random, "server_reply", "client_return");
        }
        guest.end();

        final Map<String, WindowProfile> windows = profiler.profile().stream()
                .collect(Collectors.toMap(WindowProfile::window, Function.identity()));
        windows.values().forEach(WindowPropertyTest::addsUp);
        final WindowCounts call = windows.get("call").counts();
        final WindowCounts reply = windows.get("reply-recv").counts();
        final WindowCounts trip = windows.get("round-trip").counts();
        assertEquals(call.kernelInstructions() + reply.kernelInstructions(), trip.kernelInstructions());
        assertEquals(call.residue() + reply.residue(), trip.residue());
        assertTrue(trip.userInstructions() > call.userInstructions() + reply.userInstructions(),
                "the server's own instructions lie between the two ways");
        assertTrue(trip.data().lines() <= call.data().lines() + reply.data().lines());
        assertTrue(trip.data().lines() >= Math.max(call.data().lines(), reply.data().lines()));
        assertEquals(lines.size(), trip.data().lines());
        assertEquals(3, windows.get("call").rounds());
    }

    private static void addsUp(final WindowProfile window) {
        final WindowCounts counts = window.counts();
        assertEquals(counts.kernelInstructions(),
                counts.phases().stream().mapToLong(PhaseShare::instructions).sum() + counts.residue());
        assertEquals(counts.kernelCycles(),
                counts.phases().stream().mapToLong(PhaseShare::cycles).sum() + counts.residueCycles());
        assertEquals(counts.instructions(), window.path().size());
        assertEquals(counts.cycles(), window.path().stream().mapToLong(PathStep::cycles).sum());
        assertEquals(counts.instructions(),
                window.executions().values().stream().mapToLong(Long::longValue).sum());
        assertTrue(counts.residue() >= 0);
    }
}

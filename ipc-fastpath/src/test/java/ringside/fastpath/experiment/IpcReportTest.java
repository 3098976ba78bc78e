package ringside.fastpath.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import ringside.profiler.profile.DataFootprint;
import ringside.profiler.profile.Trial;
import ringside.profiler.profile.WindowCounts;
import ringside.profiler.profile.WindowProfile;

class IpcReportTest {
    private static final Map<Variant, String> IMAGES =
            Map.of(Variant.SLOW, "2", Variant.FAST_ASM, "0", Variant.FAST_GENERATED, "1");

    private final Map<Variant, List<WindowProfile>> windows = new EnumMap<>(Variant.class);

    IpcReportTest() {
        long serial = 0;
        for (final Variant variant : Variant.values()) {
            final List<WindowProfile> run = new ArrayList<>();
            for (final long words : new long[] {4, 0}) {
                for (final long space : new long[] {1, 0}) {
                    for (final Direction direction : Direction.values()) {
                        run.add(window(new Trial(1, space, words), direction.toString(), ++serial));
                    }
                }
            }
            run.add(window(new Trial(0, 0, 0), "null-syscall", ++serial));
            run.add(window(new Trial(2, 0, 0), "signal", ++serial));
            run.add(window(new Trial(3, 0, 0), "signal", ++serial));
            windows.put(variant, run);
        }
    }

    private static WindowProfile window(final Trial trial, final String name, final long instructions) {
        return new WindowProfile(trial, name, 48, 16, new TreeMap<>(),
                new WindowCounts(instructions, 0, 0, 0, DataFootprint.UNOBSERVED, List.of(), 0), List.of());
    }

    private IpcReport report() {
        return IpcReport.of("unit-1", 0, IMAGES, windows);
    }

    @Test
    void measurementsStandInTheOrderOfPathsWhateverTheGuestsOrder() {
        assertEquals(PathKey.all(), report().measurements().stream().map(Measurement::path).toList());
        assertEquals(List.of(Variant.values()), List.copyOf(report().images().keySet()));
    }

    @Test
    void theBenchProgramsNumbersMeanSpaceAndWords() {
        assertEquals(7, report().get(PathKey.parse("fast-asm/cross/0/call")).counts().instructions());
        assertEquals(6, report().get(PathKey.parse("fast-asm/same/4/round-trip")).counts().instructions());
        assertEquals(28, report().get(PathKey.parse("fast-generated/null-syscall")).counts().instructions());
        assertEquals(14, report().get(PathKey.parse("fast-asm/signal")).counts().instructions());
        assertEquals(15, report().get(PathKey.parse("fast-asm/signal-wake")).counts().instructions());
    }

    @Test
    void aPathThatTheGuestLeftOutIsNamed() {
        windows.get(Variant.SLOW).removeIf(w -> w.trial().equals(new Trial(1, 1, 4)));
        assertEquals("slow: the guest ended without measuring slow/cross/4/call",
                assertThrows(GuestFailedException.class, this::report).getMessage());
    }

    @Test
    void anExperimentThatIsNotOursIsRefused() {
        windows.get(Variant.FAST_ASM).add(window(new Trial(9, 0, 0), "call", 1));
        assertEquals("fast-asm: the guest ran trial (9, 0, 0), which is no experiment of the bench",
                assertThrows(GuestFailedException.class, this::report).getMessage());
    }
}

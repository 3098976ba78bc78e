package ringside.emulator.engine.unicorn;

import java.util.List;

/** Where libunicorn's CPU is not the manual's: the helpers that stubs stand in for. */
final class CpuInterpositions {
    private static final int GENERAL_PROTECTION = 13;

    private CpuInterpositions() {
    }

    static List<Interposition> all() {
        return List.of(
                // No counter exists, so every number of one is invalid (Intel SDM volume 2, RDPMC).
                new Interposition("helper_rdpmc_x86_64",
                        (c, originals) -> Interposition.emitRaise(c, originals, GENERAL_PROTECTION)));
    }
}

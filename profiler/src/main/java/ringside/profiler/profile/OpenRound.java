package ringside.profiler.profile;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import ringside.profiler.model.Cause;

/** One window on one CPU while it is being measured; used again and again. */
final class OpenRound {
    private static final Cause[] CAUSES = Cause.values();
    /** Odd, so that no two addresses in a row cancel out. */
    private static final long ROUTE_FACTOR = 0x9E3779B97F4A7C15L;

    private final boolean keepsPath;
    private final long[] byCause = new long[CAUSES.length];
    private final LineSet lines = new LineSet();
    private final RoundPath.Builder path = new RoundPath.Builder();
    private boolean open;
    private String disturbance;
    private long start;
    private long lastCycle;
    private long kernel;
    private long user;
    private long counted;
    private long reads;
    private long writes;
    private long route;

    OpenRound(final boolean keepsPath) {
        this.keepsPath = keepsPath;
    }

    boolean isOpen() {
        return open;
    }

    void open(final long cycle) {
        open = true;
        disturbance = "";
        start = cycle;
        lastCycle = cycle;
        kernel = 0;
        user = 0;
        counted = 0;
        reads = 0;
        writes = 0;
        route = 0;
        Arrays.fill(byCause, 0);
        lines.clear();
        path.clear();
    }

    void abandon() {
        open = false;
    }

    /** {@code cause} is {@code null} where no model says. */
    void instruction(final long cycle, final long address, final int level, final Cause cause) {
        final long cost = cycle - lastCycle;
        lastCycle = cycle;
        counted += cost;
        route = (route + address) * ROUTE_FACTOR;
        if (level == 0) {
            kernel++;
        } else {
            user++;
        }
        if (cause != null) {
            byCause[cause.ordinal()] += cost;
        }
        if (keepsPath) {
            path.add(address, cost, cause);
        }
    }

    /** The block ended whose instructions these were since the last call. */
    void settle(final int bits) {
        if (keepsPath) {
            path.settle(bits);
        }
    }

    void access(final long address, final int size, final boolean write) {
        lines.touch(address, size);
        if (write) {
            writes++;
        } else {
            reads++;
        }
    }

    /** Something fell in, and took the time up to a cycle; the first such thing names the round. */
    void disturb(final long cycle, final String what) {
        lastCycle = Math.max(lastCycle, cycle);
        if (disturbance.isEmpty()) {
            disturbance = what;
        }
    }

    CpuRound close(final int number, final long cycle) {
        open = false;
        final Map<Cause, Long> causes = new EnumMap<>(Cause.class);
        for (int i = 0; i < byCause.length; i++) {
            if (byCause[i] != 0) {
                causes.put(CAUSES[i], byCause[i]);
            }
        }
        return new CpuRound(number, disturbance, kernel, user, cycle - start,
                new DataFootprint(lines.size(), reads, writes), causes.isEmpty() ? CauseCycles.NONE
                        : new CauseCycles(causes), cycle - start - counted, route,
                keepsPath ? path.path() : RoundPath.UNKNOWN);
    }
}

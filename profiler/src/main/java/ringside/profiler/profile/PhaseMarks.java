package ringside.profiler.profile;

import java.util.ArrayList;
import java.util.List;
import ringside.toolchain.image.Probe;

/** Which of an image's probes mark which phase. Phases are numbered in the order of reports. */
final class PhaseMarks {
    /** Of a probe that marks no phase, and of an instruction under none. */
    static final int NONE = -1;

    private final List<String> names;
    private final int[] phaseOfProbe;

    PhaseMarks(final WindowPlan plan, final List<Probe> probes) {
        final List<String> found = new ArrayList<>(plan.phases());
        phaseOfProbe = new int[probes.size()];
        for (int i = 0; i < phaseOfProbe.length; i++) {
            final String kind = probes.get(i).kind();
            phaseOfProbe[i] = NONE;
            if (kind.startsWith(plan.phasePrefix())) {
                final String name = kind.substring(plan.phasePrefix().length());
                if (!found.contains(name)) {
                    found.add(name);
                }
                phaseOfProbe[i] = found.indexOf(name);
            }
        }
        names = List.copyOf(found);
    }

    int phaseOf(final int probe) {
        return phaseOfProbe[probe];
    }

    int count() {
        return names.size();
    }

    String name(final int phase) {
        return phase == NONE ? "" : names.get(phase);
    }
}

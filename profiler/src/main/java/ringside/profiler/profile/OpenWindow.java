package ringside.profiler.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One kind of window while it is being measured; used again and again, so that measuring allocates nothing. */
final class OpenWindow {
    private final PhaseMarks marks;
    private final long[] phaseInstructions;
    private final long[] phaseCycles;
    private final LineSet lines = new LineSet();
    private ExecutedPath path = new ExecutedPath();
    private boolean open;
    private String disturbance;
    private long start;
    private long kernelInstructions;
    private long userInstructions;
    private long kernelCycles;
    private long reads;
    private long writes;

    OpenWindow(final PhaseMarks marks) {
        this.marks = marks;
        this.phaseInstructions = new long[marks.count()];
        this.phaseCycles = new long[marks.count()];
    }

    boolean isOpen() {
        return open;
    }

    void open(final long cycle) {
        open = true;
        disturbance = null;
        start = cycle;
        kernelInstructions = 0;
        userInstructions = 0;
        kernelCycles = 0;
        reads = 0;
        writes = 0;
        Arrays.fill(phaseInstructions, 0);
        Arrays.fill(phaseCycles, 0);
        lines.clear();
        path.clear();
    }

    void abandon() {
        open = false;
    }

    void instruction(final long address, final int level, final int phase, final long cost) {
        path.add(address, level, phase, cost);
        if (level != 0) {
            userInstructions++;
            return;
        }
        kernelInstructions++;
        kernelCycles += cost;
        if (phase != PhaseMarks.NONE) {
            phaseInstructions[phase]++;
            phaseCycles[phase] += cost;
        }
    }

    void read(final long address, final int size) {
        reads++;
        lines.touch(address, size);
    }

    void write(final long address, final int size) {
        writes++;
        lines.touch(address, size);
    }

    /** Marks the window as one that something fell into; the first such thing names it. */
    void disturb(final String what) {
        if (open && disturbance == null) {
            disturbance = what;
        }
    }

    /** {@return what fell in, or null} */
    String disturbance() {
        return disturbance;
    }

    WindowCounts close(final long cycle) {
        open = false;
        final List<PhaseShare> phases = new ArrayList<>(phaseInstructions.length);
        long residue = kernelInstructions;
        for (int i = 0; i < phaseInstructions.length; i++) {
            phases.add(new PhaseShare(marks.name(i), phaseInstructions[i], phaseCycles[i]));
            residue -= phaseInstructions[i];
        }
        return new WindowCounts(kernelInstructions, userInstructions, kernelCycles, cycle - start,
                new DataFootprint(lines.size(), reads, writes), phases, residue);
    }

    ExecutedPath path() {
        return path;
    }

    /** {@return the path just executed, which from now on belongs to the caller} */
    ExecutedPath takePath() {
        final ExecutedPath taken = path;
        path = new ExecutedPath();
        return taken;
    }
}

package ringside.fastpath.experiment;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import ringside.kernel.abi.FirstTasks;
import ringside.kernel.abi.KernelAbi;
import ringside.profiler.profile.Trial;
import ringside.profiler.profile.WindowPlan;
import ringside.profiler.profile.WindowProfile;
import ringside.profiler.profile.WindowSpec;

/** The contract with the bench program: which of its probes bound which path. */
public final class IpcWindows {
    /** Rounds skipped before measuring, as sel4bench does. */
    public static final int WARM_UP = 16;

    /** Rounds of each trial. */
    public static final int ROUNDS = KernelAbi.BENCH_ROUNDS;

    /** Trials that the bench program runs: single system calls, and calls in each space with each length. */
    static final int TRIALS = Experiment.SINGLE.size() + Space.values().length * PathKey.WORDS.size();

    private static final String NULL_WINDOW = Experiment.NULL_SYSCALL.toString();
    private static final String SIGNAL_WINDOW = Experiment.SIGNAL.toString();

    /** The windows of null system call, signal and IPC, and the phases of the kernel's paths. */
    public static final WindowPlan PLAN = new WindowPlan("bench_begin", "bench_end",
            List.of(
                    new WindowSpec(NULL_WINDOW, "null_call", "null_return"),
                    new WindowSpec(SIGNAL_WINDOW, "signal_call", "signal_return"),
                    new WindowSpec(Direction.CALL.toString(), "client_call", "server_return"),
                    new WindowSpec(Direction.REPLY_RECV.toString(), "server_reply", "client_return"),
                    new WindowSpec(Direction.ROUND_TRIP.toString(), "client_call", "client_return")),
            "phase_", List.of("entry", "checks", "dequeue", "reply_link", "copy", "switch", "exit"), WARM_UP);

    /** The same windows where the bench program executes them for the first time, before any trial. */
    static final WindowPlan FIRST = new WindowPlan("first_begin", "first_end",
            List.of(
                    new WindowSpec(NULL_WINDOW, "first_null", "first_null_return"),
                    new WindowSpec(Direction.CALL.toString(), "first_call", "server_serves"),
                    new WindowSpec(Direction.REPLY_RECV.toString(), "server_reply", "first_return"),
                    new WindowSpec(Direction.ROUND_TRIP.toString(), "first_call", "first_return")),
            PLAN.phasePrefix(), PLAN.phases(), 0);

    /** Where in a trial a core may be made cold: as a call begins, and as a reply does. */
    static final List<Set<String>> COLD = List.of(
            Set.of("null_call", "client_call", "signal_call"), Set.of("server_reply"));

    private static final long HANDLE_SAME = FirstTasks.handles().values().get("HANDLE_SAME");

    private IpcWindows() {
    }

    /** {@return the space that the first calls of a run were made into, by the handle that their probe carries} */
    static Space firstSpace(final Trial trial) {
        return trial.first() == HANDLE_SAME ? Space.SAME : Space.CROSS;
    }

    /**
     * {@return the path that a window measured, or nothing if the guest reported an experiment that is not ours}
     *
     * @param variant which image ran
     * @param window  what was measured in it
     */
    static Optional<PathKey> keyOf(final Variant variant, final WindowProfile window) {
        return keyOf(variant, window.trial(), window.window());
    }

    /** {@return the same, by the names of trial and window} */
    static Optional<PathKey> keyOf(final Variant variant, final Trial trial, final String window) {
        if (trial.first() == Experiment.NULL_SYSCALL.ordinal() && window.equals(NULL_WINDOW)) {
            return Optional.of(PathKey.nullSyscall(variant));
        }
        for (final Experiment experiment : List.of(Experiment.SIGNAL, Experiment.WAKE)) {
            if (trial.first() == experiment.ordinal() && window.equals(SIGNAL_WINDOW)) {
                return Optional.of(PathKey.single(experiment, variant));
            }
        }
        return PathKey.all().stream()
                .filter(key -> key.experiment() == Experiment.CALL && key.variant() == variant
                        && trial.first() == Experiment.CALL.ordinal() && trial.second() == key.space().ordinal()
                        && trial.third() == key.words() && window.equals(key.direction().toString()))
                .findFirst();
    }
}

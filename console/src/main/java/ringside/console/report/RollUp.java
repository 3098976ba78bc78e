package ringside.console.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.CauseCycles;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.Share;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.SourceLine;

/** What a run's instructions and cycles can be added up by. Each way adds up to the CPUs' clocks. */
public enum RollUp {
    /** By the routine that holds an instruction. */
    ROUTINE("By routine", "routine", (profile, _) -> profile.routines()),
    /** By the line that made it. */
    LINE("By source line", "line", (profile, image) -> profile.by(cost -> image.lines().at(cost.address())
        .map(SourceLine::toString).orElse("[no source line]"))),
    /** By the mark that the kernel passed last. */
    PHASE("By phase of the kernel", "phase", (profile, _) -> profile.phases()),
    /** By the thread that the CPU was for. */
    THREAD("By thread", "thread", (profile, _) -> profile.threads()),
    /** By what the kernel was entered for. */
    ENTRY("By what the kernel was entered for", "entered for, how often",
        (profile, _) -> counted(profile.entries())),
    /** By the root of the page tables. */
    SPACE("By address space", "root of the page tables", (profile, _) -> profile.spaces()),
    /** By vCPU. */
    CPU("By CPU", "CPU", (profile, _) -> profile.byCpu()),
    /** By why cycles passed. */
    CAUSE("By cause", "cause", (profile, _) -> causes(profile));

    private final String heading;
    private final String column;
    private final BiFunction<CodeProfile, GuestImage, List<Share>> shares;

    RollUp(final String heading, final String column, final BiFunction<CodeProfile, GuestImage, List<Share>> shares) {
        this.heading = heading;
        this.column = column;
        this.shares = shares;
    }

    private static List<Share> counted(final List<Share> shares) {
        return shares.stream().map(share -> share.count() == 0 || !share.name().startsWith("[") ? share
            : new Share(share.name() + " x " + share.count(), share.count(), share.instructions(), share.cycles(),
                share.causes())).toList();
    }

    /** {@return cycles of each cause, the dearest first; empty where the model knows none} */
    static List<Share> causes(final CodeProfile profile) {
        return profile.causes().cycles().entrySet().stream()
            .sorted(Map.Entry.<Cause, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry::getKey))
            .map(one -> new Share(one.getKey().title(), 0, 0, one.getValue(),
                new CauseCycles(Map.of(one.getKey(), one.getValue())))).toList();
    }

    /** {@return the rows, the dearest first} */
    List<Share> shares(final CodeProfile profile, final GuestImage image) {
        return shares.apply(profile, image);
    }

    String heading() {
        return heading;
    }

    String column() {
        return column;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package ringside.console.repl.stop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import ringside.console.repl.expression.ExpressionException;
import ringside.console.repl.guest.Guest;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.travel.Condition;
import ringside.emulator.travel.Judge;

/** Says of a place at which something was met whether it is stopped at, and what by. */
final class Meeting implements Judge {
    private static final long FRAME = ~0xFFFL;

    private final Guest guest;
    private final Breakpoints breakpoints;
    private final Optional<Until> until;
    private final Map<Condition, List<Long>> values = new HashMap<>();
    private final List<Breakpoint> stopped = new ArrayList<>();
    private String problem = "";
    private boolean waited;

    Meeting(final Guest guest, final Breakpoints breakpoints, final Optional<Until> until) {
        this.guest = guest;
        this.breakpoints = breakpoints;
        this.until = until;
    }

    /** {@return all that is looked for} */
    List<Condition> conditions() {
        final List<Condition> conditions = new ArrayList<>();
        breakpoints.enabled().forEach(one -> conditions.add(one.spec().condition()));
        until.ifPresent(one -> conditions.add(one.condition()));
        return conditions;
    }

    /** {@return the breakpoints that are stopped at} */
    List<Breakpoint> stopped() {
        return stopped;
    }

    /** {@return what is wrong with the condition of the first of them, for people; empty if nothing is} */
    String problem() {
        return problem;
    }

    /** {@return whether a breakpoint whose words mean nothing yet may find out here what: then nothing is judged} */
    boolean hasWaited() {
        return waited;
    }

    /** {@return why it stops where no breakpoint is: the command wanted to go there} */
    String reason() {
        return until.orElseThrow().reason();
    }

    private Optional<Breakpoint> of(final Condition condition) {
        return breakpoints.enabled().stream().filter(one -> one.spec().condition() == condition).findFirst();
    }

    @Override
    public long ignored(final Condition condition) {
        return of(condition).filter(one -> !one.isPending() && one.spec().filter().isEmpty()
            && one.spec().space().isEmpty()).map(Breakpoint::ignored).orElse(0);
    }

    @Override
    public void passed(final Condition condition, final long times) {
        of(condition).orElseThrow().pass((int) times);
    }

    @Override
    public boolean compares(final Condition condition) {
        return condition instanceof RegisterWritten;
    }

    @Override
    public void before(final Sight sight) {
        values.clear();
        sight.met().forEach(condition -> values.put(condition, value((RegisterWritten) condition)));
    }

    private List<Long> value(final RegisterWritten watch) {
        return new StopText(guest).value(watch);
    }

    @Override
    public boolean isWanted(final Sight sight) {
        waited = breakpoints.enabled().stream().anyMatch(one -> one.isPending()
            && sight.met().contains(one.spec().condition()));
        return waited || isStop(sight.met(), sight.cpu(), one -> changes(one.spec().condition()) && holds(one.spec()));
    }

    private boolean changes(final Condition condition) {
        return !(condition instanceof RegisterWritten watch) || !value(watch).equals(values.get(watch));
    }

    /**
     * {@return whether to stop} If so the vCPU is the one that is looked at.
     *
     * @param met    here
     * @param cpu    whose doing it is
     * @param wanted whether what a breakpoint asks for besides is so
     */
    boolean isStop(final List<Condition> met, final int cpu, final Predicate<Breakpoint> wanted) {
        final int was = guest.cpu();
        guest.select(cpu);
        for (final Breakpoint one : breakpoints.enabled()) {
            if (one.isPending() || !met.contains(one.spec().condition())) {
                continue;
            }
            try {
                if (wanted.test(one) && one.meet()) {
                    stopped.add(one);
                }
            } catch (final ExpressionException failed) {
                if (stopped.isEmpty()) {
                    problem = "; its condition has no value: " + failed.getMessage();
                }
                stopped.add(one);
            }
        }
        final boolean done = stopped.isEmpty() && until.isPresent() && met.contains(until.get().condition())
            && until.get().holds().getAsBoolean();
        if (stopped.isEmpty() && !done) {
            guest.select(was);
        }
        return done || !stopped.isEmpty();
    }

    /** {@return whether its address space is in force, and its condition is not 0, where the machine stands} */
    boolean holds(final Breakpoint.Spec spec) {
        return (spec.space().isEmpty()
                || (guest.register(CpuRegister.CR3) & FRAME) == (spec.space().getAsLong() & FRAME))
            && (spec.filter().isEmpty() || spec.filter().get().value(guest) != 0);
    }
}

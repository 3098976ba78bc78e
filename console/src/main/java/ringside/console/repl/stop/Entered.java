package ringside.console.repl.stop;

import java.util.EnumSet;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.travel.Condition;

/** A vCPU enters the kernel, or a handler in it: by SYSCALL, an exception or an interrupt. */
final class Entered implements Condition {
    private final int wanted;
    private long hits;

    Entered(final int cpu) {
        wanted = cpu;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.SYSCALL, EventKind.EXCEPTION, EventKind.INTERRUPT);
    }

    @Override
    public void syscall(final long cycle, final int cpu, final long rip, final long number) {
        hits += cpu == wanted ? 1 : 0;
    }

    @Override
    public void exception(final long cycle, final int cpu, final int vector, final long code, final long rip) {
        hits += cpu == wanted ? 1 : 0;
    }

    @Override
    public void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
        hits += cpu == wanted ? 1 : 0;
    }

    @Override
    public long hits() {
        return hits;
    }

    @Override
    public boolean stopsBefore() {
        return true;
    }
}

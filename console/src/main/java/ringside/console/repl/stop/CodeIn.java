package ringside.console.repl.stop;

import java.util.EnumSet;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.machine.CpuView;
import ringside.emulator.machine.Machine;
import ringside.emulator.travel.Condition;

/** An instruction in some physical memory is executed, by whatever virtual address, on any vCPU or on one. */
public final class CodeIn implements Condition {
    private static final long IN_PAGE = 0xFFF;

    private final Machine machine;
    private final long physical;
    private final int bytes;
    private final int only;
    private long hits;

    /**
     * Makes a condition.
     *
     * @param machine  whose memory
     * @param physical first byte
     * @param bytes    how many, from 1 to 4096
     * @param only     the vCPU, or {@link CodeOn#ANY}
     */
    public CodeIn(final Machine machine, final long physical, final int bytes, final int only) {
        this.machine = machine;
        this.physical = physical;
        this.bytes = bytes;
        this.only = only;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.BLOCK);
    }

    @Override
    public void block(final long cycle, final int cpu, final int code, final long begin, final int size,
            final int instructions, final int level) {
        if (only != CodeOn.ANY && cpu != only) {
            return;
        }
        for (long at = begin, left = size; left > 0;) {
            final long piece = Math.min(left, IN_PAGE + 1 - (at & IN_PAGE));
            // Page tables are looked at only for code that lies so in its page.
            if (((physical - at & IN_PAGE) < piece || (at - physical & IN_PAGE) < bytes) && isHere(cpu, at, piece)) {
                hits++;
                return;
            }
            at += piece;
            left -= piece;
        }
    }

    private boolean isHere(final int cpu, final long virtual, final long piece) {
        final CpuView view = machine.cpu(cpu);
        final long first = view.translate(virtual);
        return first >= 0 && first < physical + bytes && first + piece > physical;
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

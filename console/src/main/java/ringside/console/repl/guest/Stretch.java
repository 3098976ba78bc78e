package ringside.console.repl.guest;

import java.util.List;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Machine;
import ringside.emulator.travel.Retraced;

/**
 * A piece of a guest's history, gone through once more by a second machine, with somebody who listens. It begins and
 * ends between two blocks, as a machine does.
 *
 * @param from steps before its first event
 * @param to   steps behind its last
 */
public record Stretch(long from, long to) {
    /** Makes listeners for the second machine. */
    public interface Listening {
        /**
         * {@return who listens}
         *
         * @param machine where the stretch begins; it is closed when the stretch was gone through
         */
        List<? extends MachineObserver> on(Machine machine);
    }

    /**
     * Goes through a piece of a history; the guest stands where it stood.
     *
     * @param guest     whose history
     * @param from      steps where it begins, or in the block that does
     * @param to        steps where it ends, or in the block that does
     * @param listening hears it
     * @return what was gone through
     * @throws RefusedException where somebody asked to stop
     */
    public static Stretch of(final Guest guest, final long from, final long to, final Listening listening) {
        if (from > to) {
            throw new RefusedException("a stretch goes forward: from " + from + " to " + to);
        }
        final int cpu = guest.cpu();
        final Retraced done = guest.timeline().retrace(from, to, listening::on);
        guest.select(cpu);
        if (!done.whole()) {
            throw new RefusedException("interrupted at step " + done.to() + " of " + from + " to " + to);
        }
        return new Stretch(done.from(), done.to());
    }
}

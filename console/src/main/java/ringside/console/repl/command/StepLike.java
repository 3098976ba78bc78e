package ringside.console.repl.command;

import java.util.function.Function;
import ringside.console.repl.stop.Halt;
import ringside.console.repl.stop.Stepper;

/** A command that steps, once or a number of times. */
abstract class StepLike extends DeskCommand {
    /** Steps until something else ends it, and tells of the last place alone. */
    final void stepping(final long times, final Function<Stepper, Halt> step) {
        final Stepper stepper = new Stepper(guest(), desk().runner(), desk().events());
        Halt halt = step.apply(stepper);
        for (long i = 1; i < times && "step".equals(halt.reason()) && !desk().takeInterrupt(); i++) {
            halt = step.apply(stepper);
        }
        desk().arrive(halt);
    }
}

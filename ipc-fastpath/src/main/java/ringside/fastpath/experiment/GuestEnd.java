package ringside.fastpath.experiment;

import java.util.List;
import ringside.emulator.machine.RunResult;
import ringside.toolchain.image.GuestImage;

/** How a guest's run ended, in words for who wrote the guest. */
public final class GuestEnd {
    private static final String PANIC = "panic:";

    private GuestEnd() {
    }

    /**
     * {@return what a run ended with, and where in the image: the symbol and, where it is known, the line}
     *
     * @param result of the run
     * @param image  that ran
     */
    public static String describe(final RunResult result, final GuestImage image) {
        return result.describe() + switch (result) {
            case RunResult.Exited _, RunResult.Reset _, RunResult.PoweredOff _ -> "";
            // The HLT is before this address, which may be the first of something else.
            case RunResult.Halted halted -> bracket("after ", halted.rip() - 1, image);
            case RunResult.BudgetSpent spent -> bracket("", spent.rip(), image);
            case RunResult.TripleFault fault -> bracket("", fault.rip(), image);
            case RunResult.NothingToExecute lost -> bracket("", lost.rip(), image);
            case RunResult.EptViolation left -> bracket("", left.rip(), image);
        };
    }

    private static String bracket(final String before, final long rip, final GuestImage image) {
        return image.symbols().at(rip).map(_ -> " (" + before + place(rip, image) + ")").orElse("");
    }

    /**
     * {@return a place in an image: the symbol, or the number where there is none, and the line where it is known}
     *
     * @param rip   address of an instruction
     * @param image that has it
     */
    public static String place(final long rip, final GuestImage image) {
        return image.symbols().format(rip) + image.lines().at(rip).map(line -> ", " + line).orElse("");
    }

    /**
     * {@return what a guest said last, as a clause: the line of its panic where there is one, else the last line; empty
     * where it said nothing}
     *
     * @param console all that it printed
     */
    public static String lastWords(final String console) {
        final List<String> lines = console.lines().toList();
        return lines.reversed().stream().filter(line -> line.contains(PANIC)).findFirst()
                .map(line -> "; it said: " + line)
                .orElseGet(() -> lines.isEmpty() ? "" : "; its last line was: " + lines.getLast());
    }
}

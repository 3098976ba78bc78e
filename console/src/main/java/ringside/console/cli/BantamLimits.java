package ringside.console.cli;

import java.util.List;
import ringside.kernel.abi.FirstTasks;
import ringside.kernel.abi.KernelMemory;

/** What Bantam asks of its machine, beyond what every kernel does: told before it is built and booted. */
final class BantamLimits {
    private static final String DEMO = "demo";

    private BantamLimits() {
    }

    /**
     * Refuses what Bantam would stop at.
     *
     * @param commandLine what it is handed
     * @param memory      its RAM
     */
    static void require(final String commandLine, final long memory) {
        if (commandLine.length() >= FirstTasks.COMMAND_LINE_ROOM) {
            throw new WrongUseException("--append: Bantam reads " + (FirstTasks.COMMAND_LINE_ROOM - 1)
                + " bytes at most: length=" + commandLine.length());
        }
        final boolean demonstrates = commandLine.isBlank() || List.of(commandLine.split(" ")).contains(DEMO);
        final long least = demonstrates ? KernelMemory.LEAST_RAM_OF_DEMO : KernelMemory.LEAST_RAM;
        if (memory < least) {
            throw new WrongUseException("--memory: Bantam" + (demonstrates ? "'s demonstration" : "") + " needs "
                + (least >> 20) + "M at least");
        }
    }
}

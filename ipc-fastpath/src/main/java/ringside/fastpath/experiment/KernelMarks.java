package ringside.fastpath.experiment;

import java.util.Map;
import ringside.profiler.profile.SwitchMarks;
import ringside.profiler.profile.SwitchPart;

/** The contract with the kernel: what its probes say of its context switches. */
public final class KernelMarks {
    /** Phases of the kernel's paths, and marks where a phase holds more than one part of a switch. */
    public static final SwitchMarks SWITCHES = new SwitchMarks("context_switch", Map.of(
            "phase_entry", SwitchPart.SAVE,
            "switch_save", SwitchPart.SAVE,
            "phase_checks", SwitchPart.SCHEDULING,
            "switch_choose", SwitchPart.SCHEDULING,
            "phase_switch", SwitchPart.SCHEDULING,
            "phase_dequeue", SwitchPart.SERVICE,
            "phase_reply_link", SwitchPart.SERVICE,
            "phase_copy", SwitchPart.SERVICE,
            "switch_serve", SwitchPart.SERVICE,
            "phase_exit", SwitchPart.RESTORE));

    private KernelMarks() {
    }
}

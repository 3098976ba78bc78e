package ringside.fastpath.experiment;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import ringside.kernel.abi.KernelAbi;
import ringside.profiler.profile.CallMarks;
import ringside.profiler.profile.SwitchMarks;
import ringside.profiler.profile.SwitchPart;
import ringside.toolchain.layout.Constants;

/** The contract with the kernel: what its probes say of its context switches and system calls. */
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

    /** Where system calls return and messages pass, and the names of calls and statuses. */
    public static final CallMarks CALLS = new CallMarks("call_result", "ipc_message",
            names(KernelAbi.calls(), "SYS_"), names(KernelAbi.statuses(), "STATUS_"));

    private KernelMarks() {
    }

    private static Map<Long, String> names(final Constants numbers, final String prefix) {
        return numbers.entries().stream()
                .filter(entry -> entry.name().startsWith(prefix) && !entry.name().equals("SYS_COUNT"))
                .collect(Collectors.toMap(Constants.Entry::value,
                        entry -> entry.name().substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', ' ')));
    }
}

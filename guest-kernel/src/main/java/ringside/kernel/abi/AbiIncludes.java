package ringside.kernel.abi;

import java.util.LinkedHashMap;
import java.util.Map;
import ringside.toolchain.layout.IncludeWriter;
import ringside.toolchain.layout.RecordLayout;
import ringside.toolchain.platform.PcLayout;

/**
 * The include files that carry the declarations of this package to the assembly.
 *
 * <p>They are checked in, so that the sources can be read on their own; the build compares them with this text.
 */
public final class AbiIncludes {
    private AbiIncludes() {
    }

    /**
     * {@return file name to text: {@code machine.inc}, {@code kernel.inc}, {@code layout.inc}, {@code calls.inc},
     * {@code user.inc}, {@code ninep.inc}, {@code ring.inc}, {@code server.inc},
     * {@code bare.inc}}
     */
    public static Map<String, String> files() {
        final Map<String, String> files = new LinkedHashMap<>();
        files.put("machine.inc", new IncludeWriter("ringside.kernel.abi.X86 and ringside.toolchain.platform.PcLayout")
                .add(PcLayout.constants())
                .add(X86.registers())
                .add(X86.features())
                .add(X86.paging())
                .add(X86.segments())
                .add(X86.vectors())
                .add(X86.devices())
                .add(X86.loaders())
                .add(X86.acpi())
                .text());
        files.put("kernel.inc", new IncludeWriter("ringside.kernel.abi.KernelStates and KernelMemory")
                .add(KernelMemory.constants())
                .add(KernelStates.states())
                .add(KernelStates.scheduling())
                .add(KernelStates.kinds())
                .add(KernelStates.frames())
                .add(KernelStates.sizes())
                .text());
        final IncludeWriter layouts = new IncludeWriter("ringside.kernel.abi.KernelLayouts");
        for (final RecordLayout layout : KernelLayouts.all()) {
            layouts.add(layout);
        }
        files.put("layout.inc", layouts.text());
        files.put("calls.inc", new IncludeWriter("ringside.kernel.abi.KernelAbi, SystemCalls and FirstTasks")
                .add(KernelAbi.calls())
                .add(KernelAbi.statuses())
                .add(KernelAbi.messages())
                .add(KernelAbi.limits())
                .add(FirstTasks.handles())
                .add(FirstTasks.processes())
                .add(FirstTasks.roles())
                .add(FirstTasks.experiments())
                .text());
        files.put("user.inc", UserMacros.text());
        final IncludeWriter ninep = new IncludeWriter("ringside.kernel.abi.NinePAbi")
                .add(NinePAbi.messages())
                .add(NinePAbi.modes())
                .add(NinePAbi.limits());
        for (final RecordLayout layout : NinePAbi.layouts()) {
            ninep.add(layout);
        }
        files.put("ninep.inc", ninep.text());
        final IncludeWriter ring = new IncludeWriter("ringside.kernel.abi.RingAbi").add(RingAbi.constants());
        for (final RecordLayout layout : RingAbi.layouts()) {
            ring.add(layout);
        }
        files.put("ring.inc", ring.text());
        final IncludeWriter server = new IncludeWriter("ringside.kernel.abi.ServerAbi")
                .add(ServerAbi.names())
                .add(ServerAbi.timer())
                .add(ServerAbi.kinds());
        for (final RecordLayout layout : ServerAbi.layouts()) {
            server.add(layout);
        }
        files.put("server.inc", server.text());
        files.put("bare.inc", new IncludeWriter("ringside.kernel.abi.BareAbi")
                .add(BareAbi.program())
                .add(BareAbi.devices())
                .text());
        return files;
    }
}

package ringside.kernel.abi;

import static ringside.kernel.abi.KernelAbi.STATUS_EMPTY;
import static ringside.kernel.abi.KernelAbi.STATUS_HANDLE;
import static ringside.kernel.abi.KernelAbi.STATUS_LINE;
import static ringside.kernel.abi.KernelAbi.STATUS_MEMORY;
import static ringside.kernel.abi.KernelAbi.STATUS_QUOTA;
import static ringside.kernel.abi.KernelAbi.STATUS_RIGHTS;
import static ringside.kernel.abi.KernelAbi.STATUS_SLOT;
import static ringside.kernel.abi.KernelAbi.STATUS_TAKEN;
import static ringside.kernel.abi.KernelAbi.STATUS_UNBOUND;
import static ringside.kernel.abi.SystemCalls.EMPTY_SLOT;
import static ringside.kernel.abi.SystemCalls.NO_HANDLE;
import static ringside.kernel.abi.SystemCalls.NO_MEMORY;
import static ringside.kernel.abi.SystemCalls.NO_QUOTA;
import static ringside.kernel.abi.SystemCalls.NO_RIGHT;
import static ringside.kernel.abi.SystemCalls.NO_SLOT;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;

import java.util.List;

/** The system calls about interrupts: rows of {@link SystemCalls}. */
final class InterruptCalls {
    static final List<SystemCall> ALL = List.of(
            SystemCall.of(KernelAbi.SYS_INTERRUPT_CREATE, "INTERRUPT_CREATE",
                    "Makes the interrupt of a line; its handle may bind and acknowledge it.")
                    .in(RDI, "slot", EMPTY_SLOT)
                    .in(RSI, "line", "a pin of the I/O APIC, below `LINE_COUNT`")
                    .in(RDX, "machine", "the handle of the machine, which the first process is given")
                    .takes("`RIGHT_MACHINE` of `machine`.")
                    .fails(STATUS_SLOT, NO_SLOT)
                    .fails(STATUS_HANDLE, "`machine` names nothing")
                    .fails(STATUS_RIGHTS, "`machine` lacks the right, or is of another kind of object")
                    .fails(STATUS_LINE, "there is no such line")
                    .fails(STATUS_TAKEN, "the line has an interrupt")
                    .fails(STATUS_QUOTA, NO_QUOTA)
                    .fails(STATUS_MEMORY, NO_MEMORY)
                    .build(),
            SystemCall.of(KernelAbi.SYS_INTERRUPT_BIND, "INTERRUPT_BIND",
                    "Says which bits of which notification an interrupt sets; its line stays masked.")
                    .in(RDI, "handle", "of an interrupt")
                    .in(RSI, "notification", "its handle; if it has a badge, only bits of that are set")
                    .in(RDX, "bits", "which")
                    .takes("`RIGHT_INTERRUPT` of `handle`; `RIGHT_SIGNAL` of `notification`.")
                    .fails(STATUS_HANDLE, "`handle` or `notification` names nothing")
                    .fails(STATUS_RIGHTS, "one of them lacks the right, or is of another kind of object")
                    .fails(STATUS_TAKEN, "the interrupt has a notification")
                    .fails(STATUS_EMPTY, "no bit would be set")
                    .build(),
            SystemCall.of(KernelAbi.SYS_INTERRUPT_ACK, "INTERRUPT_ACK", "Lets an interrupt come once more.")
                    .in(RDI, "handle", "of an interrupt")
                    .takes("`RIGHT_INTERRUPT` of `handle`.")
                    .fails(STATUS_HANDLE, NO_HANDLE)
                    .fails(STATUS_RIGHTS, NO_RIGHT)
                    .fails(STATUS_UNBOUND, "it has no notification, or that ended")
                    .build(),
            SystemCall.of(KernelAbi.SYS_INTERRUPT_UNBIND, "INTERRUPT_UNBIND",
                    "Takes an interrupt from its notification; its line is masked.")
                    .in(RDI, "handle", "of an interrupt, bound or not")
                    .takes("`RIGHT_INTERRUPT` of `handle`.")
                    .fails(STATUS_HANDLE, NO_HANDLE)
                    .fails(STATUS_RIGHTS, NO_RIGHT)
                    .build());

    private InterruptCalls() {
    }
}

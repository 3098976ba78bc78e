package ringside.profiler.trace;

import java.util.Objects;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;

/**
 * One event of a stream. What a field means depends on the kind; those that a kind does not name are 0.
 *
 * <pre>
 *   BLOCK          number = level, address, first = bytes, second = instructions
 *   EXCEPTION      number = vector, address = rip, first = error code
 *   INTERRUPT      number = vector, address = rip
 *   SYSCALL        address = rip, first = number of the call
 *   ADDRESS_SPACE  first = page-table root
 *   PROBE          number = of the probe, first, second, third = values
 *   DEVICE         number = bytes, address, first = value, second = whether it was written
 *   CONSOLE_BYTE   first = value
 *   RESET          text = cause
 *   HALT, IDLE     nothing more
 * </pre>
 *
 * @param kind    what happened
 * @param cycle   clock of the vCPU
 * @param cpu     vCPU
 * @param number  small number
 * @param address of code or of a device
 * @param first   value
 * @param second  value
 * @param third   value
 * @param text    empty but for a reset
 */
public record TraceEvent(
        EventKind kind, long cycle, int cpu, int number, long address, long first, long second, long third,
        String text) {
    /** Refuses an event of no kind. */
    public TraceEvent {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
    }

    /**
     * Tells it as the machine did.
     *
     * @param observer hears it
     */
    public void tell(final MachineObserver observer) {
        switch (kind) {
            case BLOCK -> observer.block(cycle, cpu, 0, address, (int) first, (int) second, number);
            case EXCEPTION -> observer.exception(cycle, cpu, number, first, address);
            case INTERRUPT -> observer.interrupt(cycle, cpu, number, address);
            case SYSCALL -> observer.syscall(cycle, cpu, address, first);
            case ADDRESS_SPACE -> observer.addressSpace(cycle, cpu, first);
            case PROBE -> observer.probe(cycle, cpu, number, first, second, third);
            case DEVICE -> observer.device(cycle, cpu, address, number, first, second != 0);
            case CONSOLE_BYTE -> observer.consoleByte(cycle, cpu, (int) first);
            case HALT -> observer.halt(cycle, cpu);
            case RESET -> observer.reset(cycle, cpu, text);
            case IDLE -> observer.idle(cycle, cpu);
            default -> throw new IllegalStateException("no stream holds this kind: kind=" + kind);
        }
    }
}

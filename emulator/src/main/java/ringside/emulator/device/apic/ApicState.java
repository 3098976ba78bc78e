package ringside.emulator.device.apic;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a local APIC's registers hold, to be looked at.
 *
 * @param base         IA32_APIC_BASE
 * @param id           its number
 * @param destination  logical destination in its upper half, destination format in its lower one
 * @param priority     of the task in its upper half, of the processor in its lower one
 * @param spurious     the spurious interrupt register: bit 8 is software's leave to interrupt
 * @param vectors      the local vectors: timer, thermal, performance, pin 0, pin 1, error
 * @param requested    vectors that wait
 * @param inService    vectors that are being served
 * @param timer        the timer
 */
public record ApicState(long base, int id, long destination, long priority, int spurious, List<Integer> vectors,
        List<Integer> requested, List<Integer> inService, Timer timer) {
    /** Copies the lists. */
    public ApicState {
        vectors = List.copyOf(vectors);
        requested = List.copyOf(requested);
        inService = List.copyOf(inService);
    }

    /**
     * A timer.
     *
     * @param mode    0 one shot, 1 periodic, 2 at a deadline
     * @param divider cycles a count, 1 to 128
     * @param initial the count that it begins with
     * @param current the count that is left
     * @param expires the cycle at which it will interrupt; {@link ringside.emulator.timing.CycleClock#NEVER} if never
     */
    public record Timer(int mode, int divider, long initial, long current, long expires) {
    }

    /** {@return the state of an APIC, which stays as it is} */
    static ApicState of(final LocalApic apic, final long base) {
        return new ApicState(base, apic.id, pair(apic.logicalDestination, apic.destinationFormat),
                pair(apic.taskPriority, apic.processorPriority()), apic.spurious,
                IntStream.range(0, LocalVectors.COUNT).mapToObj(apic.localVectors::get).toList(),
                apic.request.members(), apic.inService.members(), apic.timer.state());
    }

    private static long pair(final int upper, final int lower) {
        return (long) upper << Integer.SIZE | Integer.toUnsignedLong(lower);
    }
}

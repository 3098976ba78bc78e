package ringside.profiler.trace;

import ringside.emulator.event.EventKind;

/**
 * The first byte of each thing in an event stream. The vCPU and its clock are said only where they are not what is
 * expected: the vCPU of the event before; and the clock of its last event, for a block as many cycles farther as it
 * has instructions.
 *
 * <pre>
 *   CPU     vCPU (1)                       the next event is of this vCPU
 *   CLOCK   signed                         the next event's clock is so much beyond what is expected
 *   NEXT                                   the block that last came behind the vCPU's block before
 *   KNOWN   number                         a block by its number
 *   BLOCK   signed, number, number, number address from the end of the block before; bytes, instructions, level:
 *                                          a block that has a number from here on
 *   others  the fields of the event
 * </pre>
 */
final class EventOp {
    static final int NEXT = 0;
    static final int KNOWN = 1;
    static final int BLOCK = 2;
    static final int CPU = 3;
    static final int CLOCK = 4;
    static final int EXCEPTION = 5;
    static final int INTERRUPT = 6;
    static final int SYSCALL = 7;
    static final int ADDRESS_SPACE = 8;
    static final int PROBE = 9;
    static final int DEVICE = 10;
    static final int CONSOLE_BYTE = 11;
    static final int HALT = 12;
    static final int RESET = 13;
    static final int IDLE = 14;

    private static final EventKind[] KINDS = {null, null, null, null, null, EventKind.EXCEPTION, EventKind.INTERRUPT,
        EventKind.SYSCALL, EventKind.ADDRESS_SPACE, EventKind.PROBE, EventKind.DEVICE, EventKind.CONSOLE_BYTE,
        EventKind.HALT, EventKind.RESET, EventKind.IDLE};

    private EventOp() {
    }

    /** {@return the kind of event of an op behind {@link #CLOCK}, {@code null} for an unknown one} */
    static EventKind kind(final int op) {
        return op <= CLOCK || op >= KINDS.length ? null : KINDS[op];
    }

    /** {@return the op of a kind of event, no block} */
    static int of(final EventKind kind) {
        for (int op = CLOCK + 1; op < KINDS.length; op++) {
            if (KINDS[op] == kind) {
                return op;
            }
        }
        throw new IllegalArgumentException("no stream holds this kind: kind=" + kind);
    }
}

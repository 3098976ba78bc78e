package ringside.fastpath.view;

import java.util.Arrays;
import ringside.kernel.abi.KernelStates;

/** What a thread does. */
public enum ThreadState {
    /** Runs, or waits in a ready queue. */
    RUNNABLE(KernelStates.STATE_RUNNABLE),
    /** Waits in an endpoint's queue to send. */
    SENDING(KernelStates.STATE_SENDING),
    /** Waits in an endpoint's queue to call. */
    CALLING(KernelStates.STATE_CALLING),
    /** Its message was taken; waits for the answer. */
    AWAITING_REPLY(KernelStates.STATE_AWAITING_REPLY),
    /** Waits at an endpoint to receive. */
    RECEIVING(KernelStates.STATE_RECEIVING),
    /** Waits for a tick. */
    SLEEPING(KernelStates.STATE_SLEEPING),
    /** Runs no more. */
    DEAD(KernelStates.STATE_DEAD),
    /** Waits for a notification. */
    WAITING(KernelStates.STATE_WAITING),
    /** Waits for a word of memory. */
    FUTEX(KernelStates.STATE_FUTEX);

    private static final int MASK = 0xff;

    private final int number;

    ThreadState(final int number) {
        this.number = number;
    }

    /** {@return the state in a thread's block, whose other bits say how it waits} */
    static ThreadState of(final int word) {
        return Arrays.stream(values()).filter(state -> state.number == (word & MASK)).findFirst()
                .orElseThrow(() -> new KernelView.LostException("thread: no such state: " + (word & MASK)));
    }
}

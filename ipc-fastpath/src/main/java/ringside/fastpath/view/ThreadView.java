package ringside.fastpath.view;

import java.util.OptionalLong;

/**
 * A thread.
 *
 * @param address     of its block
 * @param process     address of its process
 * @param state       what it does
 * @param timed       whether it waits no longer than until {@code wakeTick}
 * @param priority    at which it runs now
 * @param ownPriority that it was given; a caller may have lent it another
 * @param cpu         number of the CPU where it runs or is queued
 * @param waitsOn     the object that it waits at, if it waits at one
 * @param caller      who waits for its answer, if somebody does
 * @param bound       the notification that it is bound to
 * @param wakeTick    of a timer that runs, else of the last one
 * @param kernelMode  whether it runs at level 0
 * @param floating    whether it has floating-point registers
 * @param rip         where it goes on; of a running thread where it left user code last
 * @param rsp         its stack pointer there
 */
public record ThreadView(long address, long process, ThreadState state, boolean timed, int priority, int ownPriority,
        int cpu, OptionalLong waitsOn, OptionalLong caller, OptionalLong bound, long wakeTick, boolean kernelMode,
        boolean floating, long rip, long rsp) {
}

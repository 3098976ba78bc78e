package ringside.kernel.abi;

import java.util.List;

/**
 * What the fast paths ask before they change anything, beside the list of seL4's fast paths on x86-64: each thing that
 * seL4 asks is asked here too, or there is a reason why it cannot be otherwise.
 */
final class FastPathChecks {
    /** What {@code SYS_CALL} must find to take its fast path. */
    static final List<Check> CALL = List.of(
            new Check("a short message, no capability in it, the caller has no fault pending",
                    "`rsi` is at most `WORDS_SHORT`, all 64 bits of it: every flag of a tag lies above",
                    "a thread that is stopped by a fault does not run; nor is it switched to, see the last line"),
            new Check("the capability is found, and is an endpoint",
                    "`rdi` is below `HANDLE_COUNT`; the handle has `RIGHT_SEND`",
                    "a right belongs to one kind of object, so an empty slot and other kinds lack it"),
            new Check("it may send",
                    "the same bit",
                    ""),
            new Check("a receiver waits",
                    "the endpoint has a receiver",
                    "a closed endpoint has none"),
            new Check("the receiver's address space is valid",
                    "",
                    "a thread has one until it ends: its process ends its threads before its page tables"),
            new Check("the receiver's priority is not below the caller's, or nothing above it is ready",
                    "",
                    "the receiver runs at the caller's priority, and nothing that is ready is above that"),
            new Check("the capability may grant the right to answer",
                    "",
                    "whoever takes a call may answer it once; nothing is granted"),
            new Check("both are of one scheduling domain; with scheduling contexts, the receiver can run on the "
                    + "caller's",
                    "",
                    "there are none of either"),
            new Check("both are on one core",
                    "the caller's `Thread_fast_from` is the receiver's `Thread_fast_to`",
                    "both are the CPU's number while a thread is plain, and equal nothing when it is not, for "
                            + "whatever reason: among those are floating-point registers to be saved or loaded"));

    /** What {@code SYS_REPLY_RECV} must find to take its fast path. */
    static final List<Check> REPLY_RECV = List.of(
            new Check("a short message, no fault pending",
                    "`rsi` is at most `WORDS_SHORT`, all 64 bits of it",
                    "as above"),
            new Check("the capability is found, is an endpoint and may receive",
                    "`rdi` is below `HANDLE_COUNT`; the handle has `RIGHT_RECEIVE`",
                    "as above"),
            new Check("no notification that is bound to the thread has bits",
                    "its `Thread_fast_from` would equal nothing",
                    "see the last line"),
            new Check("nobody waits to send",
                    "the endpoint has no sender",
                    ""),
            new Check("there is a caller to answer",
                    "the thread has a caller",
                    ""),
            new Check("the caller has no fault",
                    "its `Thread_fast_to` would equal nothing",
                    "see the last line"),
            new Check("the caller's address space is valid",
                    "",
                    "as above; a caller that ends is no caller any more"),
            new Check("nothing above the caller's priority is ready",
                    "no priority that is ready is above the caller's",
                    ""),
            new Check("one scheduling domain",
                    "",
                    "as above"),
            new Check("both are on one core",
                    "the thread's `Thread_fast_from` is the caller's `Thread_fast_to`",
                    "as above"));

    /** What {@code SYS_SIGNAL} must find to take its fast path; seL4 has one for kernels with scheduling contexts. */
    static final List<Check> SIGNAL = List.of(
            new Check("the caller has no fault pending",
                    "",
                    "a thread that is stopped by a fault does not run"),
            new Check("the capability is found, is a notification and may signal",
                    "`rdi` is below `HANDLE_COUNT`; the handle has `RIGHT_SIGNAL`",
                    "as above"),
            new Check("the domain's time is not over",
                    "",
                    "there are no domains"),
            new Check("nobody waits; or somebody does, and gets the bits",
                    "if somebody waits, some bit is set for him",
                    "while somebody waits no bit is set before"),
            new Check("the bound thread receives; then it is the one that is signalled",
                    "nobody waits, and no thread is bound",
                    "what a bound thread hears changes its `Thread_fast_from`, which the general path sets"),
            new Check("the thread has a scheduling context, or can have one, with time left",
                    "",
                    "there are none"),
            new Check("the thread does not become the one of the highest priority on its core",
                    "the waiter's priority is not above the caller's",
                    "nobody who is ready is above the caller, so the caller goes on; to switch is to save and load all "
                            + "registers of both, as the general path does"),
            new Check("nothing of its core: it is told",
                    "the waiter's `Thread_fast_to` is the CPU's number",
                    "a waiter of another CPU, or among the sleepers too, takes the general path"));

    private FastPathChecks() {
    }

    /**
     * A thing to ask.
     *
     * @param sel4   what seL4 asks
     * @param ours   what is asked here; empty if nothing is
     * @param reason why that is enough; may be empty if something is asked
     */
    record Check(String sel4, String ours, String reason) {
        /** A check that is left out needs a reason. */
        Check {
            if (ours.isEmpty() && reason.isEmpty()) {
                throw new IllegalArgumentException("a check is left out without a reason: sel4=" + sel4);
            }
        }
    }
}

package ringside.console.gdb;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * ^C of a client. One that comes when the machine has just stopped is not lost: gdb sends it to a machine that it
 * believes to run, and may go on by itself before a person hears of the stop. So the next run ends before it begins.
 */
final class Interrupts {
    private final AtomicInteger heard = new AtomicInteger();
    private volatile int taken;

    /** One came; from any thread. */
    void hear() {
        heard.incrementAndGet();
    }

    /** {@return whether one came for which nothing has stopped yet; from any thread} */
    boolean isAsked() {
        return heard.get() != taken;
    }

    /** Something has stopped, for all that came so far. */
    void take() {
        taken = heard.get();
    }
}

package ringside.console.repl.snippet;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Work from a snippet's thread for the machine's, which waits for it. */
final class Bridge {
    private static final long LOOK_MILLISECONDS = 20;
    /** Looks, two seconds of them, at a snippet that was stopped and is not over. */
    private static final int GRACE = 100;
    /** What such a snippet may ask for in vain before it is not waited for any longer. */
    private static final int MOST_REFUSED = 100_000;

    private final BlockingQueue<FutureTask<?>> work = new LinkedBlockingQueue<>();
    private volatile Thread keeper;

    /** Does something on the machine's thread, and gives its result to the thread that asked. */
    <T> T on(final Callable<T> wanted) {
        if (Thread.currentThread() == keeper) {
            return result(wanted);
        }
        final FutureTask<T> task = new FutureTask<>(wanted);
        if (keeper == null) {
            throw new IllegalStateException("the snippet is over: the machine belongs to the console again");
        }
        work.add(task);
        if (keeper == null) {
            task.cancel(false);
        }
        try {
            return task.get();
        } catch (final InterruptedException stopped) {
            task.cancel(false);
            throw new CancellationException("stopped");
        } catch (final ExecutionException failed) {
            throw thrown(failed.getCause());
        }
    }

    private static <T> T result(final Callable<T> wanted) {
        try {
            return wanted.call();
        } catch (final Exception failed) {
            throw thrown(failed);
        }
    }

    private static RuntimeException thrown(final Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException plain ? plain : new IllegalStateException(cause);
    }

    /**
     * Does on this thread what comes over, until the snippet is over, or has not ended for a while since it was to.
     *
     * @param over     whether it is
     * @param stopping asked now and then: whether somebody wants it to stop
     * @param stop     stops it
     * @return whether it is over
     */
    boolean serve(final BooleanSupplier over, final BooleanSupplier stopping, final Runnable stop) {
        boolean interrupted = false;
        boolean stopped = false;
        int looks = 0;
        int refused = 0;
        while ((!over.getAsBoolean() || !work.isEmpty()) && looks < GRACE && refused < MOST_REFUSED) {
            stopped |= stopping.getAsBoolean();
            // Again and again: a snippet that has not quite begun does not hear it.
            if (stopped) {
                stop.run();
            }
            try {
                final FutureTask<?> task = work.poll(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
                if (task != null && !stopped) {
                    task.run();
                } else if (task != null) {
                    // Code of a library that only calls us does not hear that it is to stop.
                    task.cancel(false);
                    refused++;
                } else if (stopped) {
                    looks++;
                }
            } catch (final InterruptedException wanted) {
                interrupted = true;
                stopped = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return over.getAsBoolean();
    }

    /** Takes work from here on, for this thread. */
    void open() {
        keeper = Thread.currentThread();
    }

    /** Takes no more work; what was not begun is not done. */
    void close() {
        keeper = null;
        for (FutureTask<?> task = work.poll(); task != null; task = work.poll()) {
            task.cancel(false);
        }
    }
}

package ringside.fastpath.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work for all of the host's processors, whose results come in the order of the work. */
public final class SideBySide {
    private SideBySide() {
    }

    /**
     * {@return the results}
     *
     * @param work of which none waits for another
     * @param <T>  what each finds; the first failure in the order of the work is thrown, and what has not begun is left
     */
    public static <T> List<T> all(final List<Callable<T>> work) {
        final List<T> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            final List<Future<T>> pending = work.stream().map(pool::submit).toList();
            try {
                for (final Future<T> one : pending) {
                    results.add(one.get());
                }
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the work was interrupted", interrupted);
            } catch (final ExecutionException failed) {
                if (failed.getCause() instanceof RuntimeException reason) {
                    throw reason;
                }
                throw new IllegalStateException("a run failed", failed.getCause());
            } finally {
                pending.forEach(one -> one.cancel(false));
            }
        }
        return results;
    }
}

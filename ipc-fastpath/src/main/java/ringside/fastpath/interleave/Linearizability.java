package ringside.fastpath.interleave;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether operations that overlapped could have been done one after the other, each at a moment between its call and
 * its return, with the results that they had (Herlihy and Wing, 1990; the search is Wing and Gong's, 1993). For queues
 * that says all at once: nothing is lost, doubled, reordered, or full or empty when it is not.
 */
public final class Linearizability {
    private static final int MOST_OPERATIONS = Long.SIZE - 2;

    private record Seen(long done, SequentialModel state) {
    }

    private final List<Operation> operations;
    private final Set<Seen> dead = new HashSet<>();

    private Linearizability(final List<Operation> operations) {
        this.operations = operations;
    }

    /**
     * {@return whether there is such an order} Operations that did not return are left out: for those the schedule has
     * another verdict.
     *
     * @param start      the state before all of them
     * @param operations at most 62
     */
    public static boolean holds(final SequentialModel start, final List<Operation> operations) {
        if (operations.size() > MOST_OPERATIONS) {
            throw new IllegalArgumentException("too many operations: count=" + operations.size());
        }
        return new Linearizability(operations.stream().filter(Operation::isDone).toList()).search(0, start);
    }

    private boolean search(final long done, final SequentialModel state) {
        if (done == (1L << operations.size()) - 1) {
            return true;
        }
        if (dead.contains(new Seen(done, state))) {
            return false;
        }
        for (int i = 0; i < operations.size(); i++) {
            if ((done & 1L << i) == 0 && mayBeNext(done, operations.get(i))) {
                final Optional<SequentialModel> next = after(state, operations.get(i));
                if (next.isPresent() && search(done | 1L << i, next.get())) {
                    return true;
                }
            }
        }
        dead.add(new Seen(done, state));
        return false;
    }

    private Optional<SequentialModel> after(final SequentialModel state, final Operation operation) {
        final Optional<SequentialModel> next = state.after(operation);
        final boolean mayFail = next.isEmpty() && operation.result() == 0 && state.mayFail(operation.kind())
                && operations.stream().anyMatch(other -> other != operation
                && other.called() < operation.returned() && operation.called() < other.returned());
        return mayFail ? Optional.of(state) : next;
    }

    /** {@return whether nobody that is still to come had returned, or was that CPU's, before this one was called} */
    private boolean mayBeNext(final long done, final Operation candidate) {
        for (int i = 0; i < operations.size(); i++) {
            final Operation other = operations.get(i);
            if ((done & 1L << i) == 0 && (other.returned() < candidate.called()
                    || other.cpu() == candidate.cpu() && other.called() < candidate.called())) {
                return false;
            }
        }
        return true;
    }
}

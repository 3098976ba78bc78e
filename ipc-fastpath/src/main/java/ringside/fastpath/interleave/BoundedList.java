package ringside.fastpath.interleave;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A queue or a stack with room for so many values.
 *
 * @param order    which value is taken
 * @param capacity how many fit
 * @param spurious what an operation may say that is not so while another one is under way
 * @param values   the oldest first
 */
public record BoundedList(Order order, int capacity, Set<Spurious> spurious, List<Long> values)
        implements SequentialModel {
    /** Which value is taken. */
    public enum Order {
        /** The oldest one: a queue. */
        FIRST_IN_FIRST_OUT,
        /** The newest one: a stack. */
        LAST_IN_FIRST_OUT
    }

    /** Copies the list. */
    public BoundedList {
        Objects.requireNonNull(order, "order");
        spurious = Set.copyOf(spurious);
        values = List.copyOf(values);
    }

    @Override
    public Optional<SequentialModel> after(final Operation operation) {
        return switch (operation.kind()) {
            case PUT -> put(operation);
            case TAKE -> take(operation);
            default -> throw new IllegalArgumentException("no such operation: kind=" + operation.kind());
        };
    }

    private Optional<SequentialModel> put(final Operation operation) {
        final boolean full = values.size() == capacity;
        if (operation.result() == 0) {
            return full ? Optional.of(this) : Optional.empty();
        }
        if (full) {
            return Optional.empty();
        }
        final List<Long> next = new ArrayList<>(values);
        next.add(operation.argument());
        return Optional.of(new BoundedList(order, capacity, spurious, next));
    }

    private Optional<SequentialModel> take(final Operation operation) {
        if (operation.result() == 0) {
            return values.isEmpty() ? Optional.of(this) : Optional.empty();
        }
        final int taken = order == Order.FIRST_IN_FIRST_OUT ? 0 : values.size() - 1;
        if (values.isEmpty() || values.get(taken) != operation.value()) {
            return Optional.empty();
        }
        final List<Long> next = new ArrayList<>(values);
        next.remove(taken);
        return Optional.of(new BoundedList(order, capacity, spurious, next));
    }

    @Override
    public boolean mayFail(final int kind) {
        return spurious.contains(kind == PUT ? Spurious.FULL : Spurious.EMPTY);
    }

    @Override
    public String describe() {
        return values.toString();
    }
}

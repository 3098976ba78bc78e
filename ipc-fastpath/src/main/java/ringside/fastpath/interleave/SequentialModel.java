package ringside.fastpath.interleave;

import java.util.Optional;

/** What a data structure does when nobody else is there. A state; states do not change and have equality. */
public interface SequentialModel {
    /** A push, an enqueue, a lock. */
    int PUT = 1;
    /** A pop, a dequeue, an unlock. */
    int TAKE = 2;

    /**
     * {@return the state after an operation, or nothing where that operation cannot have had its result here}
     *
     * @param operation that returned
     */
    Optional<SequentialModel> after(Operation operation);

    /**
     * {@return whether an operation may do nothing and have result 0 while another one is under way}
     *
     * @param kind of the operation
     */
    default boolean mayFail(final int kind) {
        return false;
    }

    /** {@return the state for a person} */
    String describe();

    /**
     * {@return the word for a kind of operation}
     *
     * @param kind {@link #PUT} or {@link #TAKE}
     */
    static String verb(final int kind) {
        return switch (kind) {
            case PUT -> "put";
            case TAKE -> "take";
            default -> "operation " + kind;
        };
    }
}

package ringside.fastpath.interleave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ringside.fastpath.interleave.BoundedList.Order;

/** The judge: what overlapped may be in any order, what did not may not. */
class LinearizabilityTest {
    private static final SequentialModel QUEUE =
            new BoundedList(Order.FIRST_IN_FIRST_OUT, 2, Set.of(), List.of());

    private static Operation put(final int cpu, final long value, final int result, final int called,
            final int returned) {
        return new Operation(cpu, SequentialModel.PUT, value, result, 0, called, returned);
    }

    private static Operation take(final int cpu, final long value, final int result, final int called,
            final int returned) {
        return new Operation(cpu, SequentialModel.TAKE, 0, result, value, called, returned);
    }

    @Test
    void overlappingPutsMayComeOutInEitherOrder() {
        assertTrue(Linearizability.holds(QUEUE, List.of(put(0, 5, 1, 0, 3), put(1, 6, 1, 1, 2),
                take(0, 6, 1, 4, 5), take(0, 5, 1, 6, 7))));
        assertFalse(Linearizability.holds(QUEUE, List.of(put(0, 5, 1, 0, 1), put(1, 6, 1, 2, 3),
                take(0, 6, 1, 4, 5), take(0, 5, 1, 6, 7))), "one was there before the other was called");
    }

    @Test
    void whatIsLostDoubledOrInventedIsRefused() {
        assertFalse(Linearizability.holds(QUEUE, List.of(put(0, 5, 1, 0, 1), take(1, 0, 0, 2, 3))), "lost");
        assertFalse(Linearizability.holds(QUEUE, List.of(put(0, 5, 1, 0, 1), take(1, 5, 1, 2, 3),
                take(0, 5, 1, 4, 5))), "doubled");
        assertFalse(Linearizability.holds(QUEUE, List.of(take(1, 5, 1, 2, 3))), "invented");
    }

    @Test
    void fullIsWhatHasNoRoomAtSomeMomentOfTheOperation() {
        final Operation first = put(0, 5, 1, 0, 1);
        final Operation second = put(0, 6, 1, 2, 3);
        assertTrue(Linearizability.holds(QUEUE, List.of(first, second, put(1, 7, 0, 4, 5))));
        assertFalse(Linearizability.holds(QUEUE, List.of(first, put(1, 7, 0, 4, 5))));
        assertTrue(Linearizability.holds(QUEUE, List.of(first, second, take(0, 5, 1, 4, 7), put(1, 7, 0, 5, 6))),
                "the take may come after it");
        assertFalse(Linearizability.holds(QUEUE, List.of(first, second, put(1, 7, 1, 4, 5))), "three in two");
    }

    @Test
    void aLockHasOneHolder() {
        final SequentialModel lock = new MutualExclusion();
        assertTrue(Linearizability.holds(lock, List.of(put(0, 0, 1, 0, 1), take(0, 0, 1, 2, 3), put(1, 0, 1, 1, 4))));
        assertFalse(Linearizability.holds(lock, List.of(put(0, 0, 1, 0, 1), put(1, 0, 1, 2, 3),
                take(0, 0, 1, 4, 5))));
    }

    @Test
    void aSpuriousEmptyNeedsAnotherOperationUnderWay() {
        final SequentialModel late = new BoundedList(Order.FIRST_IN_FIRST_OUT, 2, Set.of(Spurious.EMPTY), List.of(5L));
        assertTrue(Linearizability.holds(late, List.of(put(0, 6, 1, 0, 3), take(1, 0, 0, 1, 2))));
        assertFalse(Linearizability.holds(late, List.of(put(0, 6, 1, 0, 1), take(1, 0, 0, 2, 3))), "it is alone");
        assertFalse(Linearizability.holds(late, List.of(put(0, 6, 0, 0, 3), take(1, 5, 1, 1, 2))), "it is not full");
    }

    @Test
    void aCpusOwnOperationsKeepTheirOrderHoweverLateTheyAreSeen() {
        assertFalse(Linearizability.holds(QUEUE, List.of(put(0, 5, 1, 0, 8), put(0, 6, 1, 1, 9),
                take(1, 6, 1, 2, 3), take(1, 5, 1, 4, 5))));
    }

    /** Every history that one CPU made, and every one made by shuffling moments apart, is accepted. */
    @Test
    void whatAModelDidInSomeOrderIsAcceptedHoweverCallsAndReturnsAreStretched() {
        final Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            SequentialModel state = QUEUE;
            final List<Operation> history = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                final int moment = 10 * i;
                final Operation operation = possible(state, random, i, moment - random.nextInt(20),
                        moment + random.nextInt(20));
                state = state.after(operation).orElseThrow();
                history.add(operation);
            }
            assertTrue(Linearizability.holds(QUEUE, history), history.toString());
        }
    }

    private static Operation possible(final SequentialModel state, final Random random, final int cpu, final int called,
            final int returned) {
        while (true) {
            final boolean puts = random.nextBoolean();
            final Operation operation = puts ? put(cpu, random.nextInt(3), random.nextInt(2), called, returned + 1)
                    : take(cpu, random.nextInt(3), random.nextInt(2), called, returned + 1);
            final Optional<SequentialModel> next = state.after(operation);
            if (next.isPresent()) {
                return operation;
            }
        }
    }

    @Test
    void schedulesAreReadAsTheyAreWritten() {
        final Schedule schedule = Schedule.parse(" 0:17 1:*  12:1+3 ");
        assertEquals("0:17 1:* 12:1+3", schedule.toString());
        assertEquals(18, schedule.length());
        for (final String wrong : List.of("", "0", "0:0", "0:-1", "x:1", "0:1,1:2", "0:1234567890", "100:1",
                "0:1+0", "0:1+")) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> Schedule.parse(wrong)).getMessage()
                    .contains("turn="), wrong);
        }
    }
}

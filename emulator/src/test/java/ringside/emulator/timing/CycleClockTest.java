package ringside.emulator.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CycleClockTest {
    private long now;
    private final List<String> fired = new ArrayList<>();
    private final CycleClock clock = new CycleClock(() -> now, () -> { });

    @Test
    void deadlinesFireEarliestFirstAndOnOneCycleInTheOrderTheyWereMade() {
        final CycleClock.Deadline first = clock.deadline(() -> fired.add("first"));
        final CycleClock.Deadline second = clock.deadline(() -> fired.add("second"));
        final CycleClock.Deadline third = clock.deadline(() -> fired.add("third"));
        third.set(5);
        second.set(7);
        first.set(7);
        assertEquals(5, clock.next());
        now = 7;
        clock.fireDue();
        assertEquals(List.of("third", "first", "second"), fired);
        assertEquals(CycleClock.NEVER, clock.next());
    }

    @Test
    void deadlineInTheFutureDoesNotFire() {
        clock.deadline(() -> fired.add("late")).set(8);
        now = 7;
        clock.fireDue();
        assertEquals(List.of(), fired);
    }

    @Test
    void deadlineThatSetsItselfAgainFiresAgainWhenDue() {
        final CycleClock.Deadline[] periodic = new CycleClock.Deadline[1];
        periodic[0] = clock.deadline(() -> {
            fired.add("tick");
            periodic[0].set(10L * (fired.size() + 1));
        });
        periodic[0].set(10);
        now = 35;
        clock.fireDue();
        assertEquals(3, fired.size());
        assertEquals(40, clock.next());
    }
}

package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Queues of places that are given back in order, and in any order. */
class QueuesTest {
    @Test
    void placeOfAReorderBufferIsFreeWhenTheOneThatHadItRetired() {
        final TimeRing ring = new TimeRing(3);
        for (int i = 1; i <= 3; i++) {
            assertEquals(0, ring.available());
            ring.take(10L * i);
        }
        for (int i = 1; i <= 3; i++) {
            assertEquals(10L * i, ring.available());
            ring.take(100);
        }
    }

    @Test
    void placeOfASchedulerIsFreeWhenTheFirstOfAllLeft() {
        final WaitingPlaces places = new WaitingPlaces(24);
        final PriorityQueue<Long> model = new PriorityQueue<>();
        final Random random = new Random(3);
        long cycle = 0;
        for (int i = 0; i < 10_000; i++) {
            cycle += random.nextInt(100) == 0 ? 5000 : random.nextInt(2);
            while (!model.isEmpty() && model.element() <= cycle) {
                model.remove();
            }
            while (model.size() >= 24) {
                cycle = Math.max(cycle, model.element());
                final long expected = cycle;
                assertEquals(expected, places.available(expected), "entry=" + i);
                while (!model.isEmpty() && model.element() <= cycle) {
                    model.remove();
                }
            }
            assertEquals(cycle, places.available(cycle), "entry=" + i);
            assertEquals(model.size(), places.taken());
            final long until = cycle + 1 + random.nextInt(60);
            places.take(until);
            model.add(until);
        }
    }
}

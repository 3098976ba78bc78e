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
        final TimeHeap heap = new TimeHeap(24);
        final PriorityQueue<Long> model = new PriorityQueue<>();
        for (int i = 0; i < 24; i++) {
            model.add(0L);
        }
        final Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            assertEquals(model.element(), heap.available());
            final long until = model.remove() + random.nextInt(50);
            heap.take(until);
            model.add(until);
        }
    }
}

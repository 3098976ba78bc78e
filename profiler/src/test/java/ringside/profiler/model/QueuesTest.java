package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        final WaitingPlaces places = new WaitingPlaces(5, 24);
        final long second = WaitingPlaces.without(0b10);
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
                assertEquals(1, places.fewest(expected, second, 0));
                assertEquals(expected, places.available(1), "entry=" + i);
                while (!model.isEmpty() && model.element() <= cycle) {
                    model.remove();
                }
            }
            assertEquals(1, places.fewest(cycle, second, 0));
            assertEquals(cycle, places.available(1), "entry=" + i);
            assertEquals(model.size(), places.taken(1));
            assertEquals(0, places.taken(0));
            final long until = cycle + 1 + random.nextInt(60);
            places.take(1, until);
            model.add(until);
        }
    }

    /** Six schedulers of which any may be asked for, against counts of who is still there. */
    @Test
    void instructionWaitsWhereTheFewestDoAmongTheSchedulersOfItsPortsAndInTurnAmongEquals() {
        final List<Microarchitecture.Scheduler> shapes = IntStream.range(0, 6)
                .mapToObj(i -> new Microarchitecture.Scheduler("S" + i, 1000, 1 << i)).toList();
        final Schedulers schedulers = new Schedulers(shapes);
        final List<List<Long>> model = Stream.generate(() -> (List<Long>) new ArrayList<Long>()).limit(6).toList();
        final Random random = new Random(5);
        long cycle = 0;
        int last = 0;
        for (int i = 0; i < 10_000; i++) {
            cycle += random.nextInt(2);
            final int before = last;
            final long now = cycle;
            model.forEach(waiting -> waiting.removeIf(until -> until <= now));
            final int ports = 1 + random.nextInt(63);
            final int fewest = IntStream.range(0, 6).filter(s -> (ports >> s & 1) != 0).boxed()
                    .min(Comparator.<Integer>comparingInt(s -> model.get(s).size())
                            .thenComparingInt(s -> Math.floorMod(s - before - 1, 6))).orElseThrow();
            last = fewest;
            assertEquals(cycle, schedulers.place(step(ports, shapes), cycle));
            assertEquals(fewest, schedulers.chosen(), "instruction=" + i + " ports=" + ports);
            assertEquals(1 << fewest, schedulers.bound(ports));
            final long until = cycle + 1 + random.nextInt(60);
            schedulers.leave(until);
            model.get(fewest).add(until);
        }
    }

    private static Step step(final int ports, final List<Microarchitecture.Scheduler> schedulers) {
        return new Step(new StaticInstruction(1, "nop", Flow.NEXT, 1, ports, 1, 1, 1, new int[0], new int[0],
                new int[0], 0, 0, 0, 0), 0, schedulers, 0);
    }
}

package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A cache is a list of its most recently used entries for each set, cut at its number of ways. */
class CacheTest {
    private static final int WAYS = 3;

    @Test
    void eachSetHoldsWhatWasUsedLast() {
        for (final int sets : new int[] {4, 7}) {
            hold(sets);
        }
    }

    private static void hold(final int sets) {
        final Cache cache = new Cache(sets * WAYS, WAYS);
        final List<Deque<Long>> model = new ArrayList<>();
        for (int i = 0; i < sets; i++) {
            model.add(new ArrayDeque<>());
        }
        final Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            final long key = random.nextInt(40);
            final Deque<Long> set = model.get((int) key % sets);
            if (random.nextInt(10) == 0) {
                assertEquals(set.remove(key), cache.drop(key));
                continue;
            }
            assertEquals(set.contains(key), cache.has(key));
            final boolean hit = cache.use(key);
            assertEquals(set.remove(key), hit);
            if (!hit) {
                final long victim = set.size() == WAYS ? set.removeLast() : Cache.NONE;
                assertEquals(victim, cache.fill(key, i));
            }
            set.addFirst(key);
        }
    }

    @Test
    void entryUnderWayKeepsItsTimeWhileOthersAreUsed() {
        final Cache cache = new Cache(4, 4);
        cache.fill(10, 100);
        cache.fill(20, 200);
        assertTrue(cache.use(10));
        assertEquals(100, cache.time(10));
        assertTrue(cache.use(20));
        assertEquals(200, cache.time(20));
        assertFalse(cache.use(30));
    }

    @Test
    void setsAreWhole() {
        assertThrows(IllegalArgumentException.class, () -> new Cache(13, 4));
        assertThrows(IllegalArgumentException.class, () -> new Cache(4, 8));
    }
}

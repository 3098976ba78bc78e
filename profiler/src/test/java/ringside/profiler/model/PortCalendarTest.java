package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The first cycle in which a port is free, as a search through all cycles finds it. */
class PortCalendarTest {
    @Test
    void portTakesOneIssueACycle() {
        final PortCalendar calendar = new PortCalendar();
        assertEquals(5, calendar.issue(5, 1));
        assertEquals(6, calendar.issue(5, 1));
        assertEquals(5, calendar.issue(5, 2));
        assertEquals(7, calendar.issue(3 + 2, 1));
        assertEquals(4, calendar.issue(4, 1));
    }

    @Test
    void unitThatIsKeptTakesNoOtherLongOperationButItsPortTakesOthers() {
        final PortCalendar calendar = new PortCalendar();
        assertEquals(10, calendar.issueLong(10, 1, 7));
        assertEquals(11, calendar.issue(10, 1));
        assertEquals(17, calendar.issueLong(10, 1, 7));
        assertEquals(10, calendar.issueLong(10, 2, 7));
    }

    /** With two ports of one kind and one of another, against a search from the first cycle on. */
    @Test
    void issueTakesTheFirstCycleThatHasAFreePort() {
        final Random random = new Random(2);
        final PortCalendar calendar = new PortCalendar();
        final Map<Long, Integer> pairs = new HashMap<>();
        final Map<Long, Integer> single = new HashMap<>();
        long base = 0;
        for (int i = 0; i < 20_000; i++) {
            base += random.nextInt(3) == 0 ? 2 : 0;
            final boolean pair = random.nextInt(3) != 0;
            final Map<Long, Integer> taken = pair ? pairs : single;
            long expected = base + random.nextInt(30);
            final long ready = expected;
            while (taken.getOrDefault(expected, 0) == (pair ? 2 : 1)) {
                expected++;
            }
            taken.merge(expected, 1, Integer::sum);
            assertEquals(expected, calendar.issue(ready, pair ? 0b011 : 0b100), "issue=" + i);
        }
    }
}

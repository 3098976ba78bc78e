package ringside.fastpath.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.toolchain.image.GuestImage;

/** Histories of the rings that the user program {@code rings} makes, and rings as their memory says. */
class RingHistoryTest {
    private static final long SLICE = 50_021;
    /** While messages are passed. */
    private static final long SHORT_SLICE = 499;
    private static final int MESSAGES = 4 * 200;
    /** Messages at most that cases take out of order because they have made an index wrong. */
    private static final int LIES = 20;

    private int views;
    private int full;
    private int waits;
    private int lies;

    @ParameterizedTest
    @CsvSource({"1, 20000", "2, 1009"})
    void messagesAreTakenInTheOrderInWhichTheyWerePutAndOccupancyFollows(final int cpus, final long quantum) {
        final GuestImage image;
        try (BantamImages images = BantamImages.open()) {
            image = images.build(Variant.FAST_ASM, true);
        }
        final MachineConfig config = MachineConfig.standard().withVcpus(cpus).withQuantum(quantum);
        try (Machine machine = Machine.boot(config, image)) {
            final KernelView view = new KernelView(image, machine.cpu().memory());
            final RingHistory history = new RingHistory(image, view);
            machine.addObserver(history);
            RunResult result = machine.run(Budget.steps(SLICE));
            int before = 0;
            while (result instanceof RunResult.BudgetSpent) {
                look(view, history);
                final int now = history.events().values().stream().mapToInt(List::size).sum();
                result = machine.run(Budget.steps(now == before ? SLICE : SHORT_SLICE));
                before = now;
            }
            assertEquals(new RunResult.Exited(0), result);
            assertEquals(0, history.lost());
            assertEquals(0, history.unplaced(), "rings that are gone when they are told of are known all the same");
            int taken = 0;
            for (final List<RingHistory.Event> events : history.events().values()) {
                taken += follow(events);
                assertEveryRingIsOne(events);
            }
            assertTrue(history.events().keySet().stream().anyMatch(life -> life.number() > 3), "memory is used again");
            assertTrue(taken >= MESSAGES && lies <= LIES, "taken: " + taken + ", out of order: " + lies);
            assertTrue(views > 20 && full > 0 && waits > 0, views + " " + full + " " + waits);
        }
    }

    /** What is in a ring at its end was put and not taken, whatever was at its place before. */
    private static void assertEveryRingIsOne(final List<RingHistory.Event> events) {
        final long put = events.stream().filter(event -> event.act() == RingHistory.Act.PUT).count();
        final long taken = events.stream().filter(event -> event.act() == RingHistory.Act.TAKEN).count();
        assertEquals(Math.max(0, put - taken), events.getLast().occupancy(), events.toString());
        assertEquals(Math.min(1, put), events.stream().filter(event -> event.act() == RingHistory.Act.PUT)
            .filter(event -> event.occupancy() == 1).limit(1).count(), "it begins empty: " + events);
        final List<Integer> indices = events.stream().filter(event -> event.act() == RingHistory.Act.PUT)
            .map(RingHistory.Event::index).toList();
        for (int i = 1; i < indices.size(); i++) {
            assertEquals(indices.get(i - 1) + 1, indices.get(i), "one message follows the other: " + indices);
        }
    }

    /** The ring of the last event as its memory says: what is in it was put. */
    private void look(final KernelView view, final RingHistory history) {
        final Optional<RingHistory.Event> last = history.events().values().stream().map(List::getLast)
                .filter(event -> event.thread() != 0).max((a, b) -> Long.compare(a.cycle(), b.cycle()));
        if (last.isEmpty()) {
            return;
        }
        RingView.of(view, last.get().space(), last.get().end()).filter(RingView::isPossible).ifPresent(ring -> {
            views++;
            assertEquals(ring.occupancy(), ring.messages().size());
            ring.messages().forEach(slot -> assertEquals(slot.index() & ring.slots() - 1, slot.number()));
            full += ring.messages().isEmpty() ? 0 : 1;
        });
    }

    private int follow(final List<RingHistory.Event> events) {
        final Deque<RingHistory.Event> inside = new ArrayDeque<>();
        int taken = 0;
        for (final RingHistory.Event event : events) {
            switch (event.act()) {
                case PUT -> {
                    if (event.occupancy() == 1) {
                        inside.clear();
                    }
                    inside.add(event);
                }
                case TAKEN -> {
                    final RingHistory.Event put = inside.poll();
                    if (put != null && put.index() == event.index() && put.end() != event.end()
                            && inside.size() == event.occupancy()) {
                        taken++;
                    } else {
                        lies++;
                        inside.clear();
                    }
                }
                default -> waits++;
            }
        }
        return taken;
    }
}

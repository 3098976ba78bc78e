package ringside.console.repl.command;

import java.util.List;
import java.util.OptionalLong;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.NamedRing;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.Stretch;
import ringside.console.repl.past.RingStory;
import ringside.fastpath.view.RingHistory;
import ringside.fastpath.view.RingView;

/** Shared rings of Bantam's programs. */
final class RingTables {
    private static final int MOST_MESSAGES = 32;

    private final Desk desk;
    private final Guest guest;

    RingTables(final Desk desk) {
        this.desk = desk;
        guest = desk.guest();
        if (!Bantam.is(guest)) {
            throw new RefusedException("this is not a Bantam image: of its rings nothing is known");
        }
    }

    /** Shows all that were used so far. */
    void all() {
        final RingHistory[] found = new RingHistory[1];
        Stretch.of(guest, guest.timeline().first(), guest.machine().steps(), machine -> {
            found[0] = RingHistory.on(machine);
            return List.of(found[0]);
        });
        final RingHistory history = found[0];
        final TextTable table = new TextTable("ring (physical)", "put", "taken", "waits", "in it", "last at cycle");
        history.events().forEach((ring, events) -> table.row(ring.toString(),
            count(events, RingHistory.Act.PUT), count(events, RingHistory.Act.TAKEN),
            count(events, RingHistory.Act.WAITS), Integer.toString(events.getLast().occupancy()),
            Long.toString(events.getLast().cycle())));
        if (history.events().isEmpty()) {
            desk.out().println("no ring was used before this place");
        } else {
            table.lines().forEach(desk.out()::println);
        }
        if (history.unplaced() + history.lost() > 0) {
            desk.out().println("(" + (history.unplaced() + history.lost()) + " uses are not among them)");
        }
    }

    private static String count(final List<RingHistory.Event> events, final RingHistory.Act act) {
        return Long.toString(events.stream().filter(event -> event.act() == act).count());
    }

    /** Shows the ring of an end. */
    void one(final String name) {
        final RingView ring = NamedRing.of(guest, name).ring();
        desk.out().println("ring at physical 0x" + Long.toHexString(ring.physical()) + ": " + ring.slots() + " slots, "
            + (ring.isPossible() ? ring.occupancy() + " messages" : "its indices cannot be") + ", head "
            + Integer.toUnsignedString(ring.head()) + ", tail " + Integer.toUnsignedString(ring.tail()) + ", reader "
            + (ring.readerWaits() != 0 ? "waits" : "does not wait") + ", writer "
            + (ring.writerWaits() != 0 ? "waits" : "does not wait"));
        ring.messages().stream().limit(MOST_MESSAGES).forEach(slot -> desk.out().println("  " + slot.number() + ": "
            + String.join(" ", slot.words().stream().map(word -> "0x" + Long.toHexString(word)).toList())));
    }

    /** Shows who used a ring, or all, and when; a ring by an end, or by the physical address that the table has. */
    void past(final PastTable past) {
        past.show(new RingStory(past.what().isEmpty() ? OptionalLong.empty()
            : OptionalLong.of(physical(String.join(" ", past.what())))));
    }

    private long physical(final String name) {
        try {
            return NamedRing.of(guest, name).ring().physical();
        } catch (final RefusedException none) {
            if (name.matches("0x[0-9a-f]{1,12}")) {
                return guest.value(name);
            }
            throw none;
        }
    }
}

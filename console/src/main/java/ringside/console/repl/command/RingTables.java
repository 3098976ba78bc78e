package ringside.console.repl.command;

import java.util.List;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.Stretch;
import ringside.emulator.engine.CpuRegister;
import ringside.fastpath.view.KernelView;
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
        final RingHistory[] history = new RingHistory[1];
        Stretch.of(guest, 0, guest.machine().steps(), machine -> {
            history[0] = new RingHistory(guest.image(), new KernelView(guest.image(), machine.cpu().memory()));
            return List.of(history[0]);
        });
        final TextTable table = new TextTable("ring (physical)", "put", "taken", "waits", "in it", "last at cycle");
        history[0].events().forEach((ring, events) -> table.row("0x" + Long.toHexString(ring),
            count(events, RingHistory.Act.PUT), count(events, RingHistory.Act.TAKEN),
            count(events, RingHistory.Act.WAITS), Integer.toString(events.getLast().occupancy()),
            Long.toString(events.getLast().cycle())));
        if (history[0].events().isEmpty()) {
            desk.out().println("no ring was used before this place");
        } else {
            table.lines().forEach(desk.out()::println);
        }
    }

    private static String count(final List<RingHistory.Event> events, final RingHistory.Act act) {
        return Long.toString(events.stream().filter(event -> event.act() == act).count());
    }

    /** Shows the ring of an end. */
    void one(final long end) {
        final RingView ring = RingView.of(new KernelView(guest.image(), guest.machine().cpu(guest.cpu()).memory()),
            guest.register(CpuRegister.CR3), end).orElseThrow(() ->
                new RefusedException("no end of a ring at 0x" + Long.toHexString(end)));
        desk.out().println("ring at physical 0x" + Long.toHexString(ring.physical()) + ": " + ring.slots() + " slots, "
            + (ring.isPossible() ? ring.occupancy() + " messages" : "its indices cannot be") + ", head "
            + Integer.toUnsignedString(ring.head()) + ", tail " + Integer.toUnsignedString(ring.tail()) + ", reader "
            + (ring.readerWaits() != 0 ? "waits" : "does not wait") + ", writer "
            + (ring.writerWaits() != 0 ? "waits" : "does not wait"));
        ring.messages().stream().limit(MOST_MESSAGES).forEach(slot -> desk.out().println("  " + slot.number() + ": "
            + String.join(" ", slot.words().stream().map(word -> "0x" + Long.toHexString(word)).toList())));
    }
}

package ringside.console.seat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import ringside.console.panel.RingsPanel;
import ringside.console.repl.command.Desk;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.HeardRings;
import ringside.console.repl.guest.NamedRing;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.RingEnds;
import ringside.fastpath.view.KernelView;
import ringside.fastpath.view.RingView;

/** The rings of a guest where it stands. Their ends are found in its history, each piece of which is heard once. */
final class Rings {
    private final Guest guest;
    private final HeardRings heard;

    Rings(final Desk desk) {
        guest = desk.guest();
        heard = desk.rings();
    }

    /** {@return what is to be seen of them} */
    RingsPanel panel() {
        if (!Bantam.is(guest)) {
            return new RingsPanel(List.of(), "this is not a Bantam image: of its rings nothing is known");
        }
        try {
            heard.listen();
        } catch (final RefusedException interrupted) {
            return new RingsPanel(known(), interrupted.getMessage());
        }
        final long here = guest.machine().steps();
        return new RingsPanel(known(), heard.until() < here ? "heard up to step " + heard.until() + " of " + here
            + ", more each time that this is shown" : heard.ends().isEmpty() ? "no ring was used before this place"
            : "no ring that was used before is there any more: 'rings history' tells of them");
    }

    /** {@return names of the ends of rings that are there, as far as they were heard of} */
    Set<String> names() {
        final Set<String> names = new LinkedHashSet<>();
        try {
            heard.listen();
            final Bantam bantam = Bantam.of(guest);
            rings().keySet().forEach(end -> names.add(NamedRing.name(bantam, end)));
        } catch (final RefusedException none) {
            // Such a guest has no rings, or none that can be told here.
            return names;
        }
        return names;
    }

    private Map<RingEnds.End, RingView> rings() {
        final KernelView view = new KernelView(guest.image(), guest.machine().cpu(guest.cpu()).memory());
        final Map<RingEnds.End, RingView> rings = new LinkedHashMap<>();
        for (final RingEnds.End end : heard.ends()) {
            RingView.of(view, end.space(), end.address()).filter(RingView::isPossible)
                .ifPresent(ring -> rings.put(end, ring));
        }
        return rings;
    }

    private List<RingsPanel.Ring> known() {
        final Optional<Bantam> bantam = bantam();
        final Map<Long, RingView> rings = new TreeMap<>();
        final Map<Long, Set<String>> users = new TreeMap<>();
        rings().forEach((end, ring) -> {
            rings.put(ring.physical(), ring);
            users.computeIfAbsent(ring.physical(), physical -> new LinkedHashSet<>())
                .add(bantam.map(one -> NamedRing.process(one, end)).orElse("?"));
        });
        final List<RingsPanel.Ring> all = new ArrayList<>();
        rings.forEach((physical, ring) -> all.add(new RingsPanel.Ring("0x" + Long.toHexString(physical) + " "
            + String.join(" ", users.get(physical)), ring.slots(), ring.head(), ring.tail(),
            (ring.readerWaits() != 0 ? "reader waits " : "") + (ring.writerWaits() != 0 ? "writer waits" : ""))));
        return all;
    }

    private Optional<Bantam> bantam() {
        try {
            return Optional.of(Bantam.of(guest));
        } catch (final RefusedException busy) {
            return Optional.empty();
        }
    }
}

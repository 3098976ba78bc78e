package ringside.console.seat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import ringside.console.panel.RingsPanel;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.RingEnds;
import ringside.console.repl.guest.Stretch;
import ringside.fastpath.view.KernelView;
import ringside.fastpath.view.RingView;

/** The rings of a guest where it stands. Their ends are found in its history, each piece of which is heard once. */
final class Rings {
    private static final long FARTHEST = 50_000_000;

    private final Guest guest;
    private final Set<RingEnds.End> ends = new LinkedHashSet<>();
    private long heardUntil;

    Rings(final Guest guest) {
        this.guest = guest;
    }

    /** {@return what is to be seen of them} */
    RingsPanel panel() {
        if (!Bantam.is(guest)) {
            return new RingsPanel(List.of(), "this is not a Bantam image: of its rings nothing is known");
        }
        final long here = guest.machine().steps();
        if (here - heardUntil > FARTHEST) {
            return new RingsPanel(List.of(), "the way here is long: 'rings' looks for them");
        }
        if (here > heardUntil) {
            final RingEnds[] found = new RingEnds[1];
            Stretch.of(guest, heardUntil, here, machine -> {
                found[0] = new RingEnds(machine);
                return List.of(found[0]);
            });
            ends.addAll(found[0].all());
        }
        // What lies behind a place can become another past: it is heard again then.
        heardUntil = here;
        return new RingsPanel(known(), "no ring was used before this place");
    }

    private List<RingsPanel.Ring> known() {
        final KernelView view = new KernelView(guest.image(), guest.machine().cpu(guest.cpu()).memory());
        final Map<Long, RingView> rings = new TreeMap<>();
        final Map<Long, Set<String>> users = new TreeMap<>();
        for (final RingEnds.End end : ends) {
            final Optional<RingView> ring = RingView.of(view, end.space(), end.address())
                .filter(RingView::isPossible);
            ring.ifPresent(one -> {
                rings.put(one.physical(), one);
                users.computeIfAbsent(one.physical(), physical -> new LinkedHashSet<>()).add(process(end.space()));
            });
        }
        final List<RingsPanel.Ring> all = new ArrayList<>();
        rings.forEach((physical, ring) -> all.add(new RingsPanel.Ring("0x" + Long.toHexString(physical) + " "
            + String.join(" ", users.get(physical)), ring.slots(), ring.head(), ring.tail(),
            (ring.readerWaits() != 0 ? "reader waits " : "") + (ring.writerWaits() != 0 ? "writer waits" : ""))));
        return all;
    }

    private String process(final long root) {
        try {
            final Bantam bantam = Bantam.of(guest);
            return bantam.state().spaces().stream().filter(space ->
                (space.cr3() & KernelView.FRAME_MASK) == root).map(bantam::name).findFirst().orElse("?");
        } catch (final RefusedException busy) {
            return "?";
        }
    }
}

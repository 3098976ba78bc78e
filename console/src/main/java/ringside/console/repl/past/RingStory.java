package ringside.console.repl.past;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Machine;
import ringside.fastpath.view.KernelView;
import ringside.fastpath.view.RingHistory;
import ringside.fastpath.view.RingView;

/** Who put what into a shared ring, who took it, and who waited there. */
public final class RingStory implements Story {
    private static final int WORDS = 2;

    private final OptionalLong wanted;
    private RingHistory history;

    /**
     * Tells of one ring, or of all.
     *
     * @param wanted its physical address
     */
    public RingStory(final OptionalLong wanted) {
        this.wanted = wanted;
    }

    @Override
    public boolean hears(final String kind) {
        return kind.startsWith("ring_");
    }

    @Override
    public List<MachineObserver> with(final Machine machine) {
        history = RingHistory.on(machine);
        return List.of(history);
    }

    @Override
    public Optional<Telling> of(final Told told) {
        return history.latest().filter(use -> wanted.isEmpty() || use.life().ring() == wanted.getAsLong())
            .map(use -> names -> text(use, names));
    }

    private static String text(final RingHistory.Use use, final Names names) {
        final RingHistory.Event event = use.event();
        final String index = Integer.toUnsignedString(event.index());
        return use.life() + "  " + switch (event.act()) {
            case PUT -> "puts  " + index + ", " + event.occupancy() + " inside" + message(event, names.view());
            case TAKEN -> "takes " + index + ", " + event.occupancy() + " inside" + message(event, names.view());
            case WAITS -> "waits";
        };
    }

    /** The first words of the message: it lies in its slot, before the side passes that on. */
    private static String message(final RingHistory.Event event, final KernelView view) {
        return RingView.slot(view, event.space(), event.end(), event.index()).map(slot -> ": " + String.join(" ",
            slot.words().stream().limit(WORDS).map(word -> "0x" + Long.toHexString(word)).toList())).orElse("");
    }
}

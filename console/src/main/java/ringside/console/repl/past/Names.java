package ringside.console.repl.past;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.fastpath.view.KernelView;
import ringside.fastpath.view.SpaceView;

/** Names of objects where a guest stands; of those that cannot be told there the last that were known. */
public final class Names {
    private final Guest guest;
    private final Map<Long, String> threads = new HashMap<>();
    private final Map<Long, String> processes = new HashMap<>();

    Names(final Guest guest) {
        this.guest = guest;
        look();
    }

    /** Learns those of this place. */
    void look() {
        try {
            final Bantam bantam = Bantam.of(guest);
            for (final SpaceView space : bantam.state().spaces()) {
                processes.put(space.process(), bantam.name(space));
                space.threads().forEach(thread -> threads.put(thread, bantam.thread(thread)));
            }
        } catch (final RefusedException busy) {
            // In the midst of a change of the kernel's the names are those from before it.
            return;
        }
    }

    /**
     * {@return a thread's name; of an address where none is known the address, of 0 a dash}
     *
     * @param address of its block
     */
    public String thread(final long address) {
        return address == 0 ? "-" : threads.getOrDefault(address, number(address));
    }

    /**
     * {@return a process's name, or its address}
     *
     * @param address its
     */
    public String process(final long address) {
        return processes.getOrDefault(address, number(address));
    }

    /**
     * {@return a number, hexadecimal}
     *
     * @param value any
     */
    public String number(final long value) {
        return "0x" + Long.toHexString(value);
    }

    /**
     * {@return what an address of the image belongs to, or the address}
     *
     * @param address virtual
     */
    public String code(final long address) {
        final String symbol = guest.symbol(address);
        return symbol.isEmpty() ? number(address) : symbol;
    }

    /** {@return memory, where it happened} */
    public KernelView view() {
        return new KernelView(guest.image(), guest.machine().cpu(guest.cpu()).memory());
    }

    /**
     * {@return the text of at most 31 letters, with a 0 behind it, at an address of the kernel's}
     *
     * @param address its
     */
    Optional<String> text(final long address) {
        final KernelView view = view();
        final StringBuilder text = new StringBuilder();
        try {
            for (int i = 0; i < Integer.SIZE; i++) {
                final int letter = view.half(address + i) & 0xFF;
                if (letter < ' ' || letter > '~') {
                    break;
                }
                text.append((char) letter);
            }
        } catch (final KernelView.LostException none) {
            return Optional.empty();
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
    }
}

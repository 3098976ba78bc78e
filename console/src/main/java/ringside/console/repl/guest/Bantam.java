package ringside.console.repl.guest;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import ringside.emulator.engine.CpuRegister;
import ringside.fastpath.view.KernelState;
import ringside.fastpath.view.KernelView;
import ringside.fastpath.view.SpaceView;
import ringside.fastpath.view.ThreadView;

/** What lies in the memory of a guest that is Bantam: its objects, with names that people can tell apart. */
public final class Bantam {
    private final Guest guest;
    private final KernelView view;
    private final KernelState state;

    private Bantam(final Guest guest, final KernelView view, final KernelState state) {
        this.guest = guest;
        this.view = view;
        this.state = state;
    }

    /**
     * {@return whether a guest is Bantam}
     *
     * @param guest any
     */
    public static boolean is(final Guest guest) {
        return guest.image().symbols().byName("process_first").isPresent()
            && guest.image().symbols().byName("cpu_block").isPresent();
    }

    /**
     * {@return what a guest's kernel holds here}
     *
     * @param guest that is Bantam
     * @throws RefusedException when it is not, or holds nothing yet, or is in the midst of a change
     */
    public static Bantam of(final Guest guest) {
        if (!is(guest)) {
            throw new RefusedException("this is not a Bantam image: of its kernel's objects nothing is known");
        }
        final KernelView view = new KernelView(guest.image(), guest.machine().cpu(guest.cpu()).memory());
        try {
            if (view.variable("process_first") == 0) {
                throw new RefusedException("Bantam has not made its first process yet");
            }
            return new Bantam(guest, view, KernelState.of(view, guest.cpus()));
        } catch (final KernelView.LostException | IndexOutOfBoundsException lost) {
            throw new RefusedException("the kernel's objects cannot be told here, in the midst of its work: "
                + lost.getMessage());
        }
    }

    /**
     * {@return the name of the thread whose block is at an address, where a guest is Bantam and can tell it}
     *
     * @param guest any
     * @param value perhaps an address
     */
    public static Optional<String> threadName(final Guest guest, final long value) {
        if (value >= 0 || !is(guest)) {
            return Optional.empty();
        }
        try {
            final Bantam bantam = of(guest);
            return bantam.state.threads().stream().map(ThreadView::address).filter(address -> address == value)
                .findFirst().map(bantam::thread);
        } catch (final RefusedException changing) {
            return Optional.empty();
        }
    }

    /** {@return a remark where the kernel is at work; empty where it is not} */
    public Optional<String> remark() {
        return guest.register(CpuRegister.CPL) == 0
            ? Optional.of("(a CPU is in the kernel: what it is changing may be half done)") : Optional.empty();
    }

    /** {@return the memory} */
    public KernelView view() {
        return view;
    }

    /** {@return the objects} */
    public KernelState state() {
        return state;
    }

    /**
     * {@return a thread's name: that of its process, and its number there}
     *
     * @param thread address of its block
     */
    public String thread(final long thread) {
        for (final SpaceView space : state.spaces()) {
            final int number = space.threads().indexOf(thread);
            if (number >= 0) {
                return name(space) + "/" + number;
            }
        }
        return "0x" + Long.toHexString(thread);
    }

    /**
     * {@return a thread's name, or a dash}
     *
     * @param thread address of its block
     */
    public String thread(final OptionalLong thread) {
        return thread.isPresent() ? thread(thread.getAsLong()) : "-";
    }

    /**
     * {@return threads' names, or a dash}
     *
     * @param threads addresses of their blocks
     */
    public String threads(final List<Long> threads) {
        return threads.isEmpty() ? "-" : String.join(" ", threads.stream().map(this::thread).toList());
    }

    /**
     * {@return a process's name}
     *
     * @param space it
     */
    public String name(final SpaceView space) {
        return space.name().isEmpty() ? "0x" + Long.toHexString(space.process())
            : Summary.printable(space.name());
    }

    /**
     * {@return the process of a name}
     *
     * @param text as {@link #name} gives it
     */
    public SpaceView space(final String text) {
        return state.spaces().stream().filter(one -> name(one).equals(text)).findFirst().orElseThrow(() ->
            new RefusedException("no process is called " + Summary.printable(text) + ": 'processes' shows all"));
    }

    /**
     * {@return the thread of a name, or of a block's address}
     *
     * @param text as {@link #thread(long)} gives it, a process's name for its first thread, or an expression
     */
    public long named(final String text) {
        for (final ThreadView thread : state.threads()) {
            final String name = thread(thread.address());
            if (name.equals(text) || name.equals(text + "/0")) {
                return thread.address();
            }
        }
        return guest.value(text);
    }
}

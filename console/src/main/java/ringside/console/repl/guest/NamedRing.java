package ringside.console.repl.guest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.emulator.engine.CpuRegister;
import ringside.fastpath.view.KernelView;
import ringside.fastpath.view.RingView;
import ringside.fastpath.view.SpaceView;

/**
 * A ring by one of its ends, as people name it: {@code PROCESS:EXPR} is an end in a process, {@code EXPR} one in the
 * address space that is looked at.
 *
 * @param space   root of the page tables that the end is in
 * @param address of the end there
 * @param ring    what its memory says
 */
public record NamedRing(long space, long address, RingView ring) {
    private static final Pattern OF_PROCESS = Pattern.compile("([a-z][\\w-]*):(.+)");

    /**
     * {@return the ring of a name, where a guest stands}
     *
     * @param guest a Bantam
     * @param text  see above
     * @throws RefusedException where there is none
     */
    public static NamedRing of(final Guest guest, final String text) {
        final Matcher named = OF_PROCESS.matcher(text.strip());
        final boolean isNamed = named.matches();
        final long end = guest.value(isNamed ? named.group(2) : text);
        final long space = isNamed ? Bantam.of(guest).space(named.group(1)).cr3() : guest.register(CpuRegister.CR3);
        return new NamedRing(space, end, RingView.of(new KernelView(guest.image(),
            guest.machine().cpu(guest.cpu()).memory()), space, end).orElseThrow(() ->
                new RefusedException("no end of a ring at 0x" + Long.toHexString(end))));
    }

    /**
     * {@return how an end is named: {@code PROCESS:ADDRESS}}
     *
     * @param bantam where it is
     * @param end    of a ring
     */
    public static String name(final Bantam bantam, final RingEnds.End end) {
        return process(bantam, end) + ":0x" + Long.toHexString(end.address());
    }

    /**
     * {@return the name of the process that an end is in, or a question mark}
     *
     * @param bantam where it is
     * @param end    of a ring
     */
    public static String process(final Bantam bantam, final RingEnds.End end) {
        return bantam.state().spaces().stream().filter(space -> root(space) == end.space()).map(bantam::name)
            .findFirst().orElse("?");
    }

    private static long root(final SpaceView space) {
        return space.cr3() & KernelView.FRAME_MASK;
    }
}

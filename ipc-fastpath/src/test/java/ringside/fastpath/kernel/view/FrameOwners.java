package ringside.fastpath.kernel.view;

import java.util.BitSet;
import ringside.fastpath.view.KernelView;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelMemory;
import ringside.kernel.abi.KernelStates;

/** Who has which page frame: each that is in use has as many owners as shares, and no other has one. */
final class FrameOwners {
    private static final int SHARES = KernelLayouts.FRAME.offset("shares");
    private static final int STATE = KernelLayouts.FRAME.offset("state");
    private static final int OBJECTS = KernelLayouts.FRAME.offset("objects");
    private static final int ORDER = KernelLayouts.FRAME.offset("order");

    private final KernelView view;
    private final Broken broken;
    private final long table;
    private final String[] owners;
    private final int[] claims;

    FrameOwners(final KernelView view, final Broken broken) {
        this.view = view;
        this.broken = broken;
        table = view.variable("frame_table");
        final int count = (int) Math.min(view.variable("frame_count"), view.frames());
        owners = new String[count];
        claims = new int[count];
    }

    int state(final int frame) {
        return view.half(table + (long) frame * KernelLayouts.FRAME.size() + STATE) & 0xff;
    }

    private int order(final int frame) {
        return view.half(table + (long) frame * KernelLayouts.FRAME.size() + ORDER) & 0xff;
    }

    private int shares(final int frame) {
        return view.half(table + (long) frame * KernelLayouts.FRAME.size() + SHARES);
    }

    /** {@return how many objects in use a page of a cache counts} */
    int objects(final long physical) {
        final long frame = physical / KernelView.PAGE;
        return view.half(table + frame * KernelLayouts.FRAME.size() + OBJECTS) & 0xffff;
    }

    /** Notes that somebody has a block, by its physical address; {@code false} if that cannot be. */
    boolean claim(final long physical, final int order, final String owner) {
        final long number = physical / KernelView.PAGE;
        if (physical % KernelView.PAGE != 0 || number <= 0 || number >= owners.length) {
            broken.add("frame", "%s has a page at %s", owner, physical);
            return false;
        }
        final int frame = (int) number;
        if (state(frame) != KernelStates.FRAME_USED || order(frame) != order) {
            broken.add("frame", "%s has a page at %s, which is not in use as that", owner, physical);
            return false;
        }
        if (claims[frame] == shares(frame)) {
            broken.add("frame", "the page at %s has too many owners: %s and %s", physical, owners[frame], owner);
            return false;
        }
        claims[frame]++;
        owners[frame] = owner;
        return true;
    }

    /** {@return whether more than one memory object has a page} */
    boolean isShared(final long physical) {
        return shares((int) (physical / KernelView.PAGE)) > 1;
    }

    /** {@return whether a page is of the programs that were loaded with the kernel, or the command line's} */
    boolean isProgram(final long physical) {
        return physical >= KernelMemory.PROGRAMS && physical < KernelMemory.IMAGE_END
                || physical == view.symbol("command_line") - KernelMemory.KERNEL_BASE;
    }

    /** {@return frames in use without an owner} */
    BitSet unowned() {
        final BitSet unowned = new BitSet();
        for (int frame = 0; frame < owners.length; frame++) {
            if (state(frame) == KernelStates.FRAME_USED && claims[frame] == 0) {
                unowned.set(frame);
            }
        }
        return unowned;
    }

    /** Holds what is in use against what has an owner, but for frames that had none at the start. */
    void check(final BitSet standing) {
        long free = 0;
        for (int frame = 0; frame < owners.length; frame++) {
            final int state = state(frame);
            if (state == KernelStates.FRAME_FREE) {
                free += 1L << order(frame);
            }
            if (standing.get(frame)) {
                broken.unless(state == KernelStates.FRAME_USED && claims[frame] == 0, "frame",
                        "the kernel's own page at %s has become %s's", frame * KernelView.PAGE, owners[frame]);
            } else if (state == KernelStates.FRAME_USED) {
                broken.unless(claims[frame] == shares(frame), "frame lost",
                        "the page at %s has " + shares(frame) + " shares and " + claims[frame]
                                + " owners, the last is %s", frame * KernelView.PAGE, owners[frame]);
            }
        }
        broken.unless(free == view.variable("frame_free_pages"), "free frames", "%s are counted and there are %s",
                view.variable("frame_free_pages"), free);
    }
}

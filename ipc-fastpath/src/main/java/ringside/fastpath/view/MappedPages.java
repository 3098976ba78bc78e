package ringside.fastpath.view;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which pages the kernel said that it mapped where, as far as that was heard; in the order in which it happened, and
 * not as memory has it when it is told.
 */
final class MappedPages {
    private static final int MOST = 1 << 20;
    private static final long INSIDE = KernelView.PAGE - 1;

    private final Map<Page, Long> frames = new HashMap<>();
    private final Map<Long, Integer> mappings = new HashMap<>();
    /** How often nobody had a frame any more. */
    private final Map<Long, Integer> ends = new HashMap<>();

    /** A page of a process. */
    private record Page(long process, long address) {
    }

    /** A page is mapped, or mapped otherwise. */
    void map(final long process, final long address, final long entry) {
        if (frames.size() == MOST || mappings.size() == MOST) {
            return;
        }
        final long frame = entry & KernelView.FRAME_MASK;
        final Page page = new Page(process, address & ~INSIDE);
        final Long before = frames.get(page);
        if (before == null || before != frame) {
            unmap(process, address);
            frames.put(page, frame);
            mappings.merge(frame, 1, Integer::sum);
        }
    }

    /** A page is mapped no more, if it was. */
    void unmap(final long process, final long address) {
        drop(frames.remove(new Page(process, address & ~INSIDE)));
    }

    /** A process has no pages any more. */
    void end(final long process) {
        frames.entrySet().removeIf(one -> {
            final boolean its = one.getKey().process == process;
            if (its) {
                drop(one.getValue());
            }
            return its;
        });
    }

    private void drop(final Long frame) {
        if (frame != null && mappings.merge(frame, -1, Integer::sum) == 0) {
            mappings.remove(frame);
            ends.merge(frame, 1, Integer::sum);
        }
    }

    /** {@return where an address of a process lies, if its page's mapping was heard} */
    OptionalLong physical(final long process, final long address) {
        final Long frame = frames.get(new Page(process, address & ~INSIDE));
        return frame == null ? OptionalLong.empty() : OptionalLong.of(frame | address & INSIDE);
    }

    /** {@return how often the page of a physical address was nobody's any more} */
    int ends(final long physical) {
        return ends.getOrDefault(physical & ~INSIDE, 0);
    }
}

package ringside.fastpath.kernel.view;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import ringside.fastpath.view.KernelObjects;
import ringside.fastpath.view.KernelView;
import ringside.kernel.abi.KernelLayouts;

/**
 * What holds in Bantam's memory whenever no CPU is at work in the kernel. What a process can touch above all: see the
 * rules for handles, threads, memory and accounts.
 */
public final class KernelInvariants {
    private final KernelView view;
    private final List<Long> cpus;
    private final Set<Long> first;
    private final BitSet standing;

    /**
     * Takes the kernel as it stands for good, so look before programs have done anything: frames that nothing explains
     * are its own, and the processes that there are may have pages without a mapping.
     *
     * @param view of the kernel
     * @param cpus how many CPUs run
     */
    public KernelInvariants(final KernelView view, final int cpus) {
        this.view = view;
        this.cpus = LongStream.range(0, cpus)
                .mapToObj(cpu -> view.symbol("cpu_block") + cpu * KernelLayouts.CPU.size()).toList();
        first = Set.copyOf(new KernelObjects(view).living());
        standing = new BitSet();
        final Broken ignored = new Broken();
        final KernelObjects objects = new KernelObjects(view);
        final FrameOwners frames = new FrameOwners(view, ignored);
        new AccountRules(view, objects, frames, ignored).checkCaches();
        new MemoryRules(view, objects, frames, first, ignored).check();
        standing.or(frames.unowned());
    }

    /** {@return what does not hold; empty as long as the kernel is well} */
    public List<String> check() {
        final Broken broken = new Broken();
        try {
            final KernelObjects objects = new KernelObjects(view);
            new HandleRules(view, objects, broken).check();
            new AuthorityRules(view, objects, broken).check();
            new ThreadRules(view, objects, first, broken).check(cpus);
            final FrameOwners frames = new FrameOwners(view, broken);
            final AccountRules accounts = new AccountRules(view, objects, frames, broken);
            final MemoryRules memory = new MemoryRules(view, objects, frames, first, broken);
            accounts.checkCaches();
            memory.check();
            accounts.checkQuotas(memory);
            frames.check(standing);
        } catch (final KernelView.LostException lost) {
            broken.add("lost", "%s", lost.getMessage());
        }
        return broken.all();
    }

    /**
     * {@return the thread that a CPU runs, or 0}
     *
     * @param cpu its number
     */
    public long running(final int cpu) {
        return view.word(cpus.get(cpu) + KernelLayouts.CPU.offset("current"));
    }

    /**
     * What there is, to be the same again after all was ended.
     *
     * @param objects in use, by kind
     * @param pages   free, or in the caches of objects
     * @param used    kernel memory charged to the first process
     * @param handles of the first process
     */
    public record Counts(List<Long> objects, long pages, long used, long handles) {
    }

    /** {@return what there is now} */
    public Counts counts() {
        final KernelObjects objects = new KernelObjects(view);
        long pages = view.variable("frame_free_pages");
        for (int kind = 0; kind < KernelObjects.KINDS; kind++) {
            final long cache = view.symbol("object_caches") + (long) kind * KernelLayouts.OBJECT_CACHE.size();
            pages += view.word(cache + KernelLayouts.OBJECT_CACHE.offset("total"))
                    / (KernelView.PAGE / view.word(cache + KernelLayouts.OBJECT_CACHE.offset("bytes")));
        }
        final List<Long> used = new ArrayList<>();
        for (int kind = 0; kind < KernelObjects.KINDS; kind++) {
            used.add(view.word(view.symbol("object_caches") + (long) kind * KernelLayouts.OBJECT_CACHE.size()
                    + KernelLayouts.OBJECT_CACHE.offset("used")));
        }
        final long init = view.variable("process_first");
        return new Counts(used, pages, view.word(init + KernelLayouts.PROCESS.offset("used")),
                objects.handles().stream().filter(
                        handle -> view.word(handle + KernelLayouts.HANDLE.offset("process")) == init).count());
    }
}

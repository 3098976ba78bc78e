package ringside.fastpath.kernel.view;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ringside.fastpath.view.KernelObjects;
import ringside.fastpath.view.KernelView;
import ringside.kernel.abi.KernelLayouts;

/** Every object is in use or free, never both or neither, and every process pays for exactly what was made for it. */
final class AccountRules {
    private static final int PAYER = KernelLayouts.OBJECT.offset("payer");
    private static final int FIRST_HANDLE = KernelLayouts.OBJECT.offset("first_handle");
    private static final int DROPPED = KernelLayouts.OBJECT.offset("next_dropped");
    private static final int FREE = KernelLayouts.OBJECT_CACHE.offset("free");
    private static final int PREVIOUS = KernelLayouts.FREE_OBJECT.offset("previous");
    private static final int BYTES = KernelLayouts.OBJECT_CACHE.offset("bytes");
    private static final int USED = KernelLayouts.OBJECT_CACHE.offset("used");
    private static final int TOTAL = KernelLayouts.OBJECT_CACHE.offset("total");
    private static final int PROCESS_USED = KernelLayouts.PROCESS.offset("used");
    private static final int QUOTA = KernelLayouts.PROCESS.offset("quota");
    private static final int CHILD_PREVIOUS = KernelLayouts.PROCESS.offset("child_previous");
    private static final int MEMORY_PAGES = KernelLayouts.MEMORY.offset("pages");

    private final KernelView view;
    private final KernelObjects objects;
    private final FrameOwners frames;
    private final Broken broken;
    private final Map<Long, Long> owed = new HashMap<>();

    AccountRules(final KernelView view, final KernelObjects objects, final FrameOwners frames, final Broken broken) {
        this.view = view;
        this.objects = objects;
        this.frames = frames;
        this.broken = broken;
    }

    private long cache(final int kind) {
        return view.symbol("object_caches") + (long) kind * KernelLayouts.OBJECT_CACHE.size();
    }

    /** Claims the pages of all caches. */
    void checkCaches() {
        for (int kind = 0; kind < KernelObjects.KINDS; kind++) {
            final long cache = cache(kind);
            final long bytes = view.word(cache + BYTES);
            final List<Long> free = view.list("free objects of kind " + kind, view.word(cache + FREE), view::word);
            final Set<Long> used = objects.of(kind);
            broken.unless(view.word(cache + USED) == used.size(), "object lost",
                    "of kind " + kind + " are in use %s, and named are %s", view.word(cache + USED),
                    (long) used.size());
            broken.unless(free.size() + view.word(cache + USED) == view.word(cache + TOTAL), "object cache",
                    "of kind " + kind + " are free %s and in use %s, and there are %s", (long) free.size(),
                    view.word(cache + USED), view.word(cache + TOTAL));
            final Set<Long> pages = new HashSet<>();
            final Set<Long> seen = new HashSet<>();
            for (final Set<Long> some : List.of(new HashSet<>(free), used)) {
                for (final long object : some) {
                    broken.unless(seen.add(object) && (object & KernelView.PAGE - 1) % bytes == 0, "object cache",
                            "the object of kind " + kind + " at %s is in use and free, or lies wrong", object);
                    pages.add(object & -KernelView.PAGE);
                }
            }
            broken.unless(pages.size() * (KernelView.PAGE / bytes) == view.word(cache + TOTAL), "object cache",
                    "those of kind " + kind + " lie in %s pages, and there are %s", (long) pages.size(),
                    view.word(cache + TOTAL));
            long spare = 0;
            for (final long page : pages) {
                final long inUse = used.stream().filter(object -> (object & -KernelView.PAGE) == page).count();
                broken.unless(frames.objects(view.physical(page)) == inUse, "object cache",
                        "the page of kind " + kind + " at %s counts %s objects in use, and there are %s", page,
                        (long) frames.objects(view.physical(page)), inUse);
                broken.unless(inUse > 0 || spare == 0, "object cache",
                        "the pages of kind " + kind + " at %s and %s are both without objects", page, spare);
                spare = inUse == 0 ? page : spare;
                frames.claim(view.physical(page), 0, "cache of kind " + kind);
            }
            broken.unless(view.word(view.symbol("object_spares") + (long) kind * Long.BYTES) == spare, "object cache",
                    "the spare page of kind " + kind + " is %s", spare);
            long before = 0;
            for (final long object : free) {
                broken.unless(view.word(object + PREVIOUS) == before, "object cache",
                        "the free object of kind " + kind + " at %s has the wrong one before it", object);
                before = object;
            }
        }
    }

    /** Holds each process's account against what there is. */
    void checkQuotas(final MemoryRules memory) {
        for (int kind = 0; kind < KernelObjects.KINDS; kind++) {
            for (final long object : objects.of(kind)) {
                final long payer = view.word(object + PAYER);
                owe(payer, view.word(cache(kind) + BYTES));
                broken.unless(payer == 0 || objects.of(KernelObjects.PROCESS).contains(payer), "payer",
                        "the object at %s is charged to %s, which is no process", object, payer);
                if (kind == KernelObjects.PROCESS) {
                    owe(payer, view.word(object + QUOTA));
                } else if (kind == KernelObjects.MEMORY) {
                    owe(payer, (view.word(object + MEMORY_PAGES) + 1) * KernelView.PAGE);
                }
                broken.unless(view.word(object + DROPPED) == 0, "dropped", "%s is still to be looked at", object);
            }
        }
        for (final long process : objects.of(KernelObjects.PROCESS)) {
            final String name = objects.name(process);
            owe(process, memory.pages(process) * KernelView.PAGE);
            final long used = view.word(process + PROCESS_USED);
            broken.unless(used == owed.get(process), "quota", "%s is charged %s and has %s", name, used,
                    owed.get(process));
            broken.unless(Long.compareUnsigned(used, view.word(process + QUOTA)) <= 0, "quota",
                    "%s is charged %s and may have %s", name, used, view.word(process + QUOTA));
            checkFamily(process, name);
        }
    }

    private void owe(final long process, final long bytes) {
        owed.merge(process, bytes, Long::sum);
    }

    private void checkFamily(final long process, final String name) {
        long before = 0;
        for (final long child : objects.children(process)) {
            broken.unless(view.word(child + PAYER) == process, "child", "%s is a child of %s, which does not pay",
                    objects.name(child), name);
            broken.unless(view.word(child + CHILD_PREVIOUS) == before, "child", "%s: previous is %s",
                    objects.name(child), view.word(child + CHILD_PREVIOUS));
            broken.unless(objects.lives(process) || !objects.lives(child), "child", "%s lives and its giver does not",
                    objects.name(child));
            before = child;
        }
        if (objects.lives(process)) {
            broken.unless(view.word(process + FIRST_HANDLE) != 0 || !objects.threads(process).isEmpty(), "process",
                    "%s has neither handle nor thread", name);
        } else {
            broken.unless(view.word(process + FIRST_HANDLE) != 0 || view.word(process + PROCESS_USED) != 0, "process",
                    "%s is dead and pays for nothing", name);
        }
    }
}

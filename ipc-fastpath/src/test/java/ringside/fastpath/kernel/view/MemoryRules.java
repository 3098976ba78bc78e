package ringside.fastpath.kernel.view;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import ringside.fastpath.view.KernelObjects;
import ringside.fastpath.view.KernelView;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelMemory;
import ringside.kernel.abi.KernelStates;

/**
 * What user code can touch: every page in a process's tables belongs to one of its mappings, which lives on a handle
 * that is in place and has the rights for the access; the page is one of that handle's memory object. What a process in
 * kernel mode has, and its tables, are closed to user code, and all of what others have is open to it.
 */
final class MemoryRules {
    private static final int ROOT = KernelLayouts.PROCESS.offset("root");
    private static final int CR3 = KernelLayouts.PROCESS.offset("cr3");
    private static final int MODE = KernelLayouts.PROCESS.offset("mode");
    private static final int HANDLES = KernelLayouts.PROCESS.offset("handles");
    private static final int ADDRESS = KernelLayouts.MAPPING.offset("address");
    private static final int PAGES = KernelLayouts.MAPPING.offset("pages");
    private static final int FIRST = KernelLayouts.MAPPING.offset("first");
    private static final int OWNER = KernelLayouts.MAPPING.offset("process");
    private static final int PREVIOUS = KernelLayouts.MAPPING.offset("process_previous");
    private static final int HANDLE = KernelLayouts.MAPPING.offset("handle");
    private static final int HANDLE_NEXT = KernelLayouts.MAPPING.offset("handle_next");
    private static final int HANDLE_PREVIOUS = KernelLayouts.MAPPING.offset("handle_previous");
    private static final int HANDLE_OBJECT = KernelLayouts.HANDLE.offset("object");
    private static final int HANDLE_RIGHTS = KernelLayouts.HANDLE.offset("rights");
    private static final int HANDLE_MAPPINGS = KernelLayouts.HANDLE.offset("mappings");
    private static final int TABLE = KernelLayouts.MEMORY.offset("table");
    private static final int ORDER = KernelLayouts.MEMORY.offset("order");
    private static final int ACCESS = KernelLayouts.MAPPING.offset("access");
    private static final int COUNT = KernelLayouts.MEMORY.offset("pages");
    private static final int ROOT_SHIFT = 39;
    private static final int PAGE_SHIFT = 12;
    private static final int LEVEL_BITS = 9;
    private static final int ENTRIES = 512;
    private static final int USER_ENTRIES = 256;
    private static final long PRESENT = 1;
    private static final long WRITE = 2;
    private static final long USER = 4;
    private static final long LARGE = 0x80;
    private static final long NO_EXECUTE = 1L << 63;

    private final KernelView view;
    private final KernelObjects objects;
    private final FrameOwners frames;
    private final Set<Long> first;
    private final Broken broken;
    private final Map<Long, Long> pages = new HashMap<>();

    /**
     * Looks.
     *
     * @param first the processes that may have pages of their own, without a mapping
     */
    MemoryRules(final KernelView view, final KernelObjects objects, final FrameOwners frames, final Set<Long> first,
            final Broken broken) {
        this.view = view;
        this.objects = objects;
        this.frames = frames;
        this.first = first;
        this.broken = broken;
    }

    /** {@return pages that a process pays for: handles, tables, pages of its own} */
    long pages(final long process) {
        return pages.getOrDefault(process, 0L);
    }

    void check() {
        checkKernel(view.variable("paging_root"), ROOT_SHIFT);
        for (final long memory : objects.of(KernelObjects.MEMORY)) {
            checkMemory(memory);
        }
        for (final long process : objects.of(KernelObjects.PROCESS)) {
            if (objects.lives(process)) {
                checkSpace(process);
            } else {
                broken.unless(view.word(process + ROOT) == 0 && view.word(process + HANDLES) == 0
                        && objects.mappings(process).isEmpty() && objects.threads(process).isEmpty(), "dead process",
                        "%s still has something", objects.name(process));
            }
        }
        final Set<Long> listed = new HashSet<>();
        for (final long handle : objects.handles()) {
            checkHandle(handle, listed);
        }
        for (final long mapping : objects.of(KernelObjects.MAPPING)) {
            broken.unless(listed.contains(mapping), "mapping", "%s is in no handle's list", mapping);
        }
    }

    /** No part of the kernel's half is open to user code, or both writable and executable. */
    private void checkKernel(final long table, final int shift) {
        for (int i = shift == ROOT_SHIFT ? USER_ENTRIES : 0; i < ENTRIES; i++) {
            final long entry = view.word(table + (long) i * Long.BYTES);
            if ((entry & PRESENT) == 0) {
                continue;
            }
            broken.unless((entry & USER) == 0, "kernel space", "entry " + i + " of the table at %s is open to users",
                    table);
            if (shift != PAGE_SHIFT && (entry & LARGE) == 0) {
                checkKernel(KernelMemory.DIRECT_BASE + (entry & KernelView.FRAME_MASK), shift - LEVEL_BITS);
            } else {
                broken.unless((entry & WRITE) == 0 || (entry & NO_EXECUTE) != 0, "kernel space",
                        "entry " + i + " of the table at %s can be written and executed", table);
            }
        }
    }

    private void checkMemory(final long memory) {
        final String name = "memory object at 0x" + Long.toHexString(memory);
        final long count = view.word(memory + COUNT);
        if (count < 1 || count > KernelAbi.MEMORY_PAGES_LIMIT) {
            broken.add("memory", "%s has %s pages", name, count);
            return;
        }
        final long table = view.word(memory + TABLE);
        frames.claim(view.physical(table), 0, "table of " + name);
        final int order = (int) view.word(memory + ORDER);
        for (int page = 0; page < count; page++) {
            final long frame = view.word(table + (long) page * Long.BYTES);
            if (page % (1 << order) == 0) {
                frames.claim(frame, order, name);
            } else {
                broken.unless(frame == view.word(table + (page - 1L) * Long.BYTES) + KernelView.PAGE, "memory",
                        "%s has another page at %s than its block has", name, frame);
            }
        }
    }

    private void checkHandle(final long handle, final Set<Long> listed) {
        long before = 0;
        for (final long mapping : view.list("mappings of a handle", view.word(handle + HANDLE_MAPPINGS),
                mapping -> view.word(mapping + HANDLE_NEXT))) {
            broken.unless(objects.of(KernelObjects.MAPPING).contains(mapping), "mapping",
                    "%s is in the list of %s and in no process's", mapping, objects.handleName(handle));
            broken.unless(listed.add(mapping), "mapping", "%s is in two handles' lists", mapping);
            broken.unless(view.word(mapping + HANDLE) == handle, "mapping", "%s is in the list of %s, not of its own",
                    mapping, objects.handleName(handle));
            broken.unless(view.word(mapping + HANDLE_PREVIOUS) == before, "mapping", "%s: previous in the handle's "
                    + "list is %s", mapping, view.word(mapping + HANDLE_PREVIOUS));
            before = mapping;
        }
    }

    private void checkSpace(final long process) {
        final String name = objects.name(process);
        final long root = view.word(process + ROOT);
        broken.unless(view.physical(root) == (view.word(process + CR3) & KernelView.FRAME_MASK), "space",
                "%s: root and CR3 differ", name);
        frames.claim(view.physical(view.word(process + HANDLES)), KernelStates.HANDLE_TABLE_ORDER,
                "handles of " + name);
        final long kernel = view.variable("paging_root");
        for (int i = USER_ENTRIES; i < ENTRIES; i++) {
            broken.unless(view.word(root + (long) i * Long.BYTES) == view.word(kernel + (long) i * Long.BYTES), "space",
                    "%s has another part of the kernel's space in root entry " + i, name);
        }
        final Map<Long, Long> entries = new HashMap<>();
        pages.put(process, 1L << KernelStates.HANDLE_TABLE_ORDER);
        walk(process, name, root, ROOT_SHIFT, 0, entries);
        long before = 0;
        for (final long mapping : objects.mappings(process)) {
            broken.unless(view.word(mapping + OWNER) == process, "mapping", "%s is in the list of %s", mapping, name);
            broken.unless(view.word(mapping + PREVIOUS) == before, "mapping", "%s: previous in the process's list is "
                    + "%s", mapping, view.word(mapping + PREVIOUS));
            before = mapping;
            checkMapping(mapping, name, entries);
        }
        for (final Map.Entry<Long, Long> entry : entries.entrySet()) {
            checkOwnPage(process, name, entry.getKey(), entry.getValue());
        }
    }

    private void walk(final long process, final String name, final long table, final int shift, final long base,
            final Map<Long, Long> entries) {
        pages.merge(process, 1L, Long::sum);
        if (!frames.claim(view.physical(table), 0, "page table of " + name)) {
            return;
        }
        int present = 0;
        for (int i = 0; i < (shift == ROOT_SHIFT ? USER_ENTRIES : ENTRIES); i++) {
            final long entry = view.word(table + (long) i * Long.BYTES);
            if (entry == 0) {
                continue;
            }
            present++;
            final long address = base | (long) i << shift;
            final boolean large = shift == PAGE_SHIFT + LEVEL_BITS && (entry & LARGE) != 0;
            final long due = view.word(process + MODE) == KernelStates.MODE_KERNEL ? 0 : USER;
            if ((entry & PRESENT) == 0 || (entry & USER) != due
                    || shift > PAGE_SHIFT && (entry & LARGE) != 0 && !large) {
                broken.add("page table", "%s has an entry %s for %s", name, entry, address);
            } else if (shift == PAGE_SHIFT || large) {
                broken.unless((entry & WRITE) == 0 || (entry & NO_EXECUTE) != 0, "page table",
                        "%s can write and execute %s", name, address);
                for (int page = 0; page < (large ? ENTRIES : 1); page++) {
                    entries.put(address + page * KernelView.PAGE, entry + page * KernelView.PAGE);
                }
            } else {
                walk(process, name, KernelMemory.DIRECT_BASE + (entry & KernelView.FRAME_MASK), shift - LEVEL_BITS,
                        address, entries);
            }
        }
        broken.unless(shift == ROOT_SHIFT || present > 0, "page table", "%s has an empty table for %s", name, base);
    }

    /** Takes out of the entries what a mapping explains. */
    private void checkMapping(final long mapping, final String name, final Map<Long, Long> entries) {
        final long handle = view.word(mapping + HANDLE);
        if (!objects.handles().contains(handle)
                || objects.kindOf(view.word(handle + HANDLE_OBJECT)) != KernelObjects.MEMORY) {
            broken.add("access", "%s maps %s by the handle at %s, which is none to memory", name,
                    view.word(mapping + ADDRESS), handle);
            return;
        }
        final long memory = view.word(handle + HANDLE_OBJECT);
        final long table = view.word(memory + TABLE);
        final int rights = view.half(handle + HANDLE_RIGHTS);
        for (long i = 0; i < view.word(mapping + PAGES); i++) {
            final long address = view.word(mapping + ADDRESS) + i * KernelView.PAGE;
            final Long entry = entries.remove(address);
            if (entry == null) {
                broken.add("mapping", "%s has nothing at %s, where a mapping is", name, address);
                continue;
            }
            final long frame = entry & KernelView.FRAME_MASK;
            final long page = view.word(mapping + FIRST) + i;
            broken.unless(page >= 0 && page < view.word(memory + COUNT)
                    && view.word(table + page * Long.BYTES) == frame, "access",
                    "%s reaches the page at %s by %s, which is not that page of the object of %s", name, frame, address,
                    objects.handleName(handle));
            final int needed = KernelAbi.RIGHT_MAP_READ
                    | ((entry & WRITE) != 0 ? KernelAbi.RIGHT_MAP_WRITE : 0)
                    | ((entry & NO_EXECUTE) == 0 ? KernelAbi.RIGHT_MAP_EXECUTE : 0);
            broken.unless((entry & WRITE) == 0 || (view.word(mapping + ACCESS) & WRITE) != 0 && !frames.isShared(frame),
                    "access", "%s can write %s, which its mapping does not say, or somebody shares", name, address);
            broken.unless((entry & NO_EXECUTE) == (view.word(mapping + ACCESS) & NO_EXECUTE), "access",
                    "%s can execute %s, or not, and its mapping says otherwise", name, address);
            broken.unless((needed & ~rights) == 0, "access", "%s maps %s with access 0x%s, for which %s has no right",
                    name, address, Integer.toHexString(needed), objects.handleName(handle));
        }
    }

    /** The first tasks have pages of the image, and stacks of their own. */
    private void checkOwnPage(final long process, final String name, final long address, final long entry) {
        final long frame = entry & KernelView.FRAME_MASK;
        if (!first.contains(process)) {
            broken.add("access", "%s reaches the page at %s by %s, and no mapping says so", name, frame, address);
        } else if (!frames.isProgram(frame) && frames.claim(frame, 0, "own page of " + name)) {
            pages.merge(process, 1L, Long::sum);
        }
    }
}

package ringside.fastpath.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelMemory;

/**
 * Two processes that manage each other: their handles, memory objects and mappings, as KernelAbi says, and the first
 * word of each page.
 */
final class MappingModel {
    /** Slots that a script uses; 0 is the way to the other process. */
    static final int SLOTS = 8;
    /** Of each process, bytes: for one large page, and a little. */
    static final long QUOTA = 0x21_8000;
    /** Not a system call: rdi = address, rsi = access, rdx = word; the status is what was read. */
    static final int TOUCH = -1;

    private static final long PAGE = 4096;
    private static final long TABLES_AND_HANDLES = 5 * PAGE;
    private static final long ACCESS =
            KernelAbi.RIGHT_MAP_READ | KernelAbi.RIGHT_MAP_WRITE | KernelAbi.RIGHT_MAP_EXECUTE;
    private static final long NOT_BOTH = KernelAbi.RIGHT_MAP_WRITE | KernelAbi.RIGHT_MAP_EXECUTE;

    /** A page frame, with what its first word is. */
    static final class Frame {
        private int shares = 1;
        private long word;

        /** {@return its first word} */
        long word() {
            return word;
        }
    }

    private static final class Memory {
        private final int payer;
        private final boolean large;
        private final Frame[] frames;

        Memory(final int payer, final boolean large, final Frame[] frames) {
            this.payer = payer;
            this.large = large;
            this.frames = frames;
        }

        long bytes() {
            return KernelLayouts.MEMORY.size() + (frames.length + 1) * PAGE;
        }
    }

    private static final class Handle {
        private final Memory memory;
        private final long rights;
        private final List<Handle> copies = new ArrayList<>();
        private Handle parent;
        private int process;
        private int slot;

        Handle(final Memory memory, final long rights) {
            this.memory = memory;
            this.rights = rights;
        }
    }

    /** Pages of a memory object in a process. */
    static final class Mapping {
        private final int process;
        private final long address;
        private final long first;
        private final long pages;
        /** Whether a page is mapped to be read only, though it may be written. */
        private final boolean[] shared;
        private long access;
        private Handle handle;

        Mapping(final int process, final long address, final long first, final long pages) {
            this.process = process;
            this.address = address;
            this.first = first;
            this.pages = pages;
            this.shared = new boolean[pages < 1 || pages > KernelAbi.MEMORY_PAGES_LIMIT ? 0 : (int) pages];
        }

        private boolean covers(final long page) {
            return page >= address && page < address + pages * PAGE;
        }

        private int page(final long at) {
            return (int) ((at - address) / PAGE);
        }

        private Frame frame(final int page) {
            return handle.memory.frames[(int) first + page];
        }

        /** What is mapped anew: pages that another memory object has too are not written. */
        private void refresh() {
            for (int page = 0; page < pages; page++) {
                shared[page] = frame(page).shares > 1;
            }
        }
    }

    /**
     * What a page table says of a page.
     *
     * @param frame   what is there
     * @param allowed whether a live handle has all rights that the mapping's access needs
     * @param access  rights that the entry gives
     */
    record Page(Frame frame, boolean allowed, long access) {
    }

    private final Handle[][] slots = new Handle[2][SLOTS];
    private final List<Mapping> mappings = new ArrayList<>();
    private int copies;
    private int largeMappings;

    MappingModel() {
        for (int process = 0; process < 2; process++) {
            put(process, 0, new Handle(null, KernelAbi.RIGHT_PROCESS), null);
        }
    }

    /** {@return a slot of a process with a handle of a large page, or -1} */
    int large(final int process) {
        return IntStream.range(1, SLOTS).filter(slot -> slots[process][slot] != null
                && slots[process][slot].memory.large).findFirst().orElse(-1);
    }

    /** {@return the address of a page that is mapped in a process; an odd one if none is} */
    long address(final int process, final Random random) {
        final List<Mapping> own = mappings.stream().filter(mapping -> mapping.process == process).toList();
        if (own.isEmpty()) {
            return 1;
        }
        final Mapping mapping = own.get(random.nextInt(own.size()));
        return mapping.address + random.nextInt((int) mapping.pages) * PAGE;
    }

    /** {@return pages that were copied because two memory objects had them} */
    int copies() {
        return copies;
    }

    /** {@return large pages that were ever mapped} */
    int largeMappings() {
        return largeMappings;
    }

    /** {@return what is mapped at an address, or null} */
    Page at(final int process, final long address) {
        final Mapping mapping = covering(process, address);
        if (mapping == null) {
            return null;
        }
        final int page = mapping.page(address);
        return new Page(mapping.frame(page), allowed(mapping),
                mapping.shared[page] ? mapping.access & ~KernelAbi.RIGHT_MAP_WRITE : mapping.access);
    }

    private Mapping covering(final int process, final long address) {
        return mappings.stream().filter(mapping -> mapping.process == process && mapping.covers(address))
                .findFirst().orElse(null);
    }

    /** {@return entries of page tables that map something in a process} */
    long mapped(final int process) {
        return mappings.stream().filter(mapping -> mapping.process == process)
                .mapToLong(m -> m.handle.memory.large ? 1 : m.pages).sum();
    }

    private boolean allowed(final Mapping mapping) {
        for (final Handle[] table : slots) {
            for (final Handle handle : table) {
                if (handle != null && handle.memory == mapping.handle.memory
                        && (mapping.access & ~handle.rights) == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@return page frames that are in use for memory objects and page tables below the root} */
    long frames() {
        final Set<Frame> frames = new HashSet<>();
        objects().forEach(memory -> frames.addAll(List.of(memory.frames)));
        return frames.size() + objects().size() + tables(0, null) + tables(1, null);
    }

    /** {@return kernel memory charged to a process} */
    long used(final int process) {
        long bytes = TABLES_AND_HANDLES + KernelLayouts.THREAD.size() + tables(process, null) * PAGE;
        for (final Memory memory : objects()) {
            bytes += memory.payer == process ? memory.bytes() : 0;
        }
        for (final Mapping mapping : mappings) {
            bytes += mapping.process == process ? KernelLayouts.MAPPING.size() : 0;
        }
        return bytes;
    }

    private Set<Memory> objects() {
        final Set<Memory> objects = new HashSet<>();
        for (final Handle[] table : slots) {
            for (final Handle handle : table) {
                if (handle != null && handle.memory != null) {
                    objects.add(handle.memory);
                }
            }
        }
        return objects;
    }

    /** Page tables below the root that what is mapped needs, with another mapping or without. */
    private long tables(final int process, final Mapping another) {
        final Set<List<Long>> tables = new HashSet<>();
        final List<Mapping> all = new ArrayList<>(mappings);
        if (another != null) {
            all.add(another);
        }
        for (final Mapping mapping : all) {
            for (long page = 0; mapping.process == process && page < mapping.pages; page++) {
                for (int shift = 39; shift >= (mapping.handle.memory.large ? 30 : 21); shift -= 9) {
                    tables.add(List.of((long) shift, mapping.address + page * PAGE >>> shift));
                }
            }
        }
        return tables.size();
    }

    private void put(final int process, final int slot, final Handle handle, final Handle parent) {
        handle.process = process;
        handle.slot = slot;
        handle.parent = parent;
        slots[process][slot] = handle;
        if (parent != null) {
            parent.copies.add(handle);
        }
    }

    private void remove(final Handle handle) {
        slots[handle.process][handle.slot] = null;
        mappings.removeIf(mapping -> mapping.handle == handle);
        if (handle.parent != null) {
            handle.parent.copies.remove(handle);
            handle.parent.copies.addAll(handle.copies);
        }
        handle.copies.forEach(copy -> copy.parent = handle.parent);
        if (handle.memory != null && !objects().contains(handle.memory)) {
            for (final Frame frame : handle.memory.frames) {
                frame.shares--;
            }
        }
    }

    private void revoke(final Handle handle) {
        for (final Handle copy : List.copyOf(handle.copies)) {
            revoke(copy);
            remove(copy);
        }
    }

    private boolean taken(final int process, final long slot) {
        return slot < 0 || slot >= SLOTS || slots[process][(int) slot] != null;
    }

    /** The process that a number names to another: not negative, or why it names none. */
    private int target(final int process, final long number) {
        if (number == KernelAbi.HANDLE_SELF) {
            return process;
        }
        final Handle handle = slots[process][(int) number];
        if (handle == null) {
            return KernelAbi.STATUS_HANDLE;
        }
        return handle.memory == null ? 1 - process : KernelAbi.STATUS_RIGHTS;
    }

    /**
     * Does a system call.
     *
     * @param process who calls
     * @param number  of the call
     * @param in      rdi, rsi, rdx, r8, r9, r10
     * @return its status
     */
    long call(final int process, final int number, final long[] in) {
        if (number == KernelAbi.SYS_MEMORY_CREATE) {
            return create(process, in[0], in[1]);
        }
        if (number == KernelAbi.SYS_MEMORY_UNMAP) {
            return unmap(process, in[0], in[1]);
        }
        if (number == KernelAbi.SYS_MEMORY_FORK) {
            return fork(process, in[0], slots[process][(int) in[1]]);
        }
        if (number == TOUCH) {
            return touch(process, in[0], in[1], in[2]);
        }
        final Handle handle = slots[process][(int) in[0]];
        if (handle == null) {
            return KernelAbi.STATUS_HANDLE;
        }
        return switch (number) {
            case KernelAbi.SYS_HANDLE_COPY -> copy(process, handle, in);
            case KernelAbi.SYS_HANDLE_MOVE -> move(process, handle, in[1]);
            case KernelAbi.SYS_HANDLE_CLOSE -> {
                remove(handle);
                yield KernelAbi.STATUS_OK;
            }
            case KernelAbi.SYS_HANDLE_REVOKE -> {
                revoke(handle);
                yield KernelAbi.STATUS_OK;
            }
            default -> mapOrProtect(process, number, handle, in);
        };
    }

    private long create(final int process, final long slot, final long size) {
        final boolean large = (size & KernelAbi.MEMORY_LARGE) != 0;
        final long pages = size & ~KernelAbi.MEMORY_LARGE;
        if (taken(process, slot)) {
            return KernelAbi.STATUS_SLOT;
        }
        if (pages < 1 || pages > KernelAbi.MEMORY_PAGES_LIMIT || large && pages % KernelAbi.LARGE_PAGES != 0) {
            return KernelAbi.STATUS_RANGE;
        }
        final Frame[] frames = new Frame[(int) pages];
        Arrays.setAll(frames, i -> new Frame());
        return make(process, slot, new Memory(process, large, frames));
    }

    private long make(final int process, final long slot, final Memory memory) {
        if (used(process) + memory.bytes() > QUOTA) {
            return KernelAbi.STATUS_QUOTA;
        }
        put(process, (int) slot, new Handle(memory, ACCESS), null);
        return KernelAbi.STATUS_OK;
    }

    private long fork(final int process, final long slot, final Handle handle) {
        if (handle == null) {
            return KernelAbi.STATUS_HANDLE;
        }
        if ((handle.rights & KernelAbi.RIGHT_MAP_READ) == 0) {
            return KernelAbi.STATUS_RIGHTS;
        }
        if (taken(process, slot)) {
            return KernelAbi.STATUS_SLOT;
        }
        if (handle.memory.large) {
            return KernelAbi.STATUS_LARGE;
        }
        final long status = make(process, slot, new Memory(process, false, handle.memory.frames.clone()));
        if (status == KernelAbi.STATUS_OK) {
            for (final Frame frame : handle.memory.frames) {
                frame.shares++;
            }
            mappings.stream().filter(mapping -> mapping.handle.memory == handle.memory)
                    .forEach(mapping -> Arrays.fill(mapping.shared, true));
        }
        return status;
    }

    private long touch(final int process, final long address, final long access, final long word) {
        final Mapping mapping = covering(process, address);
        final boolean writes = (access & KernelAbi.RIGHT_MAP_WRITE) != 0;
        if (mapping == null || writes && (mapping.access & KernelAbi.RIGHT_MAP_WRITE) == 0) {
            return KernelAbi.STATUS_ADDRESS;
        }
        final int page = mapping.page(address);
        final long before = mapping.frame(page).word;
        if (writes) {
            if (mapping.shared[page]) {
                unshare(mapping.handle.memory, (int) mapping.first + page);
            }
            mapping.frame(page).word = word;
        }
        return before;
    }

    private void unshare(final Memory memory, final int page) {
        final Frame frame = memory.frames[page];
        if (frame.shares > 1) {
            frame.shares--;
            memory.frames[page] = new Frame();
            copies++;
            memory.frames[page].word = frame.word;
        }
        for (final Mapping mapping : mappings) {
            final long at = page - mapping.first;
            if (mapping.handle.memory == memory && at >= 0 && at < mapping.pages) {
                mapping.shared[(int) at] = false;
            }
        }
    }

    private long copy(final int process, final Handle from, final long[] in) {
        final int target = target(process, in[4]);
        if (target < 0) {
            return target;
        }
        if ((in[2] & ~from.rights) != 0) {
            return KernelAbi.STATUS_RIGHTS;
        }
        if (taken(target, in[1])) {
            return KernelAbi.STATUS_SLOT;
        }
        put(target, (int) in[1], new Handle(from.memory, in[2]), from);
        return KernelAbi.STATUS_OK;
    }

    private long move(final int process, final Handle handle, final long slot) {
        if (taken(process, slot)) {
            return KernelAbi.STATUS_SLOT;
        }
        slots[process][handle.slot] = null;
        handle.slot = (int) slot;
        slots[process][handle.slot] = handle;
        return KernelAbi.STATUS_OK;
    }

    private Mapping beginning(final int process, final long address) {
        return mappings.stream().filter(mapping -> mapping.process == process && mapping.address == address)
                .findFirst().orElse(null);
    }

    private long unmap(final int process, final long number, final long address) {
        final int target = target(process, number);
        if (target < 0) {
            return target;
        }
        final Mapping mapping = beginning(target, address);
        return mappings.remove(mapping) ? KernelAbi.STATUS_OK : KernelAbi.STATUS_ADDRESS;
    }

    private long mapOrProtect(final int process, final int number, final Handle handle, final long[] in) {
        final int target = target(process, in[1]);
        if (target < 0) {
            return target;
        }
        final long access = in[5];
        if ((access & ~ACCESS) != 0 || (access & KernelAbi.RIGHT_MAP_READ) == 0 || (access & NOT_BOTH) == NOT_BOTH) {
            return KernelAbi.STATUS_ACCESS;
        }
        if ((access & ~handle.rights) != 0) {
            return KernelAbi.STATUS_RIGHTS;
        }
        if (number == KernelAbi.SYS_MEMORY_MAP) {
            return map(target, handle, in);
        }
        final Mapping mapping = beginning(target, in[2]);
        if (mapping == null || mapping.handle.memory != handle.memory) {
            return KernelAbi.STATUS_ADDRESS;
        }
        mapping.handle = handle;
        mapping.access = access;
        mapping.refresh();
        return KernelAbi.STATUS_OK;
    }

    private long map(final int target, final Handle handle, final long[] in) {
        final Mapping mapping = new Mapping(target, in[2], in[3], in[4]);
        if (mapping.first < 0 || mapping.pages < 1 || mapping.first + mapping.pages > handle.memory.frames.length
                || handle.memory.large && (mapping.first | mapping.pages) % KernelAbi.LARGE_PAGES != 0) {
            return KernelAbi.STATUS_RANGE;
        }
        final long size = handle.memory.large ? KernelAbi.LARGE_PAGES * PAGE : PAGE;
        if (mapping.address % size != 0 || mapping.address < 0
                || mapping.address + mapping.pages * PAGE > KernelMemory.USER_LIMIT) {
            return KernelAbi.STATUS_ADDRESS;
        }
        for (long page = 0; page < mapping.pages; page++) {
            if (at(target, mapping.address + page * PAGE) != null) {
                return KernelAbi.STATUS_MAPPED;
            }
        }
        mapping.handle = handle;
        final long tables = tables(target, mapping) - tables(target, null);
        if (used(target) + KernelLayouts.MAPPING.size() + tables * PAGE > QUOTA) {
            return KernelAbi.STATUS_QUOTA;
        }
        mapping.access = in[5];
        mapping.refresh();
        mappings.add(mapping);
        largeMappings += handle.memory.large ? 1 : 0;
        return KernelAbi.STATUS_OK;
    }
}

package ringside.fastpath.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelMemory;

/** Two processes that manage each other: their handles, memory objects and mappings, as KernelAbi says. */
final class MappingModel {
    /** Slots that a script uses; 0 is the way to the other process. */
    static final int SLOTS = 8;
    /** Of each process, bytes. */
    static final long QUOTA = 0x1_8000;

    private static final long PAGE = 4096;
    private static final long TABLES_AND_HANDLES = 5 * PAGE;
    private static final long ACCESS =
            KernelAbi.RIGHT_MAP_READ | KernelAbi.RIGHT_MAP_WRITE | KernelAbi.RIGHT_MAP_EXECUTE;
    private static final long NOT_BOTH = KernelAbi.RIGHT_MAP_WRITE | KernelAbi.RIGHT_MAP_EXECUTE;

    /**
     * A memory object.
     *
     * @param payer process that made it
     * @param pages how many
     * @param number no other one's
     */
    record Memory(int payer, long pages, int number) {
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
        private long access;
        private Handle handle;

        Mapping(final int process, final long address, final long first, final long pages) {
            this.process = process;
            this.address = address;
            this.first = first;
            this.pages = pages;
        }

        private boolean covers(final long page) {
            return page >= address && page < address + pages * PAGE;
        }
    }

    /**
     * What a page table says of a page.
     *
     * @param memory the object
     * @param page   of the object
     * @param access rights
     */
    record Page(Memory memory, long page, long access) {
    }

    private final Handle[][] slots = new Handle[2][SLOTS];
    private final List<Mapping> mappings = new ArrayList<>();
    private int made;

    MappingModel() {
        for (int process = 0; process < 2; process++) {
            put(process, 0, new Handle(null, KernelAbi.RIGHT_PROCESS), null);
        }
    }

    /** {@return what is mapped at an address, or null} */
    Page at(final int process, final long address) {
        for (final Mapping mapping : mappings) {
            if (mapping.process == process && mapping.covers(address)) {
                return new Page(mapping.handle.memory, mapping.first + (address - mapping.address) / PAGE,
                        mapping.access);
            }
        }
        return null;
    }

    /** {@return pages that are mapped in a process} */
    long mapped(final int process) {
        return mappings.stream().filter(mapping -> mapping.process == process).mapToLong(m -> m.pages).sum();
    }

    /** {@return whether a live handle has all rights that an access needs} */
    boolean allowed(final Page page) {
        for (final Handle[] table : slots) {
            for (final Handle handle : table) {
                if (handle != null && handle.memory == page.memory && (page.access & ~handle.rights) == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@return kernel memory charged to a process} */
    long used(final int process) {
        long bytes = TABLES_AND_HANDLES + KernelLayouts.THREAD.size() + tables(process, null) * PAGE;
        for (final Memory memory : objects()) {
            bytes += memory.payer == process ? KernelLayouts.MEMORY.size() + (memory.pages + 1) * PAGE : 0;
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
                for (int shift = 39; shift >= 21; shift -= 9) {
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

    private long create(final int process, final long slot, final long pages) {
        if (taken(process, slot)) {
            return KernelAbi.STATUS_SLOT;
        }
        if (pages < 1 || pages > KernelAbi.MEMORY_PAGES_LIMIT) {
            return KernelAbi.STATUS_RANGE;
        }
        if (used(process) + KernelLayouts.MEMORY.size() + (pages + 1) * PAGE > QUOTA) {
            return KernelAbi.STATUS_QUOTA;
        }
        put(process, (int) slot, new Handle(new Memory(process, pages, made++), ACCESS), null);
        return KernelAbi.STATUS_OK;
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
        return KernelAbi.STATUS_OK;
    }

    private long map(final int target, final Handle handle, final long[] in) {
        final Mapping mapping = new Mapping(target, in[2], in[3], in[4]);
        if (mapping.first < 0 || mapping.pages < 1 || mapping.first + mapping.pages > handle.memory.pages) {
            return KernelAbi.STATUS_RANGE;
        }
        if (mapping.address % PAGE != 0 || mapping.address < 0
                || mapping.address + mapping.pages * PAGE > KernelMemory.USER_LIMIT) {
            return KernelAbi.STATUS_ADDRESS;
        }
        for (long page = 0; page < mapping.pages; page++) {
            if (at(target, mapping.address + page * PAGE) != null) {
                return KernelAbi.STATUS_MAPPED;
            }
        }
        final long tables = tables(target, mapping) - tables(target, null);
        if (used(target) + KernelLayouts.MAPPING.size() + tables * PAGE > QUOTA) {
            return KernelAbi.STATUS_QUOTA;
        }
        mapping.handle = handle;
        mapping.access = in[5];
        mappings.add(mapping);
        return KernelAbi.STATUS_OK;
    }
}

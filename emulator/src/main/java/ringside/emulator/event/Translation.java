package ringside.emulator.event;

/**
 * What the page tables say of a page at one moment. A page of the machine has 4096 bytes; one of a larger size is told
 * part by part, as the parts are used.
 *
 * @param page     number of the virtual page: its address divided by 4096, negative in the upper half
 * @param frame    number of the physical page
 * @param size     bytes that the entry maps which was found: 4096, 2 MiB, 4 MiB or 1 GiB
 * @param global   whether the entry is global, and the CPU heeds that
 * @param space    process-context identifier of the space, 0 where the CPU uses none
 * @param extended EPTP of the extended page tables that were in use, 0 for none
 * @param entries  physical addresses of the entries that were read, root first; none where paging is off. Not to be
 *                 changed
 */
public record Translation(
        long page, long frame, long size, boolean global, int space, long extended, long[] entries) {
}

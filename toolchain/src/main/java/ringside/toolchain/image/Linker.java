package ringside.toolchain.image;

import java.util.List;

/**
 * Makes an ELF64 executable of objects: places sections, resolves symbols, fills holes.
 *
 * <p>The file has a PT_LOAD for each segment that is not empty, a PVH note if the plan names such an entry, sections
 * under the names of the plan's patterns, {@code .symtab} with sizes, and DWARF 4 lines and routines. A pattern
 * with any content is stored whole; patterns of zero fill at the end of a segment take no room in the file.
 * The same inputs give the same bytes.
 */
public final class Linker {
    private Linker() {
    }

    /**
     * Links.
     *
     * @param plan    where sections go
     * @param objects in the order in which their sections stand in each segment
     * @return the file
     * @throws LinkException if a symbol is missing or defined twice, a hole too small for what it must hold,
     *     a section without a segment, or segments overlap
     */
    public static byte[] link(final LinkPlan plan, final List<ObjectCode> objects) {
        final Placement placement = new Placement(plan, objects);
        final LinkSymbols symbols = new LinkSymbols(placement, objects);
        final Relocator relocator = new Relocator(symbols);
        final DwarfWriter dwarf = new DwarfWriter();
        for (int i = 0; i < objects.size(); i++) {
            for (final Placement.Placed place : placement.of(i)) {
                relocator.relocate(i, place);
            }
            dwarf.add(objects.get(i), placement.of(i), symbols);
        }
        final long entry = address(symbols, plan.entry(), "entry");
        Long pvhEntry = null;
        if (plan.pvhEntry() != null) {
            pvhEntry = address(symbols, plan.pvhEntry(), "PVH entry");
            if (pvhEntry >>> 32 != 0) {
                throw new LinkException("symbol " + plan.pvhEntry() + ", the PVH entry, needs a 32-bit address: 0x"
                        + Long.toHexString(pvhEntry));
            }
        }
        return new ElfWriter(placement, symbols, relocator, dwarf).write(entry, pvhEntry);
    }

    private static long address(final LinkSymbols symbols, final String name, final String role) {
        final LinkSymbols.Defined defined = symbols.global(name);
        if (defined == null) {
            throw new LinkException("symbol " + name + ", the " + role + " of the image, is not defined");
        }
        return defined.value();
    }
}

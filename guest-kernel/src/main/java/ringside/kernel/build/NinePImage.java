package ringside.kernel.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import ringside.toolchain.asm.Assembler;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.LinkPlan.Access;
import ringside.toolchain.image.LinkPlan.Segment;
import ringside.toolchain.image.Linker;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.platform.PcLayout;

/** The file server without a kernel: the library, and what carries its messages. */
public final class NinePImage {
    private static final long DATA = 0x20_0000;

    /** The library: it needs nothing but itself. */
    private static final List<String> LIBRARY = Stream.of(
                    "serve", "wire", "failures", "session", "fid", "walk", "permission", "open", "read", "write",
                    "stat", "wstat", "remove", "device", "store", "blocks")
            .map(name -> "user/ninep/" + name + ".asm")
            .toList();

    private static final String ENTRY = "user/bare/entry.asm";

    /** What carries messages over COM2. */
    private static final List<String> LINE = List.of("user/bare/ninep_line.asm", "user/bare/line.asm");

    private NinePImage() {
    }

    /** {@return the paths of the library's units} */
    public static List<String> library() {
        return LIBRARY;
    }

    /** {@return the paths of all units of {@link #line}} */
    public static List<String> units() {
        return Stream.of(List.of(ENTRY), LINE, LIBRARY).flatMap(List::stream).toList();
    }

    /** {@return the server that speaks 9P on COM2} */
    public static GuestImage line() {
        return build("ninep.elf", KernelSources.bundled(), LINE);
    }

    /**
     * Builds a program around the library.
     *
     * @param name    of the image
     * @param sources where all units are
     * @param units   the program's own; they define {@code bare_main}, in sections {@code .text.bare .rodata.bare
     *                .bss.bare}
     * @return the image, with a PVH entry
     * @throws ringside.toolchain.asm.AsmException  at the first line that is wrong
     * @throws ringside.toolchain.image.LinkException if the parts do not fit together
     */
    public static GuestImage build(final String name, final SourceTree sources, final List<String> units) {
        Objects.requireNonNull(sources, "sources");
        final List<ObjectCode> objects = new ArrayList<>();
        try (Assembler assembler = Assembler.start(sources)) {
            for (final String unit : Stream.of(List.of(ENTRY), units, LIBRARY).flatMap(List::stream).toList()) {
                objects.add(assembler.assemble(unit, Map.of()));
            }
        }
        final LinkPlan plan = new LinkPlan(List.of(
                segment("text", PcLayout.KERNEL_LOAD, Access.READ_EXECUTE,
                        ".rodata.bare", ".rodata.ninep", ".text.bare", ".text.ninep"),
                segment("data", DATA, Access.READ_WRITE, ".bss.bare")), "bare_pvh_entry", "bare_pvh_entry");
        return GuestImage.parse(name, Linker.link(plan, objects));
    }

    private static Segment segment(
            final String name, final long address, final Access access, final String... sections) {
        return new Segment(name, address, address, access, List.of(sections));
    }
}

package ringside.kernel.build;

import java.util.ArrayList;
import java.util.List;
import ringside.kernel.abi.KernelMemory;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ImageSegment;
import ringside.toolchain.image.LinkException;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.LinkPlan.Access;
import ringside.toolchain.image.LinkPlan.Segment;
import ringside.toolchain.platform.PcLayout;

/** Which sections of Bantam and of user programs go where: the addresses of {@link KernelMemory} as segments. */
final class KernelLinkPlan {
    private KernelLinkPlan() {
    }

    static LinkPlan plan(final List<String> programs) {
        if (programs.size() > KernelMemory.PROGRAM_LIMIT) {
            throw new IllegalArgumentException("more programs than there is room for: " + programs);
        }
        final List<Segment> segments = new ArrayList<>();
        segments.add(segment("boot", PcLayout.KERNEL_LOAD, PcLayout.KERNEL_LOAD, Access.READ_EXECUTE,
                ".rodata.boot", ".text.boot"));
        segments.add(segment("boot_data", KernelMemory.BOOT_DATA, KernelMemory.BOOT_DATA, Access.READ_WRITE,
                ".bss.boot"));
        segments.add(kernel("text", KernelMemory.TEXT, Access.READ_EXECUTE, ".text.fast", ".text"));
        segments.add(kernel("rodata", KernelMemory.READ_ONLY, Access.READ, ".rodata", ".rodata.tasks",
                ".rodata.init_handles"));
        segments.add(kernel("data", KernelMemory.DATA, Access.READ_WRITE, ".data", ".bss"));
        for (int i = 0; i < programs.size(); i++) {
            final String name = programs.get(i);
            final long virtual = KernelMemory.USER_BASE + i * KernelMemory.USER_STRIDE;
            final long physical = KernelMemory.PROGRAMS + i * KernelMemory.PROGRAM_LOAD_STRIDE;
            segments.add(segment(name + "_text", virtual, physical, Access.READ_EXECUTE,
                    ".text." + name, ".rodata." + name, ".rodata." + name + "_programs"));
            segments.add(segment(name + "_data", virtual + KernelMemory.USER_DATA_OFFSET,
                    physical + KernelMemory.USER_DATA_OFFSET, Access.READ_WRITE, ".bss." + name));
        }
        return new LinkPlan(segments, "boot_multiboot_entry", "boot_pvh_entry");
    }

    /** Refuses a program that is larger than its place: it would lie on the next one's, or on memory that is free. */
    static void requireRoom(final GuestImage image, final List<String> programs) {
        for (final ImageSegment segment : image.segments()) {
            final long offset = segment.virtual() - KernelMemory.USER_BASE;
            final long number = Math.floorDiv(offset, KernelMemory.USER_STRIDE);
            if (number >= 0 && number < programs.size() && segment.memorySize() > KernelMemory.USER_DATA_OFFSET) {
                throw new LinkException(programs.get((int) number) + ": " + segment.memorySize() + " bytes of "
                        + (segment.write() ? "data" : "code and constants") + ", at most "
                        + KernelMemory.USER_DATA_OFFSET + " fit");
            }
        }
    }

    private static Segment kernel(
            final String name, final long physical, final Access access, final String... sections) {
        return segment(name, KernelMemory.KERNEL_BASE + physical, physical, access, sections);
    }

    private static Segment segment(
            final String name, final long virtual, final long physical, final Access access,
            final String... sections) {
        return new Segment(name, virtual, physical, access, List.of(sections));
    }
}

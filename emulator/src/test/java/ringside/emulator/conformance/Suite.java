package ringside.emulator.conformance;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ringside.emulator.device.virtio.BlockBackend;
import ringside.toolchain.asm.Assembler;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.LinkPlan.Access;
import ringside.toolchain.image.LinkPlan.Segment;
import ringside.toolchain.image.Linker;
import ringside.toolchain.image.ObjectCode;

/** All programs in one image, behind the runtime that they share. */
final class Suite {
    /** Where the sources are. */
    static final Path ROOT = Path.of(System.getProperty("basedir", "."), "src/test/conformance");

    private static final List<String> RUNTIME = List.of("boot", "memory", "print", "trap", "interrupt", "reset",
            "reset_interrupts", "cpus", "legacy", "pci", "disk", "run");
    private static final String TABLE = "runtime/programs.asm";
    private static final int DISK_SECTORS = 64;
    private static final long LOAD = 0x10_0000;
    private static final long DATA = 0x38_0000;
    private static final long FIXED = 0x40_0000;

    private final List<Program> programs;
    private final GuestImage image;

    private Suite(final List<Program> programs, final GuestImage image) {
        this.programs = programs;
        this.image = image;
    }

    /** {@return the suite, assembled once} */
    static Suite get() {
        return Holder.SUITE;
    }

    /** {@return the programs by path} */
    List<Program> programs() {
        return programs;
    }

    /** {@return what boots} */
    GuestImage image() {
        return image;
    }

    /** {@return the disk that every machine has: each byte of a sector is the sector's number} */
    static byte[] disk() {
        final byte[] disk = new byte[DISK_SECTORS * BlockBackend.SECTOR];
        for (int i = 0; i < disk.length; i++) {
            disk[i] = (byte) (i / BlockBackend.SECTOR);
        }
        return disk;
    }

    /** {@return the disk after all programs have run} */
    static byte[] diskAfterAll() {
        final ByteBuffer disk = ByteBuffer.wrap(disk()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < BlockBackend.SECTOR; at += Long.BYTES) {
            disk.putLong(10 * BlockBackend.SECTOR + at, 0x0123_4567_89AB_CDEFL);
            disk.putLong(11 * BlockBackend.SECTOR + at, 0x0123_4567_89AB_CDEFL);
            disk.putLong(63 * BlockBackend.SECTOR + at, 0xFEDC_BA98_7654_3210L);
        }
        return disk.array();
    }

    static Suite build(final SourceTree tree, final List<Program> programs) {
        final SourceTree sources = SourceTree.of(Map.of(TABLE, table(programs))).over(tree);
        final List<ObjectCode> objects = new ArrayList<>();
        try (Assembler assembler = Assembler.start(sources)) {
            RUNTIME.forEach(unit -> objects.add(assembler.assemble("runtime/" + unit + ".asm", Map.of())));
            objects.add(assembler.assemble(TABLE, Map.of()));
            programs.forEach(program -> objects.add(assembler.assemble(program.path(), Map.of())));
        }
        final LinkPlan plan = new LinkPlan(List.of(
                new Segment("boot", LOAD, LOAD, Access.READ_EXECUTE, List.of(".boot", ".text", ".rodata")),
                new Segment("data", DATA, DATA, Access.READ_WRITE, List.of(".data", ".bss")),
                new Segment("fixed", FIXED, FIXED, Access.READ_WRITE, List.of(".fixed"))),
                "multiboot_entry", "pvh_entry");
        return new Suite(programs, GuestImage.parse("conformance", Linker.link(plan, objects)));
    }

    private static String table(final List<Program> programs) {
        final StringBuilder entries = new StringBuilder("section .rodata\nglobal programs\nalign 8\nprograms:\n");
        final StringBuilder names = new StringBuilder();
        for (int i = 0; i < programs.size(); i++) {
            final Program program = programs.get(i);
            entries.append("dq name_").append(i).append(", ").append(program.name()).append(", ")
                    .append(traits(program)).append('\n');
            names.append("name_").append(i).append(": db \"").append(program.name()).append("\", 0\n");
        }
        return entries.append("dq 0\n").append(names).toString();
    }

    // TRAIT_* of runtime/machine.inc
    private static int traits(final Program program) {
        return (program.ends() ? 1 : 0) | (program.hangs("qemu") ? 2 : 0) | (program.hangs("bochs") ? 4 : 0);
    }

    private static final class Holder {
        private static final Suite SUITE = build(SourceTree.directory(ROOT), Program.all(ROOT));
    }
}

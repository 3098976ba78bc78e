package ringside.fastpath.kernel.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ringside.fastpath.codegen.FastPaths;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.kernel.build.KernelSources;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/** An image of Bantam with the fuzzer as its program and with room for lists, into which a plan is written. */
final class FuzzImage {
    /** The programs in whose place thread lists lie. */
    static final List<String> LISTS = List.of("server", "cases", "rogue", "objects");
    /** Bytes of lists in each. */
    static final int PART = Places.LISTS_SIZE / LISTS.size();

    private static final String SUPERVISOR = "client";
    private static final int TICK_PERIOD = 4999;
    private static final int PROGRAM_HEADER_OFFSET = 32;
    private static final int PROGRAM_HEADER_SIZE = 54;
    private static final int PROGRAM_HEADERS = 56;
    private static final int LOADED = 1;
    private static final int OFFSET = 8;
    private static final int VIRTUAL = 16;
    private static final int FILE_SIZE = 32;

    private final GuestImage image;

    private FuzzImage(final GuestImage image) {
        this.image = image;
    }

    /**
     * Builds one.
     *
     * @param fastPath what fills the slot of the fast paths
     * @param smp      whether it runs on several CPUs
     * @param changes  units of the kernel to be replaced
     * @return the image, with empty lists
     */
    static FuzzImage build(final FastPath fastPath, final boolean smp, final Map<String, String> changes) {
        final SourceTree bundled = KernelSources.bundled();
        final Map<String, String> units = new HashMap<>(changes);
        units.put("boot/tasks.asm", text("tasks.asm"));
        units.put("user/init.asm", text("init.asm"));
        units.put("user/" + SUPERVISOR + ".asm", text("lists.asm").replace("PROGRAM", SUPERVISOR));
        LISTS.forEach(program -> units.put("user/" + program + ".asm", text("lists.asm").replace("PROGRAM", program)));
        // Ticks come as often as the machine's own ones would on a CPU a thousand times slower: in the middle of all.
        units.put("abi/calls.inc", bundled.read("abi/calls.inc").orElseThrow().replaceFirst(
                "(TICK_PERIOD\\s+equ\\s+)\\d+", "$1" + TICK_PERIOD));
        try (KernelImageBuilder builder = KernelImageBuilder.start(SourceTree.of(units).over(bundled))) {
            return new FuzzImage(builder.build(new KernelFeatures(fastPath, smp),
                    fastPath == FastPath.GENERATED ? FastPaths.generate(smp) : List.of()));
        }
    }

    private static String text(final String name) {
        try (InputStream in = FuzzImage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    GuestImage image() {
        return image;
    }

    long symbol(final String name) {
        return image.symbols().byName(name).orElseThrow().address();
    }

    /** {@return where the program's page is} */
    long code() {
        return symbol("init_text_start");
    }

    /** {@return where threads begin} */
    long entry() {
        return symbol("fuzz_thread");
    }

    /** {@return where a part of the lists was loaded} */
    long list(final int part) {
        return symbol(LISTS.get(part) + "_lists");
    }

    /** {@return this with a plan in it} */
    GuestImage with(final Plan plan) {
        final byte[] bytes = image.bytes();
        write(bytes, symbol(SUPERVISOR + "_lists"), plan.supervisor(this), 0);
        final byte[] lists = plan.lists();
        for (int part = 0; part < LISTS.size(); part++) {
            write(bytes, list(part), lists, part * PART);
        }
        return GuestImage.parse(image.name(), bytes);
    }

    private static void write(final byte[] file, final long address, final byte[] from, final int offset) {
        final int place = place(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN), address);
        System.arraycopy(from, offset, file, place, PART);
    }

    /** {@return where in an ELF file the byte is that is loaded to an address} */
    private static int place(final ByteBuffer elf, final long address) {
        for (int i = 0; i < elf.getShort(PROGRAM_HEADERS); i++) {
            final int header = (int) elf.getLong(PROGRAM_HEADER_OFFSET) + i * elf.getShort(PROGRAM_HEADER_SIZE);
            final long offset = address - elf.getLong(header + VIRTUAL);
            if (elf.getInt(header) == LOADED && offset >= 0 && offset + PART <= elf.getLong(header + FILE_SIZE)) {
                return (int) (elf.getLong(header + OFFSET) + offset);
            }
        }
        throw new IllegalStateException("the image has no room: address=0x" + Long.toHexString(address));
    }
}

package ringside.emulator.boot;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.toolchain.image.GuestImage;

/** A kernel file and all that goes with it, to be booted by any loader. */
enum Scene {
    /** Both QEMU and GRUB boot it. */
    ELF32_MULTIBOOT1(Witness::multiboot1, true, "multiboot"),
    /** GRUB alone. */
    ELF64_MULTIBOOT1(Witness::multiboot1In64Bits, false, "multiboot"),
    /** Both. */
    ELF64_MULTIBOOT1_ADDRESSES(Witness::multiboot1WithAddresses, true, "multiboot"),
    /** Both. */
    FLAT_MULTIBOOT1(Witness::flat, true, "multiboot"),
    /** Both. */
    ELF32_MULTIBOOT1_VIDEO(Witness::multiboot1WithVideoMode, true, "multiboot"),
    /** QEMU alone. */
    ELF64_PVH(() -> Witness.pvh(false), true, ""),
    /** QEMU alone. */
    ELF32_PVH(() -> Witness.pvh(true), true, ""),
    /** GRUB alone. */
    ELF64_MULTIBOOT2(() -> Witness.multiboot2(false), false, "multiboot2"),
    /** GRUB alone. */
    ELF32_MULTIBOOT2(() -> Witness.multiboot2(true), false, "multiboot2");

    /** The kernel's arguments. */
    static final String ARGUMENTS = "quiet answer=42";
    /** RAM, MiB. */
    static final int MEMORY_MIB = 64;

    private final Supplier<byte[]> file;
    private final boolean qemu;
    private final String grubCommand;

    Scene(final Supplier<byte[]> file, final boolean qemu, final String grubCommand) {
        this.file = file;
        this.qemu = qemu;
        this.grubCommand = grubCommand;
    }

    byte[] file() {
        return file.get();
    }

    /** {@return those that QEMU's {@code -kernel} boots} */
    static List<Scene> ofQemu() {
        return Arrays.stream(values()).filter(scene -> scene.qemu).toList();
    }

    /** {@return those that GRUB boots} */
    static List<Scene> ofGrub() {
        return Arrays.stream(values()).filter(scene -> !scene.grubCommand.isEmpty()).toList();
    }

    /** {@return GRUB's command for it; empty if it has none} */
    String grubCommand() {
        return grubCommand;
    }

    /** {@return its modules: one of several pages, and one of a few bytes; QEMU's PVH loader takes only one} */
    List<BootModule> modules() {
        final byte[] large = new byte[9_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31 + (i >> 8));
        }
        final BootModule first = new BootModule("large.mod", large, "first");
        final byte[] few = "a few bytes".getBytes(StandardCharsets.US_ASCII);
        return this == ELF64_PVH || this == ELF32_PVH ? List.of(first)
                : List.of(first, new BootModule("small.mod", few, "second one"));
    }

    /** {@return our machine's RAM when the witness stopped, a copy} */
    MemorySegment runHere(final int cpus) {
        final MachineConfig config = MachineConfig.standard().withMemory((long) MEMORY_MIB << 20)
                .withCommandLine(ARGUMENTS).withModules(modules()).withVcpus(cpus);
        try (Machine machine = Machine.boot(config, GuestImage.parse("witness.elf", file()))) {
            assertInstanceOf(RunResult.Halted.class, machine.run(Budget.steps(1000)));
            return MemorySegment.ofArray(machine.cpu().memory().toArray(ValueLayout.JAVA_BYTE));
        }
    }
}

package ringside.console.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.emulator.boot.BootModule;
import ringside.emulator.device.virtio.DiskImage;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.ResetPolicy;
import ringside.fastpath.experiment.Variant;
import ringside.kernel.build.NinePImage;
import ringside.toolchain.asm.AsmException;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.BootProtocol;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.LinkException;
import ringside.toolchain.platform.PcLayout;

/** Which guest, and in what machine: the options of every command that runs one. */
final class GuestOptions {
    @ArgGroup
    private Guest guest = new Guest();

    @Option(names = "--append", paramLabel = "TEXT", defaultValue = "",
        description = "The command line that the kernel is handed, Bantam's at most 255 bytes.")
    private String commandLine;

    @Option(names = "--module", paramLabel = "FILE[:STRING]", converter = ModuleFile.class,
        description = "A file that the kernel is handed, an initial RAM disk for instance, with a string, which is "
            + "otherwise the file's name; as often as there are files.")
    private List<BootModule> modules = List.of();

    @Option(names = "--disk", paramLabel = "FILE[:MODE]", converter = DiskFile.class,
        description = "A disk image that the kernel finds as a virtio disk; what it writes is in the file, or with "
            + "overlay forgotten at the end, or with read-only refused; as often as there are disks.")
    private List<DiskImage> disks = List.of();

    @Option(names = "--program", paramLabel = "[NAME=]FILE", converter = AddedProgram.Converter.class,
        description = "A program that Bantam's image gets besides its own, from NAME.asm, or NAME.java that emits it; "
            + "--append NAME starts it. As often as there are programs.")
    private List<AddedProgram> programs = List.of();

    @Option(names = "--boot", paramLabel = "PROTOCOL", converter = ProtocolName.class,
        description = "pvh, multiboot1, multiboot2 or elf64; otherwise what QEMU would take, then the best one that "
            + "the image offers.")
    private Optional<BootProtocol> boot = Optional.empty();

    @Option(names = "--memory", paramLabel = "SIZE", converter = MemorySize.class, defaultValue = "64M",
        description = "RAM, from 2M to 2G, for Bantam at least 4M and for its demonstration 16M; otherwise "
            + "${DEFAULT-VALUE}.")
    private long memory;

    @Option(names = "--smp", paramLabel = "N", defaultValue = "1",
        description = "How many CPUs, 1 to " + PcLayout.MOST_CPUS + "; otherwise ${DEFAULT-VALUE}.")
    private int cpus;

    @Option(names = "--smp-kernel",
        description = "Boot the Bantam for several CPUs, which has a lock, on one CPU too; from --smp 2 on it is "
            + "always that one.")
    private boolean lockedKernel;

    @Option(names = "--quantum", paramLabel = "CYCLES", defaultValue = "20000",
        description = "For how many cycles one CPU runs ahead of the others; otherwise ${DEFAULT-VALUE}.")
    private long quantum;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0",
        description = "Shuffles the CPUs in each round, the same seed always the same way; with 0 they take turns.")
    private long seed;

    @Option(names = "--reboot",
        description = "Boot again when the guest resets the machine or a CPU cannot go on, instead of ending the run.")
    private boolean reboots;

    @Option(names = "--test-devices",
        description = "Add QEMU's pc-testdev and debug-exit ports, on which kernel test suites lean.")
    private boolean testDevices;

    @Option(names = "--simulated-vmfunc",
        description = "Let VMFUNC switch extended page tables that the guest sets up itself; no processor does it so.")
    private boolean vmFunctions;

    /** Which image: a file, or one of Bantam's. */
    private static final class Guest {
        @Parameters(arity = "0..1", paramLabel = "IMAGE",
            description = "A kernel: PVH, multiboot2, multiboot1 or plain ELF64; otherwise Bantam.")
        private Optional<Path> file = Optional.empty();

        @Option(names = "--variant", paramLabel = "NAME",
            description = "Which Bantam: fast-asm (as without it), fast-generated or slow.")
        private Variant variant = Variant.FAST_ASM;

        @Option(names = "--ninep",
            description = "A file server instead of Bantam: a tree in RAM that speaks 9P2000 on COM2 (--serial2).")
        private boolean fileServer;
    }

    /** {@return the file that was named instead of Bantam} */
    Optional<Path> file() {
        return guest.file;
    }

    /** {@return the files that the machine begins with: the image, modules and disks} */
    Stream<Path> inputs() {
        return Stream.of(guest.file.stream(), modules.stream().map(module -> Path.of(module.name())),
            programs.stream().map(AddedProgram::file),
            disks.stream().map(DiskImage::path)).flatMap(files -> files);
    }

    /** {@return the image, read or built} */
    GuestImage image() {
        if (!programs.isEmpty() && (guest.fileServer || guest.file.isPresent())) {
            throw new WrongUseException("--program: programs go into Bantam's image, and another one is to be booted");
        }
        if (programs.stream().map(program -> program.task().name()).distinct().count() < programs.size()) {
            throw new WrongUseException("--program: two programs have one name");
        }
        if (guest.fileServer) {
            return NinePImage.line();
        }
        if (guest.file.isEmpty()) {
            BantamLimits.require(commandLine, memory);
        }
        return guest.file.map(GuestImage::read).orElseGet(() -> bantam(guest.variant));
    }

    private GuestImage bantam(final Variant variant) {
        try {
            return Bantam.image(variant, lockedKernel || cpus > 1, programs);
        } catch (final AsmException | LinkException | IllegalArgumentException refused) {
            if (programs.isEmpty()) {
                throw refused;
            }
            String message = refused.getMessage();
            for (final AddedProgram program : programs) {
                message = program.told(message);
            }
            throw new WrongUseException("--program: " + message);
        }
    }

    /** {@return the sources of what is booted, as far as they are known} */
    SourceTree sources() {
        return guest.file.isPresent() ? path -> Optional.empty() : Bantam.sources(programs);
    }

    /** {@return the machine, without ends for its serial port} */
    MachineConfig config() {
        MachineConfig config = MachineConfig.standard().withMemory(memory).withModules(modules).withSeed(seed);
        config = refused("--append", config, c -> c.withCommandLine(commandLine));
        config = refused("--smp", config, c -> c.withVcpus(cpus));
        config = refused("--disk", config, c -> c.withDisks(List.copyOf(disks)));
        config = refused("--quantum", config, c -> c.withQuantum(quantum));
        if (boot.isPresent()) {
            config = config.withBoot(boot.get());
        }
        if (reboots) {
            config = config.withReset(ResetPolicy.REBOOT);
        }
        if (vmFunctions) {
            config = config.withVmFunctions();
        }
        return testDevices ? config.withTestDevices() : config;
    }

    private interface Change {
        MachineConfig of(MachineConfig config);
    }

    private static MachineConfig refused(final String option, final MachineConfig config, final Change change) {
        try {
            return change.of(config);
        } catch (final IllegalArgumentException refused) {
            throw new WrongUseException(option + ": " + refused.getMessage());
        }
    }
}

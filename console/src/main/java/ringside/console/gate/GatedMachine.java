package ringside.console.gate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import ringside.console.verify.ModuleReader;
import ringside.console.verify.RefusedFileException;
import ringside.emulator.boot.BootModule;
import ringside.emulator.device.virtio.DiskImage;
import ringside.emulator.machine.MachineConfig;
import ringside.toolchain.image.BootProtocol;

/**
 * What a kernel under gate boots in.
 *
 * @param append      the command line that it is handed
 * @param modules     files that it is handed, an initial RAM disk for instance
 * @param disks       virtio disks; none is written to, so that each run begins with the same bytes
 * @param boot        how it is booted; empty for what it offers
 * @param memory      bytes of RAM
 * @param cpus        how many
 * @param quantum     for how many cycles one CPU runs ahead of the others; empty for the usual
 * @param seed        of their order
 * @param testDevices whether QEMU's pc-testdev and debug-exit ports are there
 * @param vmFunctions whether VMFUNC switches extended page tables
 */
public record GatedMachine(String append, List<Module> modules, List<DiskImage> disks, Optional<BootProtocol> boot,
        long memory, int cpus, Optional<Long> quantum, long seed, boolean testDevices, boolean vmFunctions) {
    private static final int MEBIBYTE = 20;

    /** Copies the lists. */
    public GatedMachine {
        Objects.requireNonNull(append, "append");
        Objects.requireNonNull(boot, "boot");
        Objects.requireNonNull(quantum, "quantum");
        modules = List.copyOf(modules);
        disks = List.copyOf(disks);
    }

    /**
     * A file that the kernel is handed.
     *
     * @param file   which; read when the guest boots, for a build may make it
     * @param string that comes with it
     */
    public record Module(Path file, String string) {
        /** Refuses missing parts. */
        public Module {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(string, "string");
        }
    }

    /** {@return one with so much RAM, one CPU and nothing else} */
    public static GatedMachine plain(final long memory) {
        return new GatedMachine("", List.of(), List.of(), Optional.empty(), memory, 1, Optional.empty(), 0, false,
            false);
    }

    /** {@return the files that it begins with} */
    Stream<Path> inputs() {
        return Stream.concat(modules.stream().map(Module::file), disks.stream().map(DiskImage::path));
    }

    /**
     * {@return the machine, without ends for its serial port}
     *
     * @throws RefusedFileException where a module cannot be read
     */
    public MachineConfig config() {
        final List<BootModule> read = new ArrayList<>();
        for (final Module module : modules) {
            try {
                read.add(ModuleReader.read(module.file, module.string));
            } catch (final IllegalArgumentException refused) {
                throw new RefusedFileException(module.file.toString(), "module",
                    refused.getMessage().replace(module.file + ": ", ""));
            }
        }
        MachineConfig config = MachineConfig.standard().withMemory(memory).withVcpus(cpus).withSeed(seed)
            .withCommandLine(append).withModules(read).withDisks(List.copyOf(disks));
        if (quantum.isPresent()) {
            config = config.withQuantum(quantum.get());
        }
        if (boot.isPresent()) {
            config = config.withBoot(boot.get());
        }
        if (vmFunctions) {
            config = config.withVmFunctions();
        }
        return testDevices ? config.withTestDevices() : config;
    }

    /** {@return what is asked of it, but for the files, in words that a history keeps} */
    public String words() {
        return "memory=" + (memory >> MEBIBYTE) + "M cpus=" + cpus + " seed=" + seed
            + quantum.map(cycles -> " quantum=" + cycles).orElse("")
            + boot.map(protocol -> " boot=" + protocol.label()).orElse("")
            + (testDevices ? " test_devices" : "") + (vmFunctions ? " simulated_vmfunc" : "")
            + (append.isEmpty() ? "" : " append=" + append);
    }
}

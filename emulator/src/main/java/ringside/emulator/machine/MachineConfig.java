package ringside.emulator.machine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ringside.emulator.boot.BootModule;
import ringside.emulator.device.uart.SerialSink;
import ringside.emulator.device.virtio.DiskSource;
import ringside.emulator.engine.EngineConfig;
import ringside.emulator.timing.TimingModel;
import ringside.emulator.timing.UnitModel;
import ringside.toolchain.image.BootProtocol;
import ringside.toolchain.platform.PcLayout;

/**
 * What a machine is made of. Two machines of equal configurations that boot the same image run the same, byte by byte.
 *
 * @param memory      RAM, bytes: a multiple of 4 KiB, at least 2 MiB, at most {@link PcLayout#RAM_MAX_SIZE}
 * @param commandLine handed to the kernel; ASCII, shorter than a page
 * @param modules     files handed to the kernel, in this order
 * @param boot        by which protocol; empty for the best one that the image offers
 * @param vcpus       how many CPUs, 1 to {@link PcLayout#MOST_CPUS}
 * @param quantum     for how many cycles one vCPU runs ahead of the others, 1 to {@link #LONGEST_QUANTUM}
 * @param seed        shuffles the vCPUs in each round; with 0 they take turns in the order of their numbers
 * @param timing      what instructions cost
 * @param counting    whether instructions are counted; {@code false} only to measure what counting costs, on one vCPU
 * @param serial      takes what COM1 sends
 * @param input       gives what COM1 receives
 * @param serial2     takes what COM2 sends
 * @param input2      gives what COM2 receives once the guest raised DTR there
 * @param debug       takes what is written to the port that only emulators print at
 * @param disks       virtio disks, in the order of their places on the PCI bus, at most {@link PcLayout#MOST_DISKS}
 * @param testDevices whether QEMU's {@code pc-testdev} is there
 * @param vmFunctions whether VMFUNC switches extended page tables, simulated ({@code docs/machine.md})
 * @param onReset     what a reset that the guest asks for does
 */
public record MachineConfig(
        long memory, String commandLine, List<BootModule> modules, Optional<BootProtocol> boot, int vcpus,
        long quantum, long seed, TimingModel timing, boolean counting, SerialSink serial, InputSource input,
        SerialSink serial2, InputSource input2, SerialSink debug, List<DiskSource> disks, boolean testDevices,
        boolean vmFunctions, ResetPolicy onReset) {
    /** The least RAM a machine has, bytes. */
    public static final long LEAST_MEMORY = 2L << 20;
    /** How long a vCPU may run while the others wait, cycles. */
    public static final long LONGEST_QUANTUM = 1L << 32;

    private static final long STANDARD_QUANTUM = 20_000;

    /** Refuses what no machine is made of. */
    public MachineConfig {
        Objects.requireNonNull(boot, "boot");
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(serial, "serial");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(serial2, "serial2");
        Objects.requireNonNull(input2, "input2");
        Objects.requireNonNull(debug, "debug");
        disks = List.copyOf(disks);
        Objects.requireNonNull(onReset, "onReset");
        modules = List.copyOf(modules);
        if (memory < LEAST_MEMORY || memory > PcLayout.RAM_MAX_SIZE || memory % EngineConfig.PAGE != 0) {
            throw new IllegalArgumentException("RAM is whole pages, from 2 MiB to 2 GiB: memory=" + memory);
        }
        if (commandLine.length() >= PcLayout.COMMAND_LINE_SIZE
                || !commandLine.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("a command line is printable ASCII, shorter than "
                    + PcLayout.COMMAND_LINE_SIZE + " bytes: length=" + commandLine.length());
        }
        if (vcpus < 1 || vcpus > PcLayout.MOST_CPUS) {
            throw new IllegalArgumentException(
                    "a machine has 1 to " + PcLayout.MOST_CPUS + " vCPUs: vcpus=" + vcpus);
        }
        if (quantum < 1 || quantum > LONGEST_QUANTUM) {
            throw new IllegalArgumentException(
                    "a quantum is 1 to " + LONGEST_QUANTUM + " cycles: quantum=" + quantum);
        }
        if (disks.size() > PcLayout.MOST_DISKS) {
            throw new IllegalArgumentException(
                    "a machine has at most " + PcLayout.MOST_DISKS + " disks: disks=" + disks.size());
        }
        if (!counting && vcpus > 1) {
            throw new IllegalArgumentException("without counting there is no time to share: vcpus=" + vcpus);
        }
    }

    /** {@return 64 MiB, one vCPU, no command line or modules, one cycle an instruction, serial output dropped} */
    public static MachineConfig standard() {
        return new MachineConfig(PcLayout.RAM_DEFAULT_SIZE, "", List.of(), Optional.empty(), 1, STANDARD_QUANTUM, 0,
                UnitModel.INSTANCE, true, value -> { }, InputSource.NONE, value -> { }, InputSource.NONE,
                value -> { }, List.of(), false, false, ResetPolicy.END);
    }

    /**
     * {@return this with another amount of RAM}
     *
     * @param bytes of RAM
     */
    public MachineConfig withMemory(final long bytes) {
        return change(draft -> draft.memory = bytes);
    }

    /**
     * {@return this with another command line}
     *
     * @param line handed to the kernel
     */
    public MachineConfig withCommandLine(final String line) {
        return change(draft -> draft.commandLine = line);
    }

    /**
     * {@return this with other modules}
     *
     * @param files in the order the kernel sees them
     */
    public MachineConfig withModules(final List<BootModule> files) {
        return change(draft -> draft.modules = files);
    }

    /**
     * {@return this with another way to boot}
     *
     * @param protocol that the image must offer
     */
    public MachineConfig withBoot(final BootProtocol protocol) {
        return change(draft -> draft.boot = Optional.of(protocol));
    }

    /**
     * {@return this with another number of CPUs}
     *
     * @param count 1 to {@link PcLayout#MOST_CPUS}
     */
    public MachineConfig withVcpus(final int count) {
        return change(draft -> draft.vcpus = count);
    }

    /**
     * {@return this with another quantum}
     *
     * @param cycles 1 to {@link #LONGEST_QUANTUM}
     */
    public MachineConfig withQuantum(final long cycles) {
        return change(draft -> draft.quantum = cycles);
    }

    /**
     * {@return this with another order of vCPUs}
     *
     * @param value 0 for the order of their numbers, otherwise any
     */
    public MachineConfig withSeed(final long value) {
        return change(draft -> draft.seed = value);
    }

    /**
     * {@return this with another model of time}
     *
     * @param model what instructions cost
     */
    public MachineConfig withTiming(final TimingModel model) {
        return change(draft -> draft.timing = model);
    }

    /** {@return this without counting: no counts, cycles, events, deadlines or budgets} */
    public MachineConfig withoutCounting() {
        return change(draft -> draft.counting = false);
    }

    /**
     * {@return this with another sink}
     *
     * @param sink takes what COM1 sends
     */
    public MachineConfig withSerial(final SerialSink sink) {
        return change(draft -> draft.serial = sink);
    }

    /**
     * {@return this with input}
     *
     * @param source gives what COM1 receives
     */
    public MachineConfig withInput(final InputSource source) {
        return change(draft -> draft.input = source);
    }

    /**
     * {@return this with ends for the second serial port}
     *
     * @param sink   takes what COM2 sends
     * @param source gives what COM2 receives
     */
    public MachineConfig withSecondSerial(final SerialSink sink, final InputSource source) {
        return change(draft -> {
            draft.serial2 = sink;
            draft.input2 = source;
        });
    }

    /**
     * {@return this with another sink for what is printed at port 0xE9}
     *
     * @param sink takes each byte
     */
    public MachineConfig withDebug(final SerialSink sink) {
        return change(draft -> draft.debug = sink);
    }

    /**
     * {@return this with other disks}
     *
     * @param sources where they come from; each machine opens and closes its own
     */
    public MachineConfig withDisks(final List<DiskSource> sources) {
        return change(draft -> draft.disks = sources);
    }

    /** {@return this with QEMU's {@code pc-testdev}, on which kernel test suites lean} */
    public MachineConfig withTestDevices() {
        return change(draft -> draft.testDevices = true);
    }

    /** {@return this with VMFUNC, simulated: extended page tables that the guest sets up and switches by itself} */
    public MachineConfig withVmFunctions() {
        return change(draft -> draft.vmFunctions = true);
    }

    /**
     * {@return this with another answer to resets}
     *
     * @param policy what a reset that the guest asks for does
     */
    public MachineConfig withReset(final ResetPolicy policy) {
        return change(draft -> draft.onReset = policy);
    }

    private interface Change {
        void apply(Draft draft);
    }

    private MachineConfig change(final Change change) {
        final Draft draft = new Draft(this);
        change.apply(draft);
        return draft.config();
    }

    /** The components while one of them changes. */
    private static final class Draft {
        private long memory;
        private String commandLine;
        private List<BootModule> modules;
        private Optional<BootProtocol> boot;
        private int vcpus;
        private long quantum;
        private long seed;
        private TimingModel timing;
        private boolean counting;
        private SerialSink serial;
        private InputSource input;
        private SerialSink serial2;
        private InputSource input2;
        private SerialSink debug;
        private List<DiskSource> disks;
        private boolean testDevices;
        private boolean vmFunctions;
        private ResetPolicy onReset;

        private Draft(final MachineConfig config) {
            memory = config.memory;
            commandLine = config.commandLine;
            modules = config.modules;
            boot = config.boot;
            vcpus = config.vcpus;
            quantum = config.quantum;
            seed = config.seed;
            timing = config.timing;
            counting = config.counting;
            serial = config.serial;
            input = config.input;
            serial2 = config.serial2;
            input2 = config.input2;
            debug = config.debug;
            disks = config.disks;
            testDevices = config.testDevices;
            vmFunctions = config.vmFunctions;
            onReset = config.onReset;
        }

        private MachineConfig config() {
            return new MachineConfig(memory, commandLine, modules, boot, vcpus, quantum, seed, timing, counting,
                    serial, input, serial2, input2, debug, disks, testDevices, vmFunctions, onReset);
        }
    }
}

package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.fastpath.codegen.FastPaths;
import ringside.kernel.abi.KernelMemory;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.kernel.build.TaskPlan;
import ringside.toolchain.image.GuestImage;

/** A run of Bantam with chosen processes to its end, and the programs' tables as they were then. */
final class UserRun {
    private static final Budget ALL = Budget.steps(500_000_000);
    private static final int SYMBOL_LIMIT = 0x1_0000;

    private final GuestImage image;
    private final byte[] programs;
    private final String text;
    private final int exit;
    private final int switches;

    private UserRun(final GuestImage image, final byte[] programs, final String text, final int exit,
            final int switches) {
        this.image = image;
        this.programs = programs;
        this.text = text;
        this.exit = exit;
        this.switches = switches;
    }

    /** Counts where fast paths switch. */
    private static final class FastSwitches implements MachineObserver {
        private final GuestImage image;
        private int count;

        FastSwitches(final GuestImage image) {
            this.image = image;
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.PROBE);
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            if (image.probes().get(probe).kind().equals("switch_save")) {
                count++;
            }
        }
    }

    /**
     * Runs these processes with the fast path in assembly.
     *
     * @param plan which
     * @return how it ended
     */
    static UserRun of(final TaskPlan plan) {
        return of(plan, FastPath.ASSEMBLY, MachineConfig.standard());
    }

    /**
     * Runs these processes.
     *
     * @param plan     which
     * @param fastPath of the kernel
     * @param config   of the machine, without a serial line
     * @return how it ended
     */
    static UserRun of(final TaskPlan plan, final FastPath fastPath, final MachineConfig config) {
        return of(build(plan, fastPath), config, List.of());
    }

    /**
     * Runs an image with chosen processes.
     *
     * @param image     of {@link #build}
     * @param config    of the machine, without a serial line
     * @param observers who else watches
     * @return how it ended
     */
    static UserRun of(final GuestImage image, final MachineConfig config, final List<MachineObserver> observers) {
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        final FastSwitches switches = new FastSwitches(image);
        try (Machine machine = Machine.boot(config.withSerial(serial::write), image)) {
            machine.addObserver(switches);
            observers.forEach(machine::addObserver);
            final RunResult.Exited result = assertInstanceOf(RunResult.Exited.class, machine.run(ALL),
                    () -> serial.toString(StandardCharsets.US_ASCII));
            final byte[] programs = machine.cpu().memory()
                    .asSlice(KernelMemory.PROGRAMS, KernelMemory.IMAGE_END - KernelMemory.PROGRAMS)
                    .toArray(ValueLayout.JAVA_BYTE);
            return new UserRun(image, programs, serial.toString(StandardCharsets.US_ASCII), result.code(),
                    switches.count);
        }
    }

    /** {@return the image with these processes} */
    static GuestImage build(final TaskPlan plan, final FastPath fastPath) {
        try (KernelImageBuilder builder = KernelImageBuilder.start()) {
            return builder.build(new KernelFeatures(fastPath),
                    fastPath == FastPath.GENERATED ? FastPaths.generate() : List.of(), plan);
        }
    }

    /** {@return what the serial port said} */
    String text() {
        return text;
    }

    /** {@return the machine's exit value} */
    int exit() {
        return exit;
    }

    /** {@return how often a fast path switched threads} */
    int fastSwitches() {
        return switches;
    }

    /**
     * {@return whether an address is of a program's code}
     *
     * @param address any
     * @param program its name
     */
    boolean isCode(final long address, final String program) {
        return address >= image.symbols().byName(program + "_text_start").orElseThrow().address()
                && address < image.symbols().byName(program + "_text_end").orElseThrow().address();
    }

    /**
     * {@return a word of a program's table}
     *
     * @param symbol the table
     * @param index  of the word
     */
    long word(final String symbol, final int index) {
        final long address = image.symbols().byName(symbol).orElseThrow().address() - KernelMemory.USER_BASE;
        final long program = address / KernelMemory.USER_STRIDE;
        final long offset = address % KernelMemory.USER_STRIDE;
        if (offset >= SYMBOL_LIMIT) {
            throw new IllegalArgumentException("not in a program: symbol=" + symbol);
        }
        return MemorySegment.ofArray(programs).get(ValueLayout.JAVA_LONG_UNALIGNED,
                program * KernelMemory.PROGRAM_LOAD_STRIDE + offset + (long) index * Long.BYTES);
    }
}

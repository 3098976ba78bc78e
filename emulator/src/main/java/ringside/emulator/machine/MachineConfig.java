package ringside.emulator.machine;

import java.util.Objects;
import ringside.emulator.device.uart.SerialSink;
import ringside.emulator.engine.EngineConfig;
import ringside.emulator.timing.TimingModel;
import ringside.emulator.timing.UnitModel;
import ringside.toolchain.platform.PcLayout;

/**
 * What a machine is made of.
 *
 * @param memory      RAM, bytes: a multiple of 4 KiB, at least 2 MiB, at most {@link PcLayout#RAM_MAX_SIZE}
 * @param commandLine handed to the kernel; ASCII, shorter than a page
 * @param timing      what instructions cost
 * @param serial      takes what COM1 sends
 * @param counting    whether instructions are counted; {@code false} only to measure what counting costs
 */
public record MachineConfig(
        long memory, String commandLine, TimingModel timing, SerialSink serial, boolean counting) {
    /** The least RAM a machine has, bytes. */
    public static final long LEAST_MEMORY = 2L << 20;

    /** Refuses sizes and command lines that no machine has. */
    public MachineConfig {
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(serial, "serial");
        if (memory < LEAST_MEMORY || memory > PcLayout.RAM_MAX_SIZE || memory % EngineConfig.PAGE != 0) {
            throw new IllegalArgumentException("RAM is whole pages, from 2 MiB to 2 GiB: memory=" + memory);
        }
        if (commandLine.length() >= PcLayout.COMMAND_LINE_SIZE
                || !commandLine.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("a command line is printable ASCII, shorter than "
                    + PcLayout.COMMAND_LINE_SIZE + " bytes: length=" + commandLine.length());
        }
    }

    /** {@return 64 MiB, no command line, one cycle an instruction, serial output dropped} */
    public static MachineConfig standard() {
        return new MachineConfig(PcLayout.RAM_DEFAULT_SIZE, "", UnitModel.INSTANCE, value -> { }, true);
    }

    /**
     * {@return this with another sink}
     *
     * @param sink takes what COM1 sends
     */
    public MachineConfig withSerial(final SerialSink sink) {
        return new MachineConfig(memory, commandLine, timing, sink, counting);
    }

    /**
     * {@return this with another amount of RAM}
     *
     * @param bytes of RAM
     */
    public MachineConfig withMemory(final long bytes) {
        return new MachineConfig(bytes, commandLine, timing, serial, counting);
    }

    /**
     * {@return this with another command line}
     *
     * @param line handed to the kernel
     */
    public MachineConfig withCommandLine(final String line) {
        return new MachineConfig(memory, line, timing, serial, counting);
    }

    /** {@return this without counting: no counts, cycles, events, deadlines or budgets} */
    public MachineConfig withoutCounting() {
        return new MachineConfig(memory, commandLine, timing, serial, false);
    }
}

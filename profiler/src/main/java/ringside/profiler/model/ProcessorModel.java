package ringside.profiler.model;

import java.util.List;
import ringside.toolchain.disasm.Disassembler;

/**
 * A cycle model at work: the cores of one machine, which share a cache and move lines between each other. It follows a
 * stream of blocks and memory accesses ({@link ModelledSource}) and reads nothing else, so the same stream gives the
 * same cycles anywhere.
 */
public final class ProcessorModel implements AutoCloseable {
    private final Microarchitecture make;
    private final Lane[] lanes;
    private final Disassembler code64 = Disassembler.bits64();
    private final Disassembler code32 = Disassembler.bits32();
    private final Disassembler code16 = Disassembler.bits16();
    private final InstructionDecoder decoder;
    private final List<Microarchitecture.Scheduler> schedulers;

    /**
     * Makes one that has followed nothing.
     *
     * @param make     what the cores are like; one with hardware
     * @param cpus     how many
     * @param listener hears each instruction's cost
     */
    public ProcessorModel(final Microarchitecture make, final int cpus, final CostListener listener) {
        final Microarchitecture.Hardware hardware = make.hardware().orElseThrow(() -> new IllegalArgumentException(
                "a model without hardware is the machine's own clock: model=" + make.id()));
        this.make = make;
        schedulers = hardware.core().schedulers();
        decoder = InstructionDecoder.of(make);
        final SharedMemory shared = new SharedMemory(hardware.memory());
        lanes = new Lane[cpus];
        for (int i = 0; i < cpus; i++) {
            lanes[i] = new Lane(i, make.kind() == Microarchitecture.Kind.CACHES ? new CacheClock(i, hardware, shared)
                    : new Core(i, hardware, shared), hardware, listener);
        }
    }

    /** {@return name and version, for results} */
    public String id() {
        return make.id();
    }

    /** {@return cycles since the start on a vCPU} */
    public long cycle(final int cpu) {
        return lanes[cpu].cycle();
    }

    /**
     * {@return what a core's caches and TLBs hold}
     *
     * @param cpu vCPU
     */
    public CoreContents contents(final int cpu) {
        return lanes[cpu].contents();
    }

    /**
     * Empties what a core keeps for itself, as if others had used it for long: its caches, predictors, translations and
     * queues. What cores share stays, and so does the clock. Between two instructions only.
     *
     * @param cpu vCPU
     */
    public void coldStart(final int cpu) {
        lanes[cpu].coldStart();
    }

    Lane lane(final int cpu) {
        return lanes[cpu];
    }

    BlockCode decode(final long address, final byte[] bytes, final int width) {
        final Disassembler disassembler = switch (width) {
            case Long.SIZE -> code64;
            case Integer.SIZE -> code32;
            default -> code16;
        };
        return BlockCode.of(address, bytes, disassembler, decoder, schedulers);
    }

    @Override
    public void close() {
        code64.close();
        code32.close();
        code16.close();
    }
}

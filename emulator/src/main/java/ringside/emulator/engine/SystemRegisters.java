package ringside.emulator.engine;

import java.util.List;
import java.util.Map;

/**
 * What the system programmer sees of a CPU beside {@link CpuRegister}s: a value, taken between two instructions.
 *
 * @param segments  all eight of {@link SegmentName}, with their hidden parts
 * @param gdtr      the global descriptor table
 * @param idtr      the interrupt descriptor table
 * @param models    all of {@link ModelRegister}
 * @param debug     DR0 to DR7; DR4 and DR5 are DR6 and DR7 (Intel SDM volume 3, 18.2.2)
 * @param xcr0      extended control register 0
 * @param priority  CR8: the task priority's upper four bits, 0 to 15
 * @param codeWidth how wide the code at RIP is: 16, 32 or 64 bits
 */
public record SystemRegisters(Map<SegmentName, SegmentRegister> segments, DescriptorTable gdtr, DescriptorTable idtr,
        Map<ModelRegister, Long> models, List<Long> debug, long xcr0, int priority, int codeWidth) {
    /** Copies the collections. */
    public SystemRegisters {
        segments = Map.copyOf(segments);
        models = Map.copyOf(models);
        debug = List.copyOf(debug);
    }

    /**
     * {@return a segment register}
     *
     * @param name which
     */
    public SegmentRegister segment(final SegmentName name) {
        return segments.get(name);
    }

    /**
     * {@return a model-specific register}
     *
     * @param register which
     */
    public long model(final ModelRegister register) {
        return models.get(register);
    }
}

package ringside.profiler.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;

/**
 * A straight run of instructions, decoded once. A compare that is fused with the branch right behind it takes that
 * one's slot.
 *
 * @param address      of the first, virtual
 * @param instructions in order
 * @param steps        the same for the core that runs them
 */
record BlockCode(long address, StaticInstruction[] instructions, Step[] steps) {
    private static final String UNKNOWN = "(bad)";

    /** {@return the code of some bytes, all of them} What no disassembler knows is an instruction of one slot. */
    static BlockCode of(final long address, final byte[] bytes, final Disassembler disassembler,
            final InstructionDecoder decoder, final List<Microarchitecture.Scheduler> schedulers) {
        final List<StaticInstruction> found = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            final Optional<Instruction> one = disassembler.decode(bytes, at, bytes.length - at, address + at);
            final long place = address + at;
            final int length = one.map(Instruction::length).orElse(bytes.length - at);
            found.add(decoder.decode(one.orElseGet(() -> new Instruction(place, length, UNKNOWN, ""))));
            at += length;
        }
        final StaticInstruction[] all = found.toArray(StaticInstruction[]::new);
        for (int i = 1; i < all.length; i++) {
            if (all[i].flow() == Flow.CONDITIONAL && all[i - 1].has(Trait.FUSES_WITH_BRANCH)) {
                all[i - 1] = withPorts(all[i - 1], all[i].ports());
                all[i] = fused(all[i]);
            }
        }
        final Step[] steps = new Step[all.length];
        int offset = at;
        int plain = 0;
        for (int i = all.length - 1; i >= 0; i--) {
            offset -= all[i].length();
            steps[i] = new Step(all[i], offset, schedulers, plain);
            plain = steps[i].plainRun;
        }
        return new BlockCode(address, all, steps);
    }

    /** The pair goes where a branch can: a comparison to any such port, what has a result where it is computed, too. */
    private static StaticInstruction withPorts(final StaticInstruction a, final int branch) {
        final int both = a.ports() & branch;
        final int ports = branch == 0 || a.ports() == 0 ? a.ports() : !a.writesRegister() ? branch
                : both != 0 ? both : a.ports();
        return new StaticInstruction(a.length(), a.form(), a.flow(), a.slots(), ports, a.issues(), a.occupancy(),
                a.latency(), a.reads(), a.addresses(), a.writes(), a.loads(), a.stores(), a.traits(), a.serial());
    }

    private static StaticInstruction fused(final StaticInstruction b) {
        return new StaticInstruction(b.length(), b.form(), b.flow(), 0, 0, 0, 0, 0, b.reads(), b.addresses(),
                b.writes(), b.loads(), b.stores(), b.traits(), b.serial());
    }
}

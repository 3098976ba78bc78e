package ringside.console.repl.stop;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import ringside.console.repl.guest.RegisterView;
import ringside.emulator.event.EventKind;
import ringside.emulator.machine.Machine;
import ringside.emulator.travel.Condition;
import ringside.toolchain.disasm.Disassembler;

/**
 * A vCPU's register may be another: an instruction that may write it is executed, or the CPU is interrupted or reset.
 * Whether its value is another is for who stops there to see.
 *
 * <p>A repeated string instruction tells of its first iteration alone; of the others the machine has the number. They
 * count for the registers that such an instruction counts and walks with. RAX, which a repeated LODS loads each time,
 * is looked at behind its first iteration.
 */
public final class RegisterWritten implements Condition {
    private static final int[] NONE = {};
    private static final Set<String> OF_STRINGS = Set.of("rcx", "rsi", "rdi");

    private final Machine machine;
    private final int wanted;
    private final RegisterView register;
    private final WritingInstructions writing;
    private final boolean inStrings;
    private final Map<Integer, int[]> offsets = new HashMap<>();
    private long hits;

    /**
     * Makes a condition.
     *
     * @param machine  whose history is looked through
     * @param cpu      whose register
     * @param register which, or bits of it
     */
    public RegisterWritten(final Machine machine, final int cpu, final RegisterView register) {
        this.machine = machine;
        wanted = cpu;
        this.register = register;
        writing = new WritingInstructions(register);
        inStrings = register.operands().stream().anyMatch(OF_STRINGS::contains);
    }

    int cpu() {
        return wanted;
    }

    RegisterView register() {
        return register;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.CODE, EventKind.BLOCK, EventKind.EXCEPTION, EventKind.INTERRUPT, EventKind.RESET);
    }

    @Override
    public void code(final long cycle, final int cpu, final int code, final long address, final byte[] bytes,
            final int width) {
        if (cpu == wanted) {
            try (Disassembler decoder = width == Long.SIZE ? Disassembler.bits64()
                    : width == Integer.SIZE ? Disassembler.bits32() : Disassembler.bits16()) {
                offsets.put(code, writing.offsets(decoder, bytes, address));
            }
        }
    }

    @Override
    public void block(final long cycle, final int cpu, final int code, final long begin, final int size,
            final int instructions, final int level) {
        if (cpu == wanted) {
            for (final int offset : offsets.getOrDefault(code, NONE)) {
                hits += offset < size ? 1 : 0;
            }
        }
    }

    @Override
    public void exception(final long cycle, final int cpu, final int vector, final long code, final long rip) {
        hits += cpu == wanted ? 1 : 0;
    }

    @Override
    public void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
        hits += cpu == wanted ? 1 : 0;
    }

    @Override
    public void reset(final long cycle, final int cpu, final String cause) {
        hits++;
    }

    @Override
    public long hits() {
        return inStrings
            ? hits + machine.steps() - machine.instructions() - machine.otherSteps() : hits;
    }

    @Override
    public boolean stopsBefore() {
        return false;
    }
}

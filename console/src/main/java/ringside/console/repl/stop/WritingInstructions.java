package ringside.console.repl.stop;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import ringside.console.repl.guest.RegisterView;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;

/**
 * Which instructions may write a register. Of most it is known that they write at most what their first operand says;
 * of all others it is taken that they may write any.
 */
final class WritingInstructions {
    /** They write their first operand or nothing, but for flags (Intel SDM volume 2). */
    private static final Pattern FIRST_ALONE = Pattern.compile("mov|movabs|movzx|movsx|movsxd|lea|add|sub|adc|sbb|and"
        + "|or|xor|not|neg|inc|dec|cmp|test|shl|shr|sar|sal|rol|ror|rcl|rcr|shld|shrd|bt|bts|btr|btc|bsf|bsr|bswap"
        + "|popcnt|tzcnt|lzcnt|nop|pause|cli|sti|cld|std|clc|stc|cmc|hlt|swapgs|lfence|mfence|sfence|invlpg|out"
        + "|j[a-z]+|set[a-z]+|cmov[a-z]+|ltr|lldt|lgdt|lidt|lmsw|prefetch[a-z0-9]*|endbr64|ud2");
    /** They write their first operand, if they write one, and RSP. */
    private static final Pattern STACK = Pattern.compile("push|pop|call|ret|pushfq|popfq|pushfd|popfd|pushf|popf");
    private static final Set<String> PREFIXES = Set.of("lock", "notrack", "bnd");

    private final RegisterView register;

    WritingInstructions(final RegisterView register) {
        this.register = register;
    }

    /**
     * {@return the offsets of those in a straight run of instructions that may write it}
     *
     * @param decoder of such code
     * @param bytes   of it
     * @param address of the first one
     */
    int[] offsets(final Disassembler decoder, final byte[] bytes, final long address) {
        final int[] found = new int[bytes.length];
        int count = 0;
        int at = 0;
        while (at < bytes.length) {
            final Optional<Instruction> one = decoder.decode(bytes, at, bytes.length - at, address + at);
            if (one.isEmpty() || mayWrite(one.get().mnemonic(), one.get().operands())) {
                found[count++] = at;
            }
            at += one.map(Instruction::length).orElse(1);
        }
        return Arrays.copyOf(found, count);
    }

    /** {@return whether an instruction may write it} */
    boolean mayWrite(final String mnemonic, final String operands) {
        final String[] words = mnemonic.split(" ");
        final String name = words[words.length - 1];
        final boolean plain = words.length == 1 || words.length == 2 && PREFIXES.contains(words[0]);
        final String first = operands.split(",")[0].strip();
        if (plain && FIRST_ALONE.matcher(name).matches() || plain && "imul".equals(name) && operands.contains(",")) {
            return register.operands().contains(first) || register.instructions().contains(name)
                || register.mapped() && first.contains("[");
        }
        if (plain && STACK.matcher(name).matches()) {
            return register.instructions().contains(name) || "pop".equals(name) && register.operands().contains(first)
                || register.mapped();
        }
        return true;
    }
}

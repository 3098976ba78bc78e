package ringside.toolchain.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An instruction as written: prefixes, mnemonic and operands.
 *
 * @param prefix   {@code lock}, {@code rep}, {@code repe} or {@code repne}, or empty
 * @param mnemonic lower-case letters and digits
 * @param operands in Intel order
 */
record InstructionText(String prefix, String mnemonic, List<Operand> operands) {
    private static final Set<String> PREFIXES = Set.of("lock", "rep", "repe", "repz", "repne", "repnz");
    /** Words that Keystone takes for instructions, and does not come back from. */
    private static final Set<String> NO_INSTRUCTIONS =
            Set.of("rex64", "data16", "data32", "addr16", "addr32", "xacquire", "xrelease");

    static InstructionText parse(final Tokens tokens, final ExprParser.Names names) {
        final List<String> words = new ArrayList<>();
        words.add(mnemonicWord(tokens));
        if (PREFIXES.contains(words.getFirst()) && tokens.peek().kind() == Token.Kind.NAME) {
            words.add(mnemonicWord(tokens));
        }
        if (NO_INSTRUCTIONS.contains(words.getLast()) || Register.named(words.getLast()).isPresent()) {
            throw new Refusal("no such instruction, directive or macro: " + words.getLast());
        }
        if (PREFIXES.contains(words.getLast())) {
            throw new Refusal("a prefix such as '" + words.getLast() + "' needs one instruction after it");
        }
        final List<Operand> operands = new OperandParser(tokens, names).parseAll();
        return new InstructionText(words.size() == 2 ? canonical(words.getFirst()) : "", words.getLast(), operands);
    }

    private static String canonical(final String prefix) {
        return prefix.endsWith("z") ? prefix.substring(0, prefix.length() - 1) + "e" : prefix;
    }

    private static String mnemonicWord(final Tokens tokens) {
        final String word = tokens.expectName("an instruction");
        for (int i = 0; i < word.length(); i++) {
            final char c = word.charAt(i);
            final boolean letter = c >= 'a' && c <= 'z';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                throw new Refusal("no such instruction, directive or macro: " + word);
            }
        }
        return word;
    }
}

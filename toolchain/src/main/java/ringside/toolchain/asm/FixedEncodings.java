package ringside.toolchain.asm;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Instructions without operands that Keystone does not know or takes for others (Intel SDM volume 2). */
final class FixedEncodings {
    private static final Map<String, String> OPCODES = Map.of(
            "sysretq", "480f07",
            "retfq", "48cb",
            "endbr64", "f30f1efa",
            "endbr32", "f30f1efb",
            "movsd", "a5",
            "cmpsd", "a7");
    private static final Map<String, String> PREFIXES = Map.of("", "", "rep", "f3", "repe", "f3", "repne", "f2");

    private FixedEncodings() {
    }

    /** {@return the bytes of an instruction without operands, where they stand here} */
    static Optional<byte[]> of(final String prefix, final String mnemonic) {
        final String opcode = OPCODES.get(mnemonic);
        final String before = PREFIXES.get(prefix);
        return opcode == null || before == null ? Optional.empty()
                : Optional.of(HexFormat.of().parseHex(before + opcode));
    }
}

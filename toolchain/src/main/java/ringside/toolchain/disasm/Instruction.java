package ringside.toolchain.disasm;

import java.util.Objects;

/**
 * One decoded instruction, Intel syntax.
 *
 * @param address  of its first byte
 * @param length   1 to 15 bytes
 * @param mnemonic prefixes included, e.g. {@code rep movsq}
 * @param operands separated by {@code ", "}; empty where there are none
 */
public record Instruction(long address, int length, String mnemonic, String operands) {
    /** Refuses a length that no x86 instruction has (Intel SDM volume 2, 2.3.11). */
    public Instruction {
        Objects.requireNonNull(mnemonic, "mnemonic");
        Objects.requireNonNull(operands, "operands");
        if (length < 1 || length > Disassembler.LONGEST) {
            throw new IllegalArgumentException("an instruction has 1 to 15 bytes: length=" + length);
        }
    }

    /** {@return mnemonic and operands, e.g. {@code mov rax, rbx}} */
    public String text() {
        return operands.isEmpty() ? mnemonic : mnemonic + " " + operands;
    }
}

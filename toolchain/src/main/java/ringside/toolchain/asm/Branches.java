package ringside.toolchain.asm;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The encodings of jumps and calls to an address (Intel SDM volume 2: JMP, CALL, Jcc, LOOPcc, JRCXZ), which this
 * assembler makes by itself because their length depends on the layout.
 */
final class Branches {
    private static final String[] CONDITIONS = {
        "o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g"
    };
    // checkstyle: MagicNumber off
    private static final int NONE = -1;
    private static final Map<String, Opcode> OPCODES = opcodes();

    /**
     * A jump or call.
     *
     * @param name       canonical mnemonic
     * @param prefix     the byte before the short form, or -1
     * @param shortByte  opcode with an 8-bit distance, or -1 where there is none
     * @param nearEscape whether the near form starts with 0F
     * @param nearByte   opcode with a 32-bit distance, or -1 where there is none
     */
    record Opcode(String name, int prefix, int shortByte, boolean nearEscape, int nearByte) {
        int shortLength() {
            return prefix == NONE ? 2 : 3;
        }

        int nearLength() {
            return nearEscape ? 6 : 5;
        }

        boolean hasShort() {
            return shortByte != NONE;
        }

        boolean hasNear() {
            return nearByte != NONE;
        }

        byte[] encode(final boolean near, final long distance) {
            final byte[] code = new byte[near ? nearLength() : shortLength()];
            int at = 0;
            if (near) {
                if (nearEscape) {
                    code[at++] = 0x0f;
                }
                code[at++] = (byte) nearByte;
                for (int i = 0; i < Integer.BYTES; i++) {
                    code[at++] = (byte) (distance >> i * Byte.SIZE);
                }
            } else {
                if (prefix != NONE) {
                    code[at++] = (byte) prefix;
                }
                code[at++] = (byte) shortByte;
                code[at] = (byte) distance;
            }
            return code;
        }
    }

    private Branches() {
    }

    /** {@return how a jump or call is coded, or empty where the mnemonic is none or has no such form in this mode} */
    static Optional<Opcode> named(final String mnemonic, final int bits) {
        final String name = Aliases.canonical(mnemonic);
        if (name.equals("jrcxz") && bits == Integer.SIZE) {
            return Optional.empty();
        }
        if (name.equals("jecxz") && bits == Integer.SIZE) {
            return Optional.of(new Opcode(name, NONE, 0xe3, false, NONE));
        }
        return Optional.ofNullable(OPCODES.get(name));
    }

    /** {@return whether a mnemonic with a number as its operand would be a distance, in whatever mode} */
    static boolean isRelative(final String mnemonic) {
        return mnemonic.startsWith("j") || mnemonic.startsWith("loop") || mnemonic.equals("xbegin");
    }

    private static Map<String, Opcode> opcodes() {
        final Map<String, Opcode> map = new TreeMap<>();
        for (int i = 0; i < CONDITIONS.length; i++) {
            add(map, new Opcode("j" + CONDITIONS[i], NONE, 0x70 + i, true, 0x80 + i));
        }
        add(map, new Opcode("jmp", NONE, 0xeb, false, 0xe9));
        add(map, new Opcode("call", NONE, NONE, false, 0xe8));
        add(map, new Opcode("loopne", NONE, 0xe0, false, NONE));
        add(map, new Opcode("loope", NONE, 0xe1, false, NONE));
        add(map, new Opcode("loop", NONE, 0xe2, false, NONE));
        add(map, new Opcode("jrcxz", NONE, 0xe3, false, NONE));
        add(map, new Opcode("jecxz", 0x67, 0xe3, false, NONE));
        return map;
    }
    // checkstyle: MagicNumber on

    private static void add(final Map<String, Opcode> map, final Opcode opcode) {
        map.put(opcode.name(), opcode);
    }
}

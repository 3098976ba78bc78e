package ringside.profiler.model;

import java.util.List;
import java.util.Set;

/** Which flags instructions read and write: CF and the other arithmetic ones apart (Intel SDM volume 1, appendix A). */
final class FlagAccess {
    /** Bit of CF, {@link Resource#CARRY}. */
    static final int CARRY = 1;
    /** Bit of OF, SF, ZF, AF, PF, {@link Resource#FLAGS}. */
    static final int FLAGS = 2;
    /** Bit of DF, IF and the rest, {@link Resource#SYSTEM_FLAGS}. */
    static final int SYSTEM = 4;

    private static final Set<String> WRITE_ALL = Access.words("""
            add sub and or xor cmp test neg adc sbb shl sal shr sar rol ror rcl rcr shld shrd mul imul cmpxchg xadd bsf
            bsr lzcnt tzcnt popcnt comiss comisd ucomiss ucomisd ptest andn blsi blsr blsmsk bextr bzhi sahf rdrand
            rdseed fcomi fcomip fucomi fucomip cmpsb cmpsw cmpsd cmpsq scasb scasw scasd scasq pcmpestri pcmpistri
            pcmpestrm pcmpistrm vmcall vmlaunch vmresume""");
    private static final Set<String> WRITE_CARRY = Access.words("bt bts btr btc clc stc cmc adcx");
    private static final Set<String> WRITE_FLAGS = Access.words("inc dec cmpxchg8b cmpxchg16b lar lsl verr verw adox");
    private static final Set<String> READ_CARRY = Access.words("adc sbb rcl rcr cmc adcx");
    private static final Set<String> SHIFTS = Access.words("shl sal shr sar rol ror rcl rcr shld shrd");
    private static final Set<String> CONDITIONALS = Access.words("loope loopne adox");
    private static final Set<String> DIRECTED = Access.words("""
            movsb movsw movsd movsq stosb stosw stosd stosq lodsb lodsw lodsd lodsq scasb scasw scasd scasq cmpsb cmpsw
            cmpsd cmpsq insb insw insd outsb outsw outsd""");

    private FlagAccess() {
    }

    /** {@return what is read, bits} */
    static int reads(final String mnemonic, final List<Operand> operands) {
        final int condition = condition(mnemonic);
        if (condition != 0) {
            return condition;
        }
        int flags = READ_CARRY.contains(mnemonic) ? CARRY : 0;
        if (CONDITIONALS.contains(mnemonic)) {
            flags |= FLAGS;
        }
        if (DIRECTED.contains(mnemonic) && operands.stream().noneMatch(operand -> operand.kind().equals("x"))) {
            flags |= SYSTEM;
        }
        return flags | switch (mnemonic) {
            case "pushf", "pushfd", "pushfq", "syscall" -> CARRY | FLAGS | SYSTEM;
            case "lahf" -> CARRY | FLAGS;
            // OF stays.
            case "sahf" -> FLAGS;
            default -> 0;
        };
    }

    /** {@return what is written, bits} */
    static int writes(final String mnemonic, final List<Operand> operands) {
        if (operands.stream().anyMatch(operand -> operand.kind().equals("x")) && mnemonic.startsWith("cmps")) {
            return 0;
        }
        if (WRITE_ALL.contains(mnemonic)) {
            return CARRY | FLAGS;
        }
        if (WRITE_CARRY.contains(mnemonic)) {
            return CARRY;
        }
        if (WRITE_FLAGS.contains(mnemonic)) {
            return FLAGS;
        }
        return switch (mnemonic) {
            case "popf", "popfd", "popfq", "iret", "iretd", "iretq", "sysret", "sysretq" -> CARRY | FLAGS | SYSTEM;
            case "cld", "std", "cli", "sti", "syscall", "stac", "clac" -> SYSTEM;
            default -> 0;
        };
    }

    /** {@return whether a mnemonic is a shift or rotation by a number or CL} */
    static boolean isShift(final String mnemonic) {
        return SHIFTS.contains(mnemonic);
    }

    /** {@return whether a mnemonic is a branch, move or set on a condition} */
    static boolean isConditional(final String mnemonic) {
        return condition(mnemonic) != 0;
    }

    /** {@return the form's mnemonic for any condition, or the mnemonic} */
    static String general(final String mnemonic) {
        if (condition(mnemonic) == 0) {
            return mnemonic;
        }
        return mnemonic.startsWith("cmov") ? "cmovcc" : mnemonic.startsWith("set") ? "setcc" : "jcc";
    }

    private static int condition(final String mnemonic) {
        final String condition;
        if (mnemonic.startsWith("cmov")) {
            condition = mnemonic.substring("cmov".length());
        } else if (mnemonic.startsWith("set")) {
            condition = mnemonic.substring("set".length());
        } else if (mnemonic.startsWith("j")) {
            condition = mnemonic.substring(1);
        } else {
            return 0;
        }
        return switch (condition) {
            case "b", "c", "nae", "ae", "nb", "nc" -> CARRY;
            case "a", "nbe", "be", "na" -> CARRY | FLAGS;
            case "o", "no", "e", "z", "ne", "nz", "s", "ns", "p", "pe", "np", "po", "l", "nge", "ge", "nl", "le", "ng",
                "g", "nle" -> FLAGS;
            default -> 0;
        };
    }
}

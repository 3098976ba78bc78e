package ringside.profiler.model;

import java.util.List;
import java.util.Set;

/**
 * What instructions do with their operands: the first one is read, written or both, the others are read. Which is
 * which is a matter of the mnemonic (Intel SDM volume 2), and so is what they do with registers that no operand names.
 */
final class Access {
    private static final Set<String> READ_ONLY = words("""
            cmp test bt push ptest comiss comisd ucomiss ucomisd jmp call mul div idiv fld fild fadd fsub fmul fdiv
            fsubr fdivr fcom fcomp fldcw fldenv frstor ldmxcsr nop prefetchnta prefetcht0 prefetcht1 prefetcht2
            prefetchw fxrstor fxrstor64 xrstor xrstor64
            xrstors xrstors64 lgdt lidt lldt ltr lmsw invlpg clflush clflushopt clwb
            wrfsbase wrgsbase verr verw out ret retf int cldemote ud0 ud1 loop loope loopne jrcxz jecxz jcxz vmptrld
            vmclear vmxon enter""");
    private static final Set<String> WRITE_ONLY = words("""
            mov movabs movzx movsx movsxd movbe lea pop lzcnt tzcnt popcnt rorx sarx shlx shrx andn pdep pext bextr bzhi
            blsi blsr blsmsk mulx pextrb pextrw pextrd pextrq pmovmskb movmskps movmskpd movd movq movaps movapd movups
            movupd movdqa movdqu lddqu movntdq movntdqa movntps movntpd movnti pshufd pshuflw pshufhw pabsb pabsw pabsd
            sqrtps sqrtpd rcpps rsqrtps aesimc aeskeygenassist cvttsd2si cvttss2si cvtsd2si cvtss2si cvtdq2ps cvtps2dq
            cvttps2dq cvtdq2pd cvtps2pd cvtpd2ps fst fstp fist fistp fisttp fnstcw fnstsw fnstenv fnsave fxsave fxsave64
            xsave xsave64 xsaveopt xsaveopt64 xsavec xsavec64 xsaves xsaves64 stmxcsr sgdt sidt sldt str smsw rdfsbase
            rdgsbase rdrand rdseed in lar lsl rdpid movddup movshdup movsldup phminposuw vmptrst extractps
            pmovzxbw pmovzxbd pmovzxbq pmovzxwd pmovzxwq pmovzxdq pmovsxbw pmovsxbd pmovsxbq pmovsxwd pmovsxwq pmovsxdq
            """);
    /** Their scalar or half forms keep the rest of a register, but take all of it from memory or store it. */
    private static final Set<String> PARTS = words("movss movsd movhps movlps movhpd movlpd");
    private static final Set<String> NO_MEMORY = words("""
            lea nop prefetchnta prefetcht0 prefetcht1 prefetcht2 prefetchw invlpg clflush clflushopt clwb cldemote
            ud0 ud1""");
    private static final Set<String> SWAPS = words("xchg xadd");

    private Access() {
    }

    /** {@return whether the first operand is written, and its old value not read} */
    static boolean writesOnly(final String mnemonic, final List<Operand> operands) {
        if (mnemonic.equals("imul")) {
            return operands.size() == 3;
        }
        if (PARTS.contains(mnemonic)) {
            return operands.getFirst().isMemory() || mnemonic.startsWith("movs") && operands.getLast().isMemory();
        }
        return mnemonic.startsWith("set") || WRITE_ONLY.contains(mnemonic);
    }

    /** {@return whether the first operand is only read} */
    static boolean readsOnly(final String mnemonic, final List<Operand> operands) {
        return READ_ONLY.contains(mnemonic) || mnemonic.startsWith("j")
                || mnemonic.equals("imul") && operands.size() == 1;
    }

    /** {@return whether the second operand is written as well} */
    static boolean swaps(final String mnemonic) {
        return SWAPS.contains(mnemonic);
    }

    /** {@return whether a memory operand is an address and no access} */
    static boolean noMemory(final String mnemonic) {
        return NO_MEMORY.contains(mnemonic);
    }

    /** {@return the registers that are read and named by no operand; {@code narrow}: of a one-byte operand} */
    static String implicitReads(final String mnemonic, final int operands, final boolean narrow) {
        return switch (mnemonic) {
            case "mul", "cbw", "cwde", "cdqe", "cwd", "cdq", "cqo", "cmpxchg", "sahf", "xlatb" -> "rax";
            case "imul" -> operands == 1 ? "rax" : "";
            case "div", "idiv" -> narrow ? "rax" : "rax rdx";
            case "cmpxchg8b", "cmpxchg16b" -> "rax rdx rbx rcx";
            case "mulx" -> "rdx";
            case "cpuid", "vmfunc" -> "rax rcx";
            case "rdmsr", "rdpmc", "xgetbv", "loop", "loope", "loopne", "jrcxz", "jecxz" -> "rcx";
            case "wrmsr", "xsetbv", "monitor", "vmcall" -> "rax rcx rdx";
            case "mwait" -> "rax rcx";
            case "sysret", "sysretq", "sysexit" -> "rcx r11";
            case "xsave", "xsave64", "xsaveopt", "xsaveopt64", "xsavec", "xsavec64", "xsaves", "xsaves64", "xrstor",
                "xrstor64", "xrstors", "xrstors64" -> "rax rdx";
            case "out" -> "rdx rax";
            case "in" -> "rdx";
            case "pblendvb", "blendvps", "blendvpd", "sha256rnds2" -> "xmm0";
            case "leave", "enter" -> "rbp";
            default -> "";
        };
    }

    /** {@return the registers that are written and named by no operand} */
    static String implicitWrites(final String mnemonic, final int operands, final boolean narrow) {
        return switch (mnemonic) {
            case "mul" -> narrow ? "rax" : "rax rdx";
            case "imul" -> operands > 1 ? "" : narrow ? "rax" : "rax rdx";
            case "div", "idiv" -> narrow ? "rax" : "rax rdx";
            case "cbw", "cwde", "cdqe", "cmpxchg", "lahf", "xlatb" -> "rax";
            case "cwd", "cdq", "cqo" -> "rdx";
            case "cmpxchg8b", "cmpxchg16b", "rdtsc", "rdmsr", "rdpmc", "xgetbv" -> "rax rdx";
            case "rdtscp" -> "rax rdx rcx";
            case "cpuid" -> "rax rbx rcx rdx";
            case "loop", "loope", "loopne" -> "rcx";
            case "syscall" -> "rcx r11";
            case "leave", "enter" -> "rbp rsp";
            case "iret", "iretd", "iretq" -> "rsp";
            default -> "";
        };
    }

    /** {@return a set of the words of a text} */
    static Set<String> words(final String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}

package ringside.profiler.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which instructions cost a fixed number of cycles, and which of these no user-mode loop can measure. */
final class FixedCosts {
    /** Those that user-mode code can run and so measure. */
    private static final Set<FixedCost> MEASURABLE = EnumSet.of(FixedCost.CPUID, FixedCost.MFENCE, FixedCost.LFENCE,
            FixedCost.SFENCE, FixedCost.PAUSE, FixedCost.RDTSC, FixedCost.RDTSCP, FixedCost.FXSAVE, FixedCost.FXRSTOR,
            FixedCost.XSAVE, FixedCost.XRSTOR, FixedCost.XGETBV, FixedCost.PUSHF, FixedCost.POPF, FixedCost.DIRECTION,
            FixedCost.SEGMENT_LOAD, FixedCost.SEGMENT_BASE, FixedCost.CLFLUSH, FixedCost.RANDOM);

    private static final Set<FixedCost> DROPPING =
            EnumSet.of(FixedCost.CR3_FLUSH, FixedCost.CONTROL_REGISTER, FixedCost.INVLPG);

    private FixedCosts() {
    }

    /** {@return whether results that lean on it have to say so} */
    static boolean isPrivileged(final FixedCost cost) {
        return !MEASURABLE.contains(cost);
    }

    /** {@return whether it may drop translations, and CR3 may be written so that it does not} */
    static boolean mayDropTranslations(final FixedCost cost) {
        return DROPPING.contains(cost);
    }

    /** {@return the cost of an instruction that has one} */
    static Optional<FixedCost> of(final String mnemonic, final List<Operand> operands) {
        if (List.of("mov", "pop").contains(mnemonic) && !operands.isEmpty()) {
            return ofMove(operands);
        }
        return Optional.ofNullable(switch (mnemonic) {
            case "syscall", "sysenter" -> FixedCost.SYSCALL;
            case "sysret", "sysretq", "sysexit", "sysexitq" -> FixedCost.SYSRET;
            case "swapgs" -> FixedCost.SWAPGS;
            case "clts", "lmsw" -> FixedCost.CONTROL_REGISTER;
            case "wrmsr" -> FixedCost.WRMSR;
            case "rdmsr" -> FixedCost.RDMSR;
            case "iret", "iretd", "iretq" -> FixedCost.IRET;
            case "ud0", "ud1", "ud2" -> FixedCost.EXCEPTION_ENTRY;
            case "int", "int1", "int3", "into" -> FixedCost.SOFTWARE_INTERRUPT;
            case "invlpg" -> FixedCost.INVLPG;
            case "invpcid", "invept", "invvpid" -> FixedCost.INVPCID;
            case "vmfunc" -> FixedCost.VMFUNC;
            case "vmcall", "vmmcall", "vmlaunch", "vmresume", "vmrun", "vmxon", "vmxoff", "vmptrld", "vmptrst",
                "vmclear", "vmread", "vmwrite" -> FixedCost.HYPERCALL;
            case "cpuid", "serialize" -> FixedCost.CPUID;
            case "hlt" -> FixedCost.HLT_WAKE;
            case "monitor", "mwait" -> FixedCost.MWAIT;
            case "mfence" -> FixedCost.MFENCE;
            case "lfence" -> FixedCost.LFENCE;
            case "sfence" -> FixedCost.SFENCE;
            case "pause" -> FixedCost.PAUSE;
            case "rdtsc" -> FixedCost.RDTSC;
            case "rdtscp" -> FixedCost.RDTSCP;
            case "rdpmc" -> FixedCost.RDPMC;
            case "fxsave", "fxsave64" -> FixedCost.FXSAVE;
            case "fxrstor", "fxrstor64" -> FixedCost.FXRSTOR;
            case "xsave", "xsave64", "xsaveopt", "xsaveopt64", "xsavec", "xsavec64", "xsaves", "xsaves64", "fnsave" ->
                FixedCost.XSAVE;
            case "xrstor", "xrstor64", "xrstors", "xrstors64", "frstor" -> FixedCost.XRSTOR;
            case "xgetbv" -> FixedCost.XGETBV;
            case "xsetbv" -> FixedCost.XSETBV;
            case "cli", "clac" -> FixedCost.CLI;
            case "sti", "stac" -> FixedCost.STI;
            case "pushf", "pushfd", "pushfq" -> FixedCost.PUSHF;
            case "popf", "popfd", "popfq" -> FixedCost.POPF;
            case "cld", "std" -> FixedCost.DIRECTION;
            case "lss", "lfs", "lgs" -> FixedCost.SEGMENT_LOAD;
            case "rdfsbase", "rdgsbase", "wrfsbase", "wrgsbase", "rdpid" -> FixedCost.SEGMENT_BASE;
            case "lgdt", "lidt", "lldt", "ltr", "sgdt", "sidt", "sldt", "str", "smsw", "lar", "lsl", "verr", "verw" ->
                FixedCost.TABLE_LOAD;
            case "ljmp", "lcall", "retf", "retfq" -> FixedCost.FAR_TRANSFER;
            case "in", "out", "insb", "insw", "insd", "outsb", "outsw", "outsd" -> FixedCost.PORT;
            case "wbinvd", "invd", "wbnoinvd" -> FixedCost.WBINVD;
            case "clflush", "clflushopt", "clwb" -> FixedCost.CLFLUSH;
            case "rdrand", "rdseed" -> FixedCost.RANDOM;
            default -> null;
        });
    }

    /** Whether bit 63 of a new CR3 is set is known at run time only: a core asks for {@code CR3_KEEP} where it is. */
    private static Optional<FixedCost> ofMove(final List<Operand> operands) {
        final String to = operands.getFirst().kind();
        final String from = operands.getLast().kind();
        if (to.equals("sreg")) {
            return Optional.of(FixedCost.SEGMENT_LOAD);
        }
        if (to.equals("dr") || from.equals("dr")) {
            return Optional.of(FixedCost.DEBUG_REGISTER);
        }
        if (to.equals("cr")) {
            return Optional.of(operands.getFirst().isPageTableBase()
                    ? FixedCost.CR3_FLUSH : FixedCost.CONTROL_REGISTER);
        }
        return from.equals("cr") ? Optional.of(FixedCost.CONTROL_REGISTER) : Optional.empty();
    }
}

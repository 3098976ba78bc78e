package ringside.emulator.engine.unicorn;

import java.util.List;
import java.util.stream.Stream;

/** Where libunicorn's CPU is not the manual's: the helpers that stubs stand in for. */
final class CpuInterpositions {
    private static final int GENERAL_PROTECTION = 13;

    private CpuInterpositions() {
    }

    static List<Interposition> all() {
        return Stream.of(system(), X87Stubs.all(), SimdStubs.all()).flatMap(List::stream).toList();
    }

    private static List<Interposition> system() {
        return List.of(
                new Interposition("helper_rdmsr_x86_64", SystemStubs::emitReadMsr),
                new Interposition("helper_wrmsr_x86_64", SystemStubs::emitWriteMsr),
                new Interposition("helper_read_crN_x86_64", SystemStubs::emitReadControl),
                new Interposition("helper_write_crN_x86_64", SystemStubs::emitWriteControl),
                new Interposition("helper_get_dr_x86_64", SystemStubs::emitReadDebug),
                new Interposition("helper_set_dr_x86_64", SystemStubs::emitWriteDebug),
                new Interposition("cpu_x86_update_cr3_x86_64", SystemStubs::emitNewRoot),
                new Interposition("x86_cpu_tlb_fill_x86_64", CanonicalStubs::emitTranslate),
                new Interposition("helper_iret_protected_x86_64", CanonicalStubs::emitInterruptReturn),
                new Interposition("helper_lret_protected_x86_64", CanonicalStubs::emitFarReturn),
                new Interposition("helper_ljmp_protected_x86_64", CanonicalStubs::emitFarJump),
                new Interposition("helper_lcall_protected_x86_64", CanonicalStubs::emitFarCall),
                new Interposition("helper_sysret_x86_64", CanonicalStubs::emitSystemReturn),
                new Interposition("helper_ltr_x86_64", TaskStubs::emitLoadTaskRegister),
                new Interposition("helper_lldt_x86_64", SegmentStubs::emitLoadLocalTable),
                new Interposition("helper_load_seg_x86_64", SegmentStubs::emitLoad),
                new Interposition("helper_reset_rf_x86_64", DebugStubs::emitResumed),
                new Interposition("cpu_abort_x86_64", TaskStubs::emitAbort),
                new Interposition("gen_intermediate_code_x86_64", TranslationStubs::emitLimit),
                new Interposition("tcg_gen_atomic_cmpxchg_i64_x86_64", ExchangeStubs::emitExchange),
                new Interposition("tcg_gen_movcond_i64_x86_64", ExchangeStubs::emitSelect),
                new Interposition("tcg_gen_ext32u_i64_x86_64", ExchangeStubs::emitExtend),
                new Interposition("helper_ldmxcsr_x86_64", FloatingPointStubs::emitLoad),
                new Interposition("update_mxcsr_status_x86_64", FloatingPointStubs::emitUpdate),
                new Interposition("helper_fxsave_x86_64", FloatingPointStubs::emitSave),
                new Interposition("helper_xsave_x86_64", FloatingPointStubs::emitExtendedSave),
                new Interposition("helper_xsaveopt_x86_64", FloatingPointStubs::emitOptimisedSave),
                new Interposition("cpu_watchpoint_address_matches_x86_64", DebugStubs::emitPage),
                new Interposition("cpu_check_watchpoint_x86_64", DebugStubs::emitAccess),
                new Interposition("helper_single_step_x86_64", DebugStubs::emitStep),
                new Interposition("helper_hlt_x86_64", DebugStubs::emitHalt),
                // No counter exists, so every number of one is invalid (Intel SDM volume 2, RDPMC).
                new Interposition("helper_rdpmc_x86_64",
                        (c, originals) -> Interposition.emitRaise(c, originals, GENERAL_PROTECTION)));
    }
}

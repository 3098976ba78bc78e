; WAIT is a #NM only where CR0.MP and CR0.TS are both set.
;
; manual: SDM 3A 2.5, table 2-2
; expect:
;   no exception
;   #NM rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  wait_asks_for_both_ts_and_mp
wait_asks_for_both_ts_and_mp:
        CLEAR_CR cr0, CR0_MP
        SET_CR  cr0, CR0_TS
        CATCH   {fwait}
        SET_CR  cr0, CR0_MP | CR0_TS
        CATCH   {fwait}
        ret

; With CR4.SMEP a fetch at level 0 from a page of level 3 is a #PF with P and I/D; level 3 may still fetch.
;
; manual: SDM 3A 4.6.1, 4.7
; expect:
;   #PF error=0x11 rip=0x80000000 cr2=0x80000000
;   no exception
;   left

%include "runtime/conformance.inc"

        section .text
global  page_fault_by_supervisor_mode_execution_prevention
page_fault_by_supervisor_mode_execution_prevention:
        NEED    7, 0, ebx, 7, "SMEP"
        SET_CR  cr4, CR4_SMEP
; int VECTOR_MISSED
        mov     word [rel scratch], VECTOR_MISSED << 8 | 0xcd
        MAP     0, scratch, PTE_P | PTE_W | PTE_U
        mov     ebx, WINDOW
        CATCH   {jmp rbx}
        CATCH_USER {jmp rbx}
        SAY     "left"
        ret

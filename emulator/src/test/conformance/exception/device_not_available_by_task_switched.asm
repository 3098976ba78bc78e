; With CR0.TS set, x87, MMX and SSE instructions are a #NM; CLTS ends that. FXSAVE is one of them, LDMXCSR too.
;
; manual: SDM 3A 2.5, 6.15 (interrupt 7)
; expect:
;   #NM rip=+0x0
;   #NM rip=+0x0
;   #NM rip=+0x0
;   #NM rip=+0x0
;   #NM rip=+0x0
;   #NM rip=+0x0 cpl=0x3
;   no exception

%include "runtime/conformance.inc"

        section .text
global  device_not_available_by_task_switched
device_not_available_by_task_switched:
        SET_CR  cr0, CR0_TS
        mov     rbx, scratch
        CATCH   {fld1}
        CATCH   {movq mm0, rax}
        CATCH   {movd xmm0, eax}
        CATCH   {fxsave64 [rbx]}
        CATCH   {ldmxcsr [rbx]}
        CATCH_USER {fld1}
        clts
        CATCH   {fld1}
        fninit
        ret

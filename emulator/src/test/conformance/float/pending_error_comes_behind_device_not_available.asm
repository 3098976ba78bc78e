; With CR0.TS set an x87 or MMX instruction is a #NM also where an x87 exception is pending, whose owner may be another
; task; with CR0.EM it is a #NM, or a #UD for MMX. A conditional move is no exception to that.
;
; manual: SDM 3A 2.5, 6.9 (table 6-2), 13.5.1
; expect:
;   #NM rip=+0x0
;   #NM rip=+0x0
;   #NM rip=+0x0
;   #NM rip=+0x0
;   #NM rip=+0x0
;   #NM rip=+0x0
;   #UD rip=+0x0
;   no exception

%include "runtime/conformance.inc"

        section .text
global  pending_error_comes_behind_device_not_available
pending_error_comes_behind_device_not_available:
        mov     rbx, scratch
        mov     word [rbx + 8], 0x37b
        fninit
        fldcw   [rbx + 8]
        fldz
        fld1
        db      0xd8, 0xf1              ; fdiv st0, st1
        SET_CR  cr0, CR0_TS
        CATCH   {fld1}
        CATCH   {fld dword [rbx]}
; fcmovb st0, st1
        CATCH   {db 0xda, 0xc1}
        CATCH   {movq mm0, rax}
        CLEAR_CR cr0, CR0_TS
        SET_CR  cr0, CR0_EM
        CATCH   {fld1}
        CATCH   {db 0xda, 0xc1}
        CATCH   {movq mm0, rax}
        CLEAR_CR cr0, CR0_EM
        CATCH   {fninit}
        ret

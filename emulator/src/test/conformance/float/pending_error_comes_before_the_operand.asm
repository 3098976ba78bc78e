; A pending x87 exception is a #MF before the operand in memory is looked at: no #PF, no #GP.
;
; manual: SDM 1 8.6; 3A 6.9
; qemu: differs, TCG raises it at WAIT only (SDM 1 8.7)
; expect:
;   #MF rip=+0x0
;   #MF rip=+0x0
;   #PF error=0x0 rip=+0x0 cr2=0x80000000

%include "runtime/conformance.inc"

        section .text
global  pending_error_comes_before_the_operand
pending_error_comes_before_the_operand:
        mov     word [rel scratch], 0x37b
        fninit
        fldcw   [rel scratch]
        fldz
        fld1
        db      0xd8, 0xf1              ; fdiv st0, st1
        mov     ebx, WINDOW
        mov     rcx, 1 << 63
        CATCH   {fld dword [rbx]}
        CATCH   {fadd qword [rcx]}
        fnclex
        CATCH   {fadd qword [rbx]}
        fninit
        ret

; With an x87 exception pending each x87 instruction that waits is a #MF, before it has done anything: arithmetic,
; loads, stores, comparisons, and a conditional move whose condition is false.
;
; manual: SDM 1 8.6, 8.7; 3A 6.15 (interrupt 16)
; qemu: differs, TCG raises it at WAIT only (SDM 1 8.7)
; expect:
;   #MF rip=+0x0
;   #MF rip=+0x0
;   #MF rip=+0x0
;   #MF rip=+0x0
;   #MF rip=+0x0
;   #MF rip=+0x0
;   #MF rip=+0x0
;   #MF rip=+0x0
;   #MF rip=+0x0
;   #MF rip=+0x0
;   #MF rip=+0x0
;   #MF rip=+0x0
;   #MF rip=+0x0
;   stored=0x0
;   status=0xb084

%include "runtime/conformance.inc"

        section .text
global  pending_error_comes_at_what_waits
pending_error_comes_at_what_waits:
        mov     rbx, scratch
        mov     word [rbx + 64], 0x37b
        fninit
        fldcw   [rbx + 64]
        fldz
        fld1
        db      0xd8, 0xf1              ; fdiv st0, st1
; fadd st0, st1
        CATCH   {db 0xd8, 0xc1}
        CATCH   {fld1}
        CATCH   {fld dword [rbx + 32]}
        CATCH   {fild word [rbx + 32]}
        CATCH   {fstp qword [rbx]}
        CATCH   {fistp dword [rbx]}
; fxch st1
        CATCH   {db 0xd9, 0xc9}
; fcomi st0, st1
        CATCH   {db 0xdb, 0xf1}
        CATCH   {fsin}
        CATCH   {fldcw [rbx + 64]}
        CATCH   {frstor [rbx]}
        CATCH   {fnop}
; fcmovb st0, st1, whose condition is false: the flags are clear
        CATCH   {db 0xda, 0xc1}
        FACT    "stored", qword [rbx]
        fnstsw  ax
        movzx   eax, ax
        and     eax, 0xb8ff
        FACT    "status", rax
        fninit
        ret

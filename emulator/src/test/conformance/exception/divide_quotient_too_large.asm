; A quotient that does not fit is the same #DE as a division by zero, in every width, for DIV and IDIV.
;
; manual: SDM 2A DIV, IDIV; 3A 6.15 (interrupt 0)
; expect:
;   #DE rip=+0x0
;   #DE rip=+0x0
;   #DE rip=+0x0
;   #DE rip=+0x0
;   rax=0x8000000000000000
;   rdx=0xffffffffffffffff
;   #DE rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  divide_quotient_too_large
divide_quotient_too_large:
        mov     ecx, 1
        mov     eax, 0x100
        CATCH   {div cl}
        mov     edx, 1
        CATCH   {div ecx}
        CATCH   {div rcx}
        mov     rax, 0x8000_0000_0000_0000
        mov     rdx, -1
        mov     rcx, -1
        CATCH   {idiv rcx}
        FACT    "rax", rax
        FACT    "rdx", rdx
; 128 does not fit into AL as a signed quotient
        mov     eax, 128
        mov     ecx, 1
        CATCH   {idiv cl}
        ret

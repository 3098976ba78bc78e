; A division by zero is a #DE, a fault: RIP is the instruction's and the registers are as before.
;
; manual: SDM 2A DIV; 3A 6.15 (interrupt 0)
; expect:
;   #DE rip=+0x0
;   rax=0x64
;   rdx=0x0
;   #DE rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  divide_by_zero
divide_by_zero:
        mov     eax, 100
        xor     edx, edx
        xor     ecx, ecx
        CATCH   {div ecx}
        FACT    "rax", rax
        FACT    "rdx", rdx
        CATCH   {idiv cl}
        ret

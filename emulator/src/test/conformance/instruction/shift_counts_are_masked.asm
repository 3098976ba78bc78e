; A shift by 0 changes no flag; counts are taken modulo 32, or 64 for 64-bit operands.
;
; manual: SDM 2B SAL
; expect:
;   flags: CF ZF
;   eax=0x2
;   rax=0x100000000
;   rcx=0x1

%include "runtime/conformance.inc"

        section .text
global  shift_counts_are_masked
shift_counts_are_masked:
        mov     eax, 1
        mov     ecx, 32
        cmp     eax, eax
        stc
        shl     eax, cl
        pushfq
        pop     rbx
        FLAGS   "flags", rbx, FLAG_CF | FLAG_ZF
        mov     ecx, 33
        shl     eax, cl
        FACT    "eax", rax
        mov     eax, 1
        mov     ecx, 32
        shl     rax, cl
        FACT    "rax", rax
        mov     eax, 1
        mov     ecx, 64
        shl     rax, cl
        FACT    "rcx", rax
        ret

; XSAVE64 writes the parts that are asked for and says so in XSTATE_BV; XRSTOR64 brings them back, and resets
; those that it says are not there.
;
; manual: SDM 1 13.7, 13.8
; expect:
;   bv=0x2
;   xmm3=0x77
;   xmm3=0x0

%include "runtime/conformance.inc"

        section .text
global  extended_save_area
extended_save_area:
        NEED    1, 0, ecx, 26, "XSAVE"
        SET_CR  cr4, CR4_OSXSAVE
        xor     ecx, ecx
        xor     edx, edx
        mov     eax, 3
        xsetbv
        mov     rdi, scratch
        mov     eax, 0x77
        movq    xmm3, rax
        mov     eax, 2
        xsave64 [rdi]
        FACT    "bv", qword [rdi + 512]
        xorps   xmm3, xmm3
        mov     eax, 2
        xrstor64 [rdi]
        movq    rbx, xmm3
        FACT    "xmm3", rbx
        mov     qword [rdi + 512], 0
        mov     eax, 2
        xrstor64 [rdi]
        movq    rbx, xmm3
        FACT    "xmm3", rbx
        ret

; XSETBV without x87, with AVX but no SSE, with a reserved bit, to another register or at level 3 is a #GP(0).
;
; manual: SDM 2D XSETBV; 1 13.3
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   xcr0=0x3

%include "runtime/conformance.inc"

        section .text
global  extended_control_register_refuses_nonsense
extended_control_register_refuses_nonsense:
        NEED    1, 0, ecx, 26, "XSAVE"
        SET_CR  cr4, CR4_OSXSAVE
        xor     ecx, ecx
        xor     edx, edx
        mov     eax, 3
        xsetbv
        mov     eax, 2
        CATCH   {xsetbv}
        mov     eax, 5
        CATCH   {xsetbv}
        mov     edx, 1 << 29
        mov     eax, 3
        CATCH   {xsetbv}
        xor     edx, edx
        mov     ecx, 1
        CATCH   {xsetbv}
        xor     ecx, ecx
        CATCH_USER {xsetbv}
        xgetbv
        FACT    "xcr0", rax
        ret

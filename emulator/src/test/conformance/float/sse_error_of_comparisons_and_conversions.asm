; COMISS with a NaN leaves the flags when it raises #XM, a conversion that does not fit leaves its register; UCOMISS
; takes a quiet NaN.
;
; manual: SDM 1 11.5.2.1, 11.5.3; 2A COMISS, CVTTSS2SI, UCOMISS
; qemu: differs, TCG knows masked results only (SDM 1 11.5.3)
; expect:
;   #XM rip=+0x1
;   flags: CF
;   no exception
;   #XM rip=+0x0
;   rdx=0x1234567890abcdef
;   #XM rip=+0x0
;   rdx=0x1234567890abcdef
;   #XM rip=+0x0
;   xmm0=0x7fc00000
;   mxcsr=0x1

%include "runtime/conformance.inc"

        section .text
global  sse_error_of_comparisons_and_conversions
sse_error_of_comparisons_and_conversions:
        mov     rbx, scratch
        mov     eax, 0x7fc0_0000
        movd    xmm0, eax
        xorps   xmm1, xmm1
        mov     dword [rbx], 0x1f00
        ldmxcsr [rbx]
        TRY     .compared
        stc
        comiss  xmm0, xmm1
        CAUGHT  .compared
        FLAGS   "flags", qword [rel last_flags], FLAG_CF | FLAG_ZF | FLAG_PF
        CATCH   {ucomiss xmm0, xmm1}
        mov     rdx, 0x1234_5678_90ab_cdef
        CATCH   {cvttss2si edx, xmm0}
        FACT    "rdx", rdx
        CATCH   {cvtss2si rdx, xmm0}
        FACT    "rdx", rdx
        CATCH   {cmpltss xmm0, xmm1}
        movq    rax, xmm0
        FACT    "xmm0", rax
        stmxcsr [rbx]
        mov     eax, [rbx]
        and     eax, 0x3f
        FACT    "mxcsr", rax
        mov     dword [rbx], 0x1f80
        ldmxcsr [rbx]
        ret

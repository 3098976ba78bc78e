; FXSAVE64 and FXRSTOR64 carry x87, MXCSR and all 16 XMM registers.
;
; manual: SDM 2A FXSAVE, FXRSTOR
; expect:
;   xmm15=0x1234
;   mxcsr=0x1fa0
;   top=0x3800

%include "runtime/conformance.inc"

        section .text
global  save_and_restore_of_sse_state
save_and_restore_of_sse_state:
        mov     rdi, scratch
        mov     dword [rdi + PAGE], 0x1fa0
        ldmxcsr [rdi + PAGE]
        mov     eax, 0x1234
        movq    xmm15, rax
        fld1
        fxsave64 [rdi]
        fninit
        xorps   xmm15, xmm15
        mov     dword [rdi + PAGE], 0x1f80
        ldmxcsr [rdi + PAGE]
        fxrstor64 [rdi]
        movq    rax, xmm15
        FACT    "xmm15", rax
        stmxcsr [rdi + PAGE]
        mov     eax, [rdi + PAGE]
        FACT    "mxcsr", rax
        fnstsw  ax
        movzx   eax, ax
        FACT    "top", rax
        ret

; With CR4.OSXMMEXCPT clear an SSE exception that is not masked is a #UD.
;
; manual: SDM 1 11.5.3; 3A 2.5 (OSXMMEXCPT)
; qemu: differs, TCG knows masked results only (SDM 1 11.5.3)
; expect:
;   #UD rip=+0x0
;   mxcsr=0x4

%include "runtime/conformance.inc"

        section .text
global  sse_error_without_operating_system_support
sse_error_without_operating_system_support:
        mov     rbx, scratch
        mov     eax, 0x3f80_0000
        movd    xmm0, eax
        xorps   xmm1, xmm1
        mov     dword [rbx], 0x1d80
        ldmxcsr [rbx]
        CLEAR_CR cr4, CR4_OSXMMEXCPT
        CATCH   {divss xmm0, xmm1}
        SET_CR  cr4, CR4_OSXMMEXCPT
        stmxcsr [rbx]
        mov     eax, [rbx]
        and     eax, 0x3f
        FACT    "mxcsr", rax
        mov     dword [rbx], 0x1f80
        ldmxcsr [rbx]
        ret

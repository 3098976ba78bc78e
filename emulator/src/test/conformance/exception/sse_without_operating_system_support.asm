; With CR4.OSFXSR clear an SSE instruction is a #UD; MMX and PREFETCH do not ask for it.
;
; manual: SDM 3A 2.5, 13.1.2; 2A table 2-21
; expect:
;   #UD rip=+0x0
;   #UD rip=+0x0
;   no exception
;   no exception

%include "runtime/conformance.inc"

        section .text
global  sse_without_operating_system_support
sse_without_operating_system_support:
        CLEAR_CR cr4, CR4_OSFXSR
        mov     rbx, scratch
        CATCH   {movd xmm0, eax}
        CATCH   {ldmxcsr [rbx]}
        CATCH   {movq mm0, rax}
        CATCH   {prefetcht0 [rbx]}
        emms
        ret

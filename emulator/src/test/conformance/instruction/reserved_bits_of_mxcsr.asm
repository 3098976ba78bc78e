; A reserved bit of MXCSR is a #GP(0) for LDMXCSR and FXRSTOR, which then load nothing.
;
; manual: SDM 2A LDMXCSR, FXRSTOR
; qemu: differs, TCG takes any bit (SDM 2A LDMXCSR)
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   mxcsr=0x1f80

%include "runtime/conformance.inc"

        section .text
global  reserved_bits_of_mxcsr
reserved_bits_of_mxcsr:
        mov     rdi, scratch
        fxsave64 [rdi]
        bts     dword [rdi + 24], 31
        CATCH   {fxrstor64 [rdi]}
        mov     dword [rdi + PAGE], 0x1_1f80
        CATCH   {ldmxcsr [rdi + PAGE]}
        stmxcsr [rdi + PAGE]
        mov     eax, [rdi + PAGE]
        FACT    "mxcsr", rax
        ret

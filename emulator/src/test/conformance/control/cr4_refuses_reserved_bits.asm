; A bit of CR4 that no CPU has is a #GP(0), and CR4 stays.
;
; manual: SDM 2B MOV (control registers)
; qemu: hangs, TCG loops for ever in a write that it refuses (SDM 2B MOV)
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   same

%include "runtime/conformance.inc"

        section .text
global  cr4_refuses_reserved_bits
cr4_refuses_reserved_bits:
        mov     rbx, cr4
        mov     rax, rbx
        bts     rax, 15
        CATCH   {mov cr4, rax}
        mov     rax, rbx
        bts     rax, 40
        CATCH   {mov cr4, rax}
        mov     rax, cr4
        cmp     rax, rbx
        jne     .changed
        SAY     "same"
.changed:
        ret

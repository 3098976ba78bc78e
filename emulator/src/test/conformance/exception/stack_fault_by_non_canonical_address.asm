; An address by RBP or RSP that is not canonical is a #SS with error code 0, any other a #GP.
;
; manual: SDM 1 3.3.7.1; 3A 6.15 (interrupt 12)
; qemu: differs, TCG raises #GP for all (SDM 1 3.3.7.1)
; expect:
;   #SS error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #SS error=0x0 rip=+0x0
;   #SS error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  stack_fault_by_non_canonical_address
stack_fault_by_non_canonical_address:
; the #SS needs a stack that is there
        mov     byte [idt + VECTOR_SS * 16 + 4], 1
        mov     byte [idt + VECTOR_GP * 16 + 4], 1
        mov     rbp, (1 << 47) + 0x100
        CATCH   {mov rax, [rbp]}
        mov     rbx, rbp
        CATCH   {mov rax, [rbx]}
        TRY     .push
        mov     rsp, rbp
        SPOT
        push    rax
        CAUGHT  .push
        TRY     .pop
        mov     rsp, rbp
        SPOT
        pop     rax
        CAUGHT  .pop
        ret

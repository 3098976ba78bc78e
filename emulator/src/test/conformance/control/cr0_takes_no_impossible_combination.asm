; Paging without protection, NW without CD, and any of the upper 32 bits are a #GP(0), and CR0 stays.
;
; manual: SDM 2B MOV (control registers)
; qemu: hangs, TCG takes paging without protection (SDM 2B MOV)
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   same

%include "runtime/conformance.inc"

        section .text
global  cr0_takes_no_impossible_combination
cr0_takes_no_impossible_combination:
        mov     rbx, cr0
        mov     rax, rbx
        and     rax, ~CR0_PE
        CATCH   {mov cr0, rax}
        mov     rax, rbx
        or      rax, CR0_NW
        CATCH   {mov cr0, rax}
        mov     rax, rbx
        bts     rax, 32
        CATCH   {mov cr0, rax}
        mov     rax, cr0
        cmp     rax, rbx
        jne     .changed
        SAY     "same"
.changed:
        ret

; An interrupt gate clears IF for its handler, a trap gate leaves it; both clear NT, and IRETQ brings back what
; was.
;
; manual: SDM 3A 6.12.1.3
; expect:
;   pushed: IF NT
;   handler:
;   after: IF NT
;   pushed: IF NT
;   handler: IF
;   after: IF NT

%include "runtime/conformance.inc"

SEEN            equ     FLAG_IF | FLAG_NT | FLAG_TF | FLAG_RF

        section .text
global  interrupt_gate_clears_if_and_a_trap_gate_does_not
interrupt_gate_clears_if_and_a_trap_gate_does_not:
        HANDLE  0x40, .handler
        pushfq
        or      qword [rsp], FLAG_NT | FLAG_IF
        popfq
        int     0x40
        call    .after
        mov     byte [idt + 0x40 * 16 + 5], 0x8f
        int     0x40
.after:
        pushfq
        pop     rax
        FLAGS   "after", rax, SEEN
        ret
.handler:
        FLAGS   "pushed", qword [rdi + FRAME_FLAGS], SEEN
        pushfq
        pop     rax
        FLAGS   "handler", rax, SEEN
        ret

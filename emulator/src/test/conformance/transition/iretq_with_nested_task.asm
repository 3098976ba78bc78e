; IRETQ with NT set is a #GP(0) in 64-bit mode.
;
; manual: SDM 2A IRET
; expect:
;   #GP error=0x0 rip=+0x0
;   pushed: NT

%include "runtime/conformance.inc"

        section .text
global  iretq_with_nested_task
iretq_with_nested_task:
        TRY     .caught
        push    KERNEL_DATA
        push    rsp
        push    FLAG_1
        push    KERNEL_CODE
        push    .go
        pushfq
        or      qword [rsp], FLAG_NT
        popfq
        SPOT
        iretq
.go:
        CAUGHT  .caught
        FLAGS   "pushed", qword [rel last_flags], FLAG_NT
        ret

; INT n with TF set has a handler with TF clear and no step; the step comes with the IRETQ that brings TF back.
;
; manual: SDM 3A 6.12.1.3; 3B 17.3.1.4
; expect:
;   handler:
;   #DB rip=+0x4 dr6=0x4000
;   #DB rip=+0x5 dr6=0x4000

%include "runtime/conformance.inc"

        section .text
global  trap_flag_is_clear_in_a_handler
trap_flag_is_clear_in_a_handler:
        HANDLE  0x40, .handler
        pushfq
        pushfq
        or      qword [rsp], FLAG_TF
        HANDLE  VECTOR_DB, .first
        SPOT
        popfq
        int     0x40
        nop
        popfq
        ret
.handler:
        pushfq
        pop     rax
        FLAGS   "handler", rax, FLAG_TF
        HANDLE  VECTOR_DB, 0
        ret
.first:
        ret

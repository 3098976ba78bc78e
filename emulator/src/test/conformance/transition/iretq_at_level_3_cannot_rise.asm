; IRETQ at level 3 to a selector of level 0 is a #GP with the selector; within level 3 it works.
;
; manual: SDM 2A IRET
; expect:
;   #GP error=0x8 rip=+0x0 cpl=0x3
;   no exception

%include "runtime/conformance.inc"

        section .text
global  iretq_at_level_3_cannot_rise
iretq_at_level_3_cannot_rise:
        TRY     .rise
        ENTER_USER FLAG_1
        push    KERNEL_DATA
        push    rsp
        push    FLAG_1
        push    KERNEL_CODE
        push    .rise
        SPOT
        iretq
        CAUGHT  .rise
        TRY     .stay
        ENTER_USER FLAG_1
        push    USER_DATA
        push    user_stack_end + USER_BASE
        push    FLAG_1
        push    USER_CODE
        push    .there + USER_BASE
        iretq
        ud2
.there:
        CAUGHT  .stay
        ret

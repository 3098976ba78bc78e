; IRETQ at level 3 changes neither IOPL nor, above it, IF.
;
; manual: SDM 2A IRET
; expect:
;   flags: CF

%include "runtime/conformance.inc"

SEEN            equ     FLAG_IF | FLAG_IOPL | FLAG_CF

        section .text
global  iret_at_level_3_keeps_if_and_iopl
iret_at_level_3_keeps_if_and_iopl:
        TRY     .left
        ENTER_USER FLAG_1
        push    USER_DATA
        push    user_stack_end + USER_BASE
        push    FLAG_1 | FLAG_IF | FLAG_IOPL | FLAG_CF
        push    USER_CODE
        push    .there + USER_BASE
        iretq
.there:
        pushfq
        pop     rbx
        LEAVE
        CAUGHT  .left
        FLAGS   "flags", rbx, SEEN
        ret

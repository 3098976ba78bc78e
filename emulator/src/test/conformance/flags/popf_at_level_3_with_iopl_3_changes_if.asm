; With IOPL 3 POPFQ at level 3 changes IF, but never IOPL, which is level 0's.
;
; manual: SDM 2B POPF, table 4-16
; expect:
;   cleared: IOPL1 IOPL2
;   set: IF IOPL1 IOPL2

%include "runtime/conformance.inc"

SEEN            equ     FLAG_IF | FLAG_IOPL

        section .text
global  popf_at_level_3_with_iopl_3_changes_if
popf_at_level_3_with_iopl_3_changes_if:
        TRY     .left
        ENTER_USER FLAG_1 | FLAG_IF | FLAG_IOPL
        push    FLAG_1
        popfq
        pushfq
        pop     rbx
        push    FLAG_IF
        popfq
        pushfq
        pop     rcx
        LEAVE
        CAUGHT  .left
        FLAGS   "cleared", rbx, SEEN
        FLAGS   "set", rcx, SEEN
        ret

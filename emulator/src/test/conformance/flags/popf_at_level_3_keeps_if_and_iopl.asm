; POPFQ at level 3 above IOPL changes neither IF nor IOPL, without a fault; AC, ID, NT and the arithmetic flags do
; change.
;
; manual: SDM 2B POPF, table 4-16
; expect:
;   none set: CF AC ID
;   both set: CF IF IOPL1

%include "runtime/conformance.inc"

SEEN            equ     FLAG_IF | FLAG_IOPL | FLAG_CF | FLAG_AC | FLAG_ID

        section .text
global  popf_at_level_3_keeps_if_and_iopl
popf_at_level_3_keeps_if_and_iopl:
        TRY     .clear
        ENTER_USER FLAG_1
        push    FLAG_IF | FLAG_IOPL | FLAG_CF | FLAG_AC | FLAG_ID
        popfq
        pushfq
        pop     rbx
        LEAVE
        CAUGHT  .clear
        FLAGS   "none set", rbx, SEEN
; IOPL 1 is still below level 3
        TRY     .set
        ENTER_USER FLAG_1 | FLAG_IF | 1 << 12
        push    FLAG_CF
        popfq
        pushfq
        pop     rbx
        LEAVE
        CAUGHT  .set
        FLAGS   "both set", rbx, SEEN
        ret

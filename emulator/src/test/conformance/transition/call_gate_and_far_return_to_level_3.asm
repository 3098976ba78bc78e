; RETFQ through the frame of a call gate goes back to level 3 and its stack.
;
; manual: SDM 2B RET; 3A 5.8.6
; expect:
;   no exception
;   cs=0x2b
;   ss=0x23
;   rsp=0x20

%include "runtime/conformance.inc"

GATE_3          equ     0xec

        section .text
global  call_gate_and_far_return_to_level_3
call_gate_and_far_return_to_level_3:
        CALL_GATE SPARE, KERNEL_CODE, .entry, GATE_3
        mov     word [rel scratch + 4], SPARE | 3
        mov     ebx, scratch + USER_BASE
        TRY     .left
        ENTER_USER FLAG_1
        sub     rsp, 32
; call far [rbx]
        db      0xff, 0x1b
        jmp     .back
.entry:
        retfq
.back:
        CAUGHT  .left
        FACT    "cs", qword [rel last_cs]
        FACT    "ss", qword [rel last_ss]
        mov     rcx, user_stack_end + USER_BASE
        sub     rcx, [rel last_rsp]
        FACT    "rsp", rcx
        ret

; A far call at level 3 through a 64-bit call gate takes RSP0, pushes SS, RSP, CS and RIP, and leaves the flags;
; SS becomes null.
;
; manual: SDM 2A CALL; 3A 5.8.3.1, 5.8.5
; expect:
;   stack=rsp0
;   bytes=0x20
;   pushed rip=0x2
;   pushed cs=0x2b
;   pushed rsp=0x0
;   pushed ss=0x23
;   ss=0x0
;   flags: IF

%include "runtime/conformance.inc"

GATE_3          equ     0xec

        section .text
global  call_gate_to_a_higher_level
call_gate_to_a_higher_level:
        CALL_GATE SPARE, KERNEL_CODE, .entry, GATE_3
        mov     word [rel scratch + 4], SPARE | 3
        mov     ebx, scratch + USER_BASE
        TRY     .left
        ENTER_USER FLAG_1 | FLAG_IF
.call:
; call far [rbx]
        db      0xff, 0x1b
        ud2
.entry:
        LEAVE
        CAUGHT  .left
        mov     rbx, [rel last_rsp]
        lea     rcx, [rbx + 1]
        STACK_FACT "stack", rcx
        mov     rcx, rsp0_stack_end
        sub     rcx, rbx
        FACT    "bytes", rcx
        mov     rcx, [rbx]
        sub     rcx, .call + USER_BASE
        FACT    "pushed rip", rcx
        FACT    "pushed cs", qword [rbx + 8]
        mov     rcx, [rbx + 16]
        sub     rcx, user_stack_end + USER_BASE
        FACT    "pushed rsp", rcx
        FACT    "pushed ss", qword [rbx + 24]
        FACT    "ss", qword [rel last_ss]
        FLAGS   "flags", qword [rel last_flags], FLAG_IF
        ret

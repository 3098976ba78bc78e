; A call gate at level 0 pushes CS and RIP on the stack at hand, eight bytes each.
;
; manual: SDM 2A CALL
; expect:
;   cs=0x8
;   bytes=0x10

%include "runtime/conformance.inc"

GATE_0          equ     0x8c

        section .text
global  call_gate_at_the_same_level
call_gate_at_the_same_level:
        CALL_GATE SPARE, KERNEL_CODE, .entry, GATE_0
        mov     word [rel scratch + 4], SPARE
        mov     ebx, scratch
        mov     rcx, rsp
; call far [rbx]
        db      0xff, 0x1b
        ret
.entry:
        sub     rcx, rsp
        FACT    "cs", qword [rsp + 8]
        FACT    "bytes", rcx
        retfq
        ret

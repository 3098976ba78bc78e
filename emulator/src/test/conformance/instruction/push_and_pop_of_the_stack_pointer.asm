; PUSH RSP pushes the value from before, and POP RSP keeps what it popped.
;
; manual: SDM 2B PUSH, POP
; expect:
;   pushed=0x0
;   popped=0x1234

%include "runtime/conformance.inc"

        section .text
global  push_and_pop_of_the_stack_pointer
push_and_pop_of_the_stack_pointer:
        mov     rbx, rsp
        push    rsp
        pop     rcx
        sub     rbx, rcx
        FACT    "pushed", rbx
        mov     rbx, rsp
        push    0x1234
        pop     rsp
        mov     rcx, rsp
        mov     rsp, rbx
        FACT    "popped", rcx
        ret

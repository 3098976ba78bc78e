; From level 3 to 0 the stack is the TSS's RSP0; SS becomes null with RPL 0, and the old SS and RSP are pushed.
;
; manual: SDM 3A 6.14.2, 6.14.4
; expect:
;   stack=rsp0
;   pushed ss=0x23
;   pushed on=user
;   pushed cs=0x2b
;   ss=0x0

%include "runtime/conformance.inc"

        section .text
global  interrupt_from_level_3_takes_the_stack_of_rsp0
interrupt_from_level_3_takes_the_stack_of_rsp0:
        HANDLE  0x40, .handler
        mov     byte [idt + 0x40 * 16 + 5], 0xee
        TRY     .left
        ENTER_USER FLAG_1
        int     0x40
        LEAVE
        CAUGHT  .left
        ret
.handler:
        mov     eax, ss
        lea     rcx, [rdi + FRAME_SIZE]
        STACK_FACT "stack", rcx
        FACT    "pushed ss", qword [rdi + FRAME_SS]
        mov     rcx, [rdi + FRAME_RSP]
        sub     rcx, USER_BASE
        STACK_FACT "pushed on", rcx
        FACT    "pushed cs", qword [rdi + FRAME_CS]
        FACT    "ss", rax
        ret

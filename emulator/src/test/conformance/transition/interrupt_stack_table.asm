; A gate with an IST takes that stack at every level, also where no change of level happens; SS stays as it is
; then.
;
; manual: SDM 3A 6.14.5
; expect:
;   stack=ist3
;   pushed on=main
;   stack=ist3
;   pushed on=user
;   stack=ist7
;   pushed on=main

%include "runtime/conformance.inc"

        section .text
global  interrupt_stack_table
interrupt_stack_table:
        HANDLE  0x40, .handler
        mov     byte [idt + 0x40 * 16 + 4], 3
        mov     byte [idt + 0x40 * 16 + 5], 0xee
        int     0x40
        TRY     .left
        ENTER_USER FLAG_1
        int     0x40
        LEAVE
        CAUGHT  .left
        mov     byte [idt + 0x40 * 16 + 4], 7
        int     0x40
        ret
.handler:
        lea     rcx, [rdi + FRAME_SIZE]
        STACK_FACT "stack", rcx
        mov     rcx, [rdi + FRAME_RSP]
        mov     rax, rcx
        sub     rax, USER_BASE
        cmovns  rcx, rax
        STACK_FACT "pushed on", rcx
        ret

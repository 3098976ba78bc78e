; A fault at level 3 and the IRETQ from its handler leave every register and flag as they were.
;
; manual: SDM 3A 6.12
; expect:
;   same

%include "runtime/conformance.inc"

        section .text
global  handler_in_the_middle_of_level_3_code_changes_nothing
handler_in_the_middle_of_level_3_code_changes_nothing:
        HANDLE  VECTOR_UD, .handler
        TRY     .left
        ENTER_USER FLAG_1 | FLAG_CF | FLAG_OF | FLAG_DF
        mov     rax, 0x1111_2222_3333_4444
        mov     rbx, rax
        mov     rcx, rax
        mov     rdx, rax
        mov     rsi, rax
        mov     rdi, rax
        mov     rbp, rax
        mov     r8, rax
        mov     r15, rax
        ud2
        pushfq
        pop     r14
        LEAVE
        CAUGHT  .left
        cld
        mov     rsi, rcx
        cmp     rax, rbx
        jne     .changed
        cmp     rax, rdx
        jne     .changed
        cmp     rax, rbp
        jne     .changed
        cmp     rax, r15
        jne     .changed
        cmp     rax, r8
        jne     .changed
        and     r14d, FLAG_CF | FLAG_OF | FLAG_DF | FLAG_IF
        cmp     r14d, FLAG_CF | FLAG_OF | FLAG_DF
        jne     .changed
        SAY     "same"
        ret
.changed:
        SAY     "changed"
        ret
.handler:
        add     qword [rdi + FRAME_RIP], 2
        ret

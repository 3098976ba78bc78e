; A user program for Bantam: it says a text, works out a number and says that too.

%include "user/program.inc"

ROUNDS          equ     10

section .text
global  main
main:
        PROGRAM_BEGIN
        lea     rdi, [rel text_hello]
        call    say_text

; The sum of the first squares, kept in memory of the program's own.
        mov     ebx, ROUNDS
.next:
        mov     eax, ebx
        imul    eax, ebx
        add     [rel sum], rax
        dec     ebx
        jnz     .next

        lea     rdi, [rel text_sum]
        call    say_text
        mov     rdi, [rel sum]
        call    say_number
        lea     rdi, [rel text_newline]
        call    say_text
        PROGRAM_END 0

%include "user/say.inc"

section .rodata
align TEXT_BLOCK, 0
text_hello:
        db      "hello from a program of yours", 10, 0
        align   TEXT_BLOCK, 0
text_sum:
        db      "the sum of the first 10 squares is ", 0
        align   TEXT_BLOCK, 0
text_newline:
        db      10, 0
        align   TEXT_BLOCK, 0

section .bss
align WORD_SIZE
sum:
        resb    WORD_SIZE

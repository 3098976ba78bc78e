; A ledger with a mistake: it keeps the last eight entries and a limit, and one day the limit is wrong.

%include "user/program.inc"

ENTRIES         equ     8
ROUNDS          equ     20
LIMIT           equ     1000
AMOUNT          equ     7

section .text
global  main
main:
        PROGRAM_BEGIN
        mov     qword [rel limit], LIMIT
        xor     ebx, ebx
.next:
        mov     edi, ebx
        call    ledger_add
        inc     ebx
        cmp     ebx, ROUNDS
        jne     .next

        cmp     qword [rel limit], LIMIT
        jne     .wrong
        lea     rdi, [rel text_right]
        call    say_text
        PROGRAM_END 0
.wrong:
        lea     rdi, [rel text_wrong]
        call    say_text
        mov     rdi, [rel limit]
        call    say_number
        lea     rdi, [rel text_newline]
        call    say_text
        PROGRAM_END 1

; edi = number of an entry; the oldest one makes room
global  ledger_add
ledger_add:
        mov     eax, edi
        xor     edx, edx
        mov     ecx, ENTRIES + 1
        div     ecx
        lea     rcx, [rel entries]
        imul    eax, edi, AMOUNT
        mov     [rcx + rdx * WORD_SIZE], rax
        ret

%include "user/say.inc"

section .rodata
align TEXT_BLOCK, 0
text_right:
        db      "the limit is right", 10, 0
        align   TEXT_BLOCK, 0
text_wrong:
        db      "the limit is wrong: ", 0
        align   TEXT_BLOCK, 0
text_newline:
        db      10, 0
        align   TEXT_BLOCK, 0

section .bss
align WORD_SIZE
entries:
        resb    ENTRIES * WORD_SIZE
limit:
        resb    WORD_SIZE

; A mailbox for one letter, and two threads on two CPUs: one puts, the other takes. Whoever has to wait sleeps until
; the word "changes" is another. In one run of many a letter lies there and both sleep for ever.

%include "user/program.inc"
%include "user/system.inc"

LETTERS         equ     400
PRIORITY        equ     128
STACK           equ     512
SLOT_PAGE       equ     16
SLOT_TAKER      equ     17

; In the shared page: the letter (0 is none), and how often the box was filled or emptied.
BOX             equ     0x40000000
CHANGES         equ     BOX + 4

section .text
global  main
main:
        PROGRAM_BEGIN
        SYSTEM  SYS_MEMORY_CREATE, SLOT_PAGE, 1, 0
        MAP     SLOT_PAGE, HANDLE_SELF, BOX, 0, 1, ACCESS_WRITE
        lea     rdx, [rel taker]
        lea     r8, [rel taker_stack + STACK]
        xor     r9d, r9d
        mov     r10d, PRIORITY
        SYSTEM  SYS_THREAD_CREATE, SLOT_TAKER, HANDLE_SELF, rdx

        mov     ebx, LETTERS
.next:
        mov     edi, ebx
        call    put
        dec     ebx
        jnz     .next
        call    wait_for_room
        lea     rdi, [rel text_sum]
        call    say_text
        mov     rdi, [rel sum]
        call    say_number
        lea     rdi, [rel text_newline]
        call    say_text
        PROGRAM_END 0

; edi = letter
global  put
put:
        push    rdi
        call    wait_for_room
        pop     rdi
        mov     ecx, BOX
        mov     [rcx], edi
        jmp     tell

; Until the box is empty.
global  wait_for_room
wait_for_room:
        mov     ecx, BOX
        mov     esi, [rcx + CHANGES - BOX]
        cmp     dword [rcx], 0
        je      .room
        SYSTEM  SYS_FUTEX_WAIT, CHANGES, rsi, 0
        jmp     wait_for_room
.room:
        ret

; The box is another: wake whoever sleeps.
global  tell
tell:
        mov     ecx, CHANGES
        lock inc dword [rcx]
        SYSTEM  SYS_FUTEX_WAKE, CHANGES, 1, 0
        ret

; The other thread.
global  taker
taker:
        SYSTEM  SYS_THREAD_AFFINITY, HANDLE_SELF, 1, 0
.next:
        call    take
        add     [rel sum], rax
.read:
        dec     eax                             ; a long letter takes longer to read
        jnz     .read
        jmp     .next

; Out: eax = letter
global  take
take:
        mov     ecx, BOX
        mov     eax, [rcx]
        test    eax, eax
        jnz     .here
        mov     esi, [rcx + CHANGES - BOX]
        SYSTEM  SYS_FUTEX_WAIT, CHANGES, rsi, 0
        jmp     take
.here:
        mov     dword [rcx], 0
        push    rax
        call    tell
        pop     rax
        ret

%include "user/say.inc"

section .rodata
align TEXT_BLOCK, 0
text_sum:
        db      "sum of all letters: ", 0
        align   TEXT_BLOCK, 0
text_newline:
        db      10, 0
        align   TEXT_BLOCK, 0

section .bss
align WORD_SIZE
sum:
        resb    WORD_SIZE
taker_stack:
        resb    STACK

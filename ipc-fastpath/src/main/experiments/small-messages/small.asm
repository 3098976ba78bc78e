; WORDS words to a server that answers with their sum, WAY by which they travel: 0 shared
; memory, 1 bytes that the kernel copies, 2 registers.

%include "stand/user.inc"

HANDLE_WORK     equ     2
WAY_SHARED      equ     0
WAY_BUFFER      equ     1
BYTES           equ     WORDS * WORD_SIZE
%if WORDS == 0
WAY_USED        equ     WAY_SHARED              ; there is nothing to carry
%else
WAY_USED        equ     WAY
%endif
FIRST           equ     17                      ; word n is FIRST + n
SUM             equ     WORDS * FIRST + WORDS * (WORDS - 1) / 2
%if WAY_USED == WAY_SHARED
TAG_SENT        equ     0
TAG_TAKEN       equ     0
%elif WAY_USED == WAY_BUFFER
TAG_SENT        equ     TAG_BUFFER
TAG_TAKEN       equ     TAG_ROOM
%else
TAG_SENT        equ     WORDS
%if WORDS > WORDS_SHORT
TAG_TAKEN       equ     TAG_LONG
%else
TAG_TAKEN       equ     0
%endif
%endif

section .text.work

; The server's answer and next message. In: rdx = the answer, in a register whatever the way.
%macro ANSWER
%if WAY_USED == WAY_BUFFER
        lea     r14, [rel room]
        mov     r15d, BYTES
%endif
        CALL_REPLY_RECV HANDLE_WORK, TAG_TAKEN | 1
%endmacro

; -----------------------------------------------------------------------------
; client_main - ROUNDS messages of WORDS words
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     HANDLE_WORK to send
;   probe     the trial, the operation, the control arm
; -----------------------------------------------------------------------------
global  client_main
client_main:
        lea     rcx, [rel own]
        mov     eax, FIRST
%rep WORDS, word
        mov     [rcx + %word * WORD_SIZE], rax
        inc     eax
%endrep
        mov     ebx, ROUNDS
        TRIAL   0, 0, 0
.next:
        lea     rbp, [rel own]
        OP_BEGIN
%if WAY_USED == WAY_SHARED
        lea     rcx, [rel shared]
%rep WORDS, word
        mov     rax, [rbp + %word * WORD_SIZE]
        mov     [rcx + %word * WORD_SIZE], rax
%endrep
%elif WAY_USED == WAY_BUFFER
        mov     r12, rbp
        mov     r13d, BYTES
%else
        mov     rdx, [rbp]
%if WORDS > 1
        mov     r8, [rbp + WORD_SIZE]
%endif
%if WORDS > 2
        mov     r9, [rbp + 2 * WORD_SIZE]
        mov     r10, [rbp + 3 * WORD_SIZE]
%endif
%if WORDS > WORDS_SHORT
        mov     r12, [rbp + 4 * WORD_SIZE]
        mov     r13, [rbp + 5 * WORD_SIZE]
        mov     r14, [rbp + 6 * WORD_SIZE]
        mov     r15, [rbp + 7 * WORD_SIZE]
%endif
%endif
        CALL_CALL HANDLE_WORK, TAG_SENT
        OP_END
        mov     r12, rdx
        test    rax, rax
        CHECK   z, answered
        CONTROL
        cmp     r12, SUM
        CHECK   e, sum_right
        dec     ebx
        jnz     .next
        TRIAL_END
        CALL_EXIT 0

; -----------------------------------------------------------------------------
; server_main - answer with the sum of the words
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_WORK to receive
;   probe     none
; -----------------------------------------------------------------------------
global  server_main
server_main:
%if WAY_USED == WAY_BUFFER
        lea     r14, [rel room]
        mov     r15d, BYTES
%endif
        CALL_RECV HANDLE_WORK, TAG_TAKEN
.next:
%if WAY_USED == WAY_SHARED
        lea     rcx, [rel shared]
        xor     edx, edx
%rep WORDS, word
        add     rdx, [rcx + %word * WORD_SIZE]
%endrep
%elif WAY_USED == WAY_BUFFER
        lea     rcx, [rel room]
        xor     edx, edx
%rep WORDS, word
        add     rdx, [rcx + %word * WORD_SIZE]
%endrep
%else
%if WORDS > 1
        add     rdx, r8
%endif
%if WORDS > 2
        add     rdx, r9
        add     rdx, r10
%endif
%if WORDS > WORDS_SHORT
        add     rdx, r12
        add     rdx, r13
        add     rdx, r14
        add     rdx, r15
%endif
%endif
        ANSWER
        jmp     .next

section .bss.work
align STAND_LINE
own:
        resb    STAND_LINE
shared:
        resb    STAND_LINE
room:
        resb    STAND_LINE

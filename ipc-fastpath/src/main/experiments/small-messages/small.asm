; Words to a server that answers with their sum, WAY by which they travel: 0 shared memory,
; 1 bytes that the kernel copies, 2 registers.

%include "stand/user.inc"

WAY_SHARED      equ     0
WAY_BUFFER      equ     1
FIRST           equ     17                      ; word n is FIRST + n
HANDLE_0        equ     2                       ; endpoints by how many words their messages have
HANDLE_1        equ     3
HANDLE_2        equ     4
HANDLE_4        equ     5
HANDLE_8        equ     6

section .text

; ROUNDS messages of so many words. In: rbp = the words; clobbers all but rbp, rsp.
%macro MEASURE words
        mov     ebx, ROUNDS
        TRIAL   %words, 0, 0
%%next:
        OP_BEGIN
%if %words == 0 || WAY == WAY_SHARED
        lea     rcx, [rel shared]
%rep %words, word
        mov     rax, [rbp + %word * WORD_SIZE]
        mov     [rcx + %word * WORD_SIZE], rax
%endrep
        mov     esi, 0
%elif WAY == WAY_BUFFER
        mov     r12, rbp
        mov     r13d, %words * WORD_SIZE
        mov     esi, TAG_BUFFER
%else
        mov     rdx, [rbp]
%if %words > 1
        mov     r8, [rbp + WORD_SIZE]
%endif
%if %words > 2
        mov     r9, [rbp + 2 * WORD_SIZE]
        mov     r10, [rbp + 3 * WORD_SIZE]
%endif
%if %words > WORDS_SHORT
        mov     r12, [rbp + 4 * WORD_SIZE]
        mov     r13, [rbp + 5 * WORD_SIZE]
        mov     r14, [rbp + 6 * WORD_SIZE]
        mov     r15, [rbp + 7 * WORD_SIZE]
%endif
        mov     esi, %words
%endif
        mov     edi, HANDLE_%{words}
        mov     eax, SYS_CALL
        syscall
        OP_END
        mov     r12, rdx
        test    rax, rax
        CHECK   z, answered
        CONTROL
        cmp     r12, %words * FIRST + %words * (%words - 1) / 2
        CHECK   e, sum_right
        dec     ebx
        jnz     %%next
        TRIAL_END
%endmacro

; -----------------------------------------------------------------------------
; client_main - messages of each number of words
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     HANDLE_0 and the others to send
;   probe     the trials, the operation, the control arm
; -----------------------------------------------------------------------------
global  client_main
client_main:
        lea     rbp, [rel own]
        mov     eax, FIRST
%rep WORDS_LONG, word
        mov     [rbp + %word * WORD_SIZE], rax
        inc     eax
%endrep
        MEASURE 0
        MEASURE 1
        MEASURE 2
        MEASURE 4
        MEASURE 8
        CALL_EXIT 0

; -----------------------------------------------------------------------------
; server_%{words} - answer with the sum of so many words
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     the endpoint's handle to receive
;   probe     none
; -----------------------------------------------------------------------------
%macro SERVER words
global  server_%{words}
server_%{words}:
%if %words == 0 || WAY == WAY_SHARED
        mov     ebp, 0
%elif WAY == WAY_BUFFER
        lea     r14, [rel room]
        mov     r15d, %words * WORD_SIZE
        mov     ebp, TAG_ROOM
%elif %words > WORDS_SHORT
        mov     ebp, TAG_LONG
%else
        mov     ebp, 0
%endif
        mov     edi, HANDLE_%{words}
        mov     esi, ebp
        mov     eax, SYS_RECV
        syscall
.next:
%if %words == 0 || WAY == WAY_SHARED
        lea     rcx, [rel shared]
        xor     edx, edx
%rep %words, word
        add     rdx, [rcx + %word * WORD_SIZE]
%endrep
%elif WAY == WAY_BUFFER
        lea     rcx, [rel room]
        xor     edx, edx
%rep %words, word
        add     rdx, [rcx + %word * WORD_SIZE]
%endrep
        lea     r14, [rel room]
        mov     r15d, %words * WORD_SIZE
%else
%if %words > 1
        add     rdx, r8
%endif
%if %words > 2
        add     rdx, r9
        add     rdx, r10
%endif
%if %words > WORDS_SHORT
        add     rdx, r12
        add     rdx, r13
        add     rdx, r14
        add     rdx, r15
%endif
%endif
        mov     edi, HANDLE_%{words}
        lea     esi, [rbp + 1]
        mov     eax, SYS_REPLY_RECV
        syscall
        jmp     .next
%endmacro

        SERVER  0
        SERVER  1
        SERVER  2
        SERVER  4
        SERVER  8

section .bss
align STAND_LINE
own:
        resb    STAND_LINE
shared:
        resb    STAND_LINE
room:
        resb    STAND_LINE

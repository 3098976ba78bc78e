; A client with up to OUTSTANDING requests that have no answer yet, each with a tag. The server
; answers what it finds from the last one on, so that answers come in another order.

%include "stand/user.inc"

HANDLE_WORK     equ     2
PLACE_TAG       equ     0
PLACE_VALUE     equ     8
PLACE_SHIFT     equ     6                       ; a line each
FACTOR          equ     3                       ; an answer is FACTOR times the request
SERIES          equ     5                       ; lengths of series
MOST            equ     256                     ; requests of the longest one

section .text

; -----------------------------------------------------------------------------
; client_main - ROUNDS series of requests of each length
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     HANDLE_WORK to send
;   probe     the trials, the operation, the control arm, counts of series, requests, switches
;
;   r12 = request   r13 = outstanding   r14 = calls   r15 = ring   rbp = answers by their tags
; -----------------------------------------------------------------------------
global  client_main
client_main:
        lea     r15, [rel ring]
        lea     rbp, [rel answers]
.length:
        mov     eax, [rel which]
        lea     rcx, [rel lengths]
        mov     rdi, [rcx + rax * WORD_SIZE]
        mov     [rel length], rdi
        mov     ebx, ROUNDS
        xor     r14d, r14d
        mov     [rel replies], r14
        TRIAL   rdi, 0, 0
.next:
        xor     r12d, r12d
        OP_BEGIN
.fill:
        xor     r13d, r13d
.put:
        mov     rax, r13
        shl     rax, PLACE_SHIFT
        mov     [r15 + rax + PLACE_TAG], r12
        lea     rcx, [r12 + 1]
        mov     [r15 + rax + PLACE_VALUE], rcx
        inc     r12
        inc     r13
        cmp     r12, [rel length]
        je      .tell
        cmp     r13, OUTSTANDING
        jb      .put
.tell:
        mov     rdx, r13
        CALL_CALL HANDLE_WORK, 1
        inc     r14
        test    rax, rax
        CHECK   z, answered
        xor     ecx, ecx
.take:
        mov     rax, rcx
        shl     rax, PLACE_SHIFT
        mov     rdx, [r15 + rax + PLACE_TAG]
        mov     rax, [r15 + rax + PLACE_VALUE]
        cmp     rdx, [rel length]
        CHECK   b, tag_is_one
        mov     [rbp + rdx * WORD_SIZE], rax
        inc     rcx
        cmp     rcx, r13
        jb      .take
        cmp     r12, [rel length]
        jb      .fill
        OP_END
        CONTROL
        xor     ecx, ecx
.check:
        lea     rax, [rcx + rcx * 2 + FACTOR]
        cmp     [rbp + rcx * WORD_SIZE], rax
        CHECK   e, answer_under_its_tag
        mov     qword [rbp + rcx * WORD_SIZE], 0
        inc     ecx
        cmp     ecx, [rel length]
        jb      .check
        dec     ebx
        jnz     .next
        mov     eax, ROUNDS
        COUNT   series, rax
        imul    rax, [rel length], ROUNDS
        COUNT   requests, rax
        add     r14, [rel replies]
        COUNT   switches, r14
        TRIAL_END
        inc     dword [rel which]
        cmp     dword [rel which], SERIES
        jb      .length
        CALL_EXIT 0

; -----------------------------------------------------------------------------
; server_main - answer the requests of each call, the last one first
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_WORK to receive
;   probe     none
;
; Two ends move towards each other: what was asked last goes to the first place.
; -----------------------------------------------------------------------------
global  server_main
server_main:
        CALL_RECV HANDLE_WORK, 0
.next:
        lea     rdi, [rel ring]
        lea     rsi, [rdx - 1]
        shl     rsi, PLACE_SHIFT
        add     rsi, rdi
.answer:
        mov     rax, [rsi + PLACE_VALUE]
        lea     rax, [rax + rax * 2]
        mov     rcx, [rdi + PLACE_VALUE]
        lea     rcx, [rcx + rcx * 2]
        mov     rdx, [rsi + PLACE_TAG]
        mov     r8, [rdi + PLACE_TAG]
        mov     [rdi + PLACE_VALUE], rax
        mov     [rdi + PLACE_TAG], rdx
        cmp     rdi, rsi
        jae     .answered
        mov     [rsi + PLACE_VALUE], rcx
        mov     [rsi + PLACE_TAG], r8
        add     rdi, 1 << PLACE_SHIFT
        sub     rsi, 1 << PLACE_SHIFT
        cmp     rdi, rsi
        jbe     .answer
.answered:
        inc     qword [rel replies]
        CALL_REPLY_RECV HANDLE_WORK, 0
        jmp     .next

section .rodata
align WORD_SIZE, 0
lengths:
        dq      1, 16, 64, 128, MOST

section .bss
align STAND_LINE
ring:
        resb    RING << PLACE_SHIFT
answers:
        resb    MOST * WORD_SIZE
replies:
        resb    8
length:
        resb    8
which:
        resb    4

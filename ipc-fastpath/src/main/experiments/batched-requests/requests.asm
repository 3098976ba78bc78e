; A client puts requests into shared memory and calls for PART of them at a time; the server
; answers each in its place.

%include "stand/user.inc"

HANDLE_WORK     equ     2
SLOT_REQUEST    equ     0
SLOT_ANSWER     equ     8
SLOT_SHIFT      equ     6                       ; a line each
%if BATCH < PARTS
PART            equ     1
%else
PART            equ     BATCH / PARTS
%endif

section .text.work

; -----------------------------------------------------------------------------
; client_main - ROUNDS times BATCH requests
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     HANDLE_WORK to send
;   probe     the trial, the operation, the control arm, the count of switches
;
;   r12 = request   r13 = end of the part   r14 = calls   r15 = slots   rbp = sum of answers
; -----------------------------------------------------------------------------
global  client_main
client_main:
        mov     ebx, ROUNDS
        xor     r14d, r14d
        lea     r15, [rel slots]
        TRIAL   0, 0, 0
.next:
        xor     r12d, r12d
        xor     ebp, ebp
        OP_BEGIN
.part:
        lea     r13, [r12 + PART]
.put:
        mov     rax, r12
        shl     rax, SLOT_SHIFT
        mov     [r15 + rax + SLOT_REQUEST], r12
        inc     r12
        cmp     r12, r13
        jb      .put
        lea     rdx, [r12 - PART]
        mov     r8d, PART
        CALL_CALL HANDLE_WORK, 2
        inc     r14
        test    rax, rax
        CHECK   z, answered
        lea     rcx, [r12 - PART]
.take:
        mov     rax, rcx
        shl     rax, SLOT_SHIFT
        add     rbp, [r15 + rax + SLOT_ANSWER]
        inc     rcx
        cmp     rcx, r12
        jb      .take
        cmp     r12, BATCH
        jb      .part
        OP_END
        CONTROL
        cmp     rbp, BATCH * BATCH
        CHECK   e, all_answers_right
        dec     ebx
        jnz     .next
        add     r14, [rel replies]
        COUNT   switches, r14
        TRIAL_END
        CALL_EXIT 0

; -----------------------------------------------------------------------------
; server_main - answer the requests of each call: word 0 is the first one, word 1 how many
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_WORK to receive
;   probe     none
;
; Sums of odd numbers are squares, so that the client can check all answers at once.
; -----------------------------------------------------------------------------
global  server_main
server_main:
        lea     r15, [rel slots]
        CALL_RECV HANDLE_WORK, 0
.next:
        shl     rdx, SLOT_SHIFT
        add     rdx, r15
.answer:
        mov     rax, [rdx + SLOT_REQUEST]
        lea     rax, [rax + rax + 1]
        mov     [rdx + SLOT_ANSWER], rax
        add     rdx, 1 << SLOT_SHIFT
        dec     r8
        jnz     .answer
        inc     qword [rel replies]
        CALL_REPLY_RECV HANDLE_WORK, 0
        jmp     .next

section .bss.work
align STAND_LINE
slots:
        resb    BATCH << SLOT_SHIFT
replies:
        resb    8

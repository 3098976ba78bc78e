; A client puts requests into shared memory and calls for a part of them at a time; the server
; answers each in its place.

%include "stand/user.inc"

HANDLE_WORK     equ     2
SLOT_REQUEST    equ     0
SLOT_ANSWER     equ     8
SLOT_SHIFT      equ     6                       ; a line each
SIZES           equ     6                       ; of batches
SLOTS           equ     64                      ; requests in the largest one

section .text

; -----------------------------------------------------------------------------
; client_main - ROUNDS batches of each size, without work and with WORK steps for each request
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     HANDLE_WORK to send
;   probe     the trials, the operation, the control arm, counts of batches and switches
;
;   r12 = request   r13 = end of the part   r14 = calls   r15 = slots   rbp = sum of answers
; -----------------------------------------------------------------------------
global  client_main
client_main:
        lea     r15, [rel slots]
.size:
        mov     eax, [rel size]
        lea     rcx, [rel sizes]
        mov     rax, [rcx + rax * WORD_SIZE]
        mov     [rel batch], rax
        shr     rax, PARTS_SHIFT
        cmp     rax, 1
        adc     rax, 0
        mov     [rel part], rax
        mov     ebx, ROUNDS
        xor     r14d, r14d
        mov     [rel replies], r14
        mov     rdi, [rel batch]
        mov     rsi, [rel work]
        TRIAL   rdi, rsi, 0
.next:
        xor     r12d, r12d
        xor     ebp, ebp
        OP_BEGIN
.part:
        mov     r13, [rel part]
        add     r13, r12
.put:
        mov     rax, r12
        shl     rax, SLOT_SHIFT
        mov     [r15 + rax + SLOT_REQUEST], r12
        inc     r12
        cmp     r12, r13
        jb      .put
        mov     r8, [rel part]
        mov     rdx, r12
        sub     rdx, r8
        CALL_CALL HANDLE_WORK, 2
        inc     r14
        test    rax, rax
        CHECK   z, answered
        mov     rcx, r12
        sub     rcx, [rel part]
.take:
        mov     rax, rcx
        shl     rax, SLOT_SHIFT
        add     rbp, [r15 + rax + SLOT_ANSWER]
        inc     rcx
        cmp     rcx, r12
        jb      .take
        cmp     r12, [rel batch]
        jb      .part
        OP_END
        CONTROL
        mov     rax, [rel batch]
        imul    rax, rax
        cmp     rbp, rax
        CHECK   e, all_answers_right
        dec     ebx
        jnz     .next
        mov     eax, ROUNDS
        COUNT   batches, rax
        add     r14, [rel replies]
        COUNT   switches, r14
        TRIAL_END
        inc     dword [rel size]
        cmp     dword [rel size], SIZES
        jb      .size
        mov     dword [rel size], 0
        mov     rax, [rel work]
        mov     dword [rel work], WORK
        test    rax, rax
        jz      .size
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
        mov     rcx, [rel work]
        test    rcx, rcx
        jz      .worked
.work:
        dec     rcx
        jnz     .work
.worked:
        mov     [rdx + SLOT_ANSWER], rax
        add     rdx, 1 << SLOT_SHIFT
        dec     r8
        jnz     .answer
        inc     qword [rel replies]
        CALL_REPLY_RECV HANDLE_WORK, 0
        jmp     .next

section .rodata
align WORD_SIZE, 0
sizes:
        dq      1, 2, 8, 16, 32, SLOTS

section .bss
align STAND_LINE
slots:
        resb    SLOTS << SLOT_SHIFT
replies:
        resb    8
batch:
        resb    8
part:
        resb    8
work:
        resb    8
size:
        resb    4

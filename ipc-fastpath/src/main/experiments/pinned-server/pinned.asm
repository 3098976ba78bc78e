; A client that writes a request of LINES lines, and a server that reads them and writes LINES
; of its own, on CPU_FIRST and CPU_THEN in turn.

%include "stand/user.inc"

HANDLE_WORK     equ     2
STAY            equ     4                       ; requests until a server moves

section .text

; -----------------------------------------------------------------------------
; client_main - ROUNDS requests
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
        mov     ebx, ROUNDS
        xor     r12d, r12d
        lea     r15, [rel request]
        TRIAL   0, 0, 0
.next:
        inc     r12
        OP_BEGIN
        mov     ecx, LINES
        mov     rdi, r15
.write:
        mov     [rdi], r12
        add     rdi, STAND_LINE
        dec     ecx
        jnz     .write
        CALL_CALL HANDLE_WORK, 0
        OP_END
        mov     r13, rdx
        test    rax, rax
        CHECK   z, answered
        CONTROL
        imul    rax, r12, LINES
        cmp     r13, rax
        CHECK   e, sum_right
        dec     ebx
        jnz     .next
        TRIAL_END
        CALL_EXIT 0

; -----------------------------------------------------------------------------
; server_main - answer with the sum of a request's lines
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_WORK to receive
;   probe     none
;
;   r12 = requests until it moves   r13 = its CPU   r14 = its next CPU   r15 = the sum
;
; It moves between answer and request, while the client has not asked.
; -----------------------------------------------------------------------------
global  server_main
server_main:
        mov     r13d, CPU_FIRST
        mov     r14d, CPU_THEN
        mov     r12d, STAY
        CALL_THREAD_AFFINITY HANDLE_SELF, r13
        CALL_RECV HANDLE_WORK, 0
.next:
        mov     ecx, LINES
        lea     rdi, [rel request]
        lea     rsi, [rel own]
        xor     r15d, r15d
.read:
        add     r15, [rdi]
        mov     [rsi], r15
        add     rdi, STAND_LINE
        add     rsi, STAND_LINE
        dec     ecx
        jnz     .read
%if CPU_FIRST != CPU_THEN
        dec     r12d
        jnz     .answer
        mov     r12d, STAY
        xchg    r13, r14
        CALL_THREAD_AFFINITY HANDLE_SELF, r13
.answer:
%endif
        mov     rdx, r15
        CALL_REPLY_RECV HANDLE_WORK, 1
        jmp     .next

section .bss
align STAND_LINE
request:
        resb    LINES * STAND_LINE
own:
        resb    LINES * STAND_LINE

; A client and a server that find each other's numbers in shared memory or in messages. WAY:
; 0 messages, 1 polling, 2 polling before messages.

%include "stand/user.inc"

HANDLE_WORK     equ     2
WAY_WAITS       equ     0
WAY_POLLS       equ     1
WAY_BOTH        equ     2

section .text

; -----------------------------------------------------------------------------
; client_main - ROUNDS requests
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     HANDLE_WORK to send
;   probe     the trial, the operation, the control arm, counts of switches and polls
;
;   r12 = number of the request   r13 = calls, answers and yields   r14 = polls
; -----------------------------------------------------------------------------
global  client_main
client_main:
        mov     ebx, ROUNDS
        xor     r12d, r12d
        xor     r13d, r13d
        xor     r14d, r14d
.settle:
        CALL_YIELD
        cmp     dword [rel settled], 0
        je      .settle
        TRIAL   0, 0, 0
.next:
        inc     r12
        OP_BEGIN
%if WAY == WAY_WAITS
        mov     rdx, r12
        CALL_CALL HANDLE_WORK, 1
        inc     r13
        mov     rbp, rdx
%else
        mov     [rel request], r12
%if WAY == WAY_BOTH
        mfence
        cmp     dword [rel asleep], 0
        je      .poll
        xor     eax, eax
        xchg    [rel asleep], eax
        test    eax, eax
        jnz     .call
%endif
.poll:
        mov     ecx, POLLS
.again:
        mov     rbp, [rel answer]
        cmp     rbp, r12
        je      .there
        pause
        inc     r14
        dec     ecx
        jnz     .again
%if WAY == WAY_BOTH
.call:
        CALL_CALL HANDLE_WORK, 0
        inc     r13
%elif OTHER == 0
        CALL_YIELD
        inc     r13
%endif
        jmp     .poll
.there:
%endif
        OP_END
        CONTROL
        cmp     rbp, r12
        CHECK   e, answer_right
        mov     ecx, THINK
.think:
        dec     ecx
        jg      .think
        dec     ebx
        jnz     .next
        add     r13, [rel server_switches]
        COUNT   switches, r13
        COUNT   polls, r14
        mov     r14, [rel server_polls]
        COUNT   server_polls, r14
        TRIAL_END
        CALL_EXIT 0

; -----------------------------------------------------------------------------
; server_main - answer each number with itself
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_WORK to receive, CPU 1 if OTHER
;   probe     none
;
; It says that it sleeps, then looks once more: a request that came between is answered, unless
; the client has taken the word back and is about to call.
; -----------------------------------------------------------------------------
global  server_main
server_main:
%if OTHER
        CALL_THREAD_AFFINITY HANDLE_SELF, 1
        test    rax, rax
        CHECK   z, moved
%endif
        mov     dword [rel settled], 1
%if WAY == WAY_WAITS
        CALL_RECV HANDLE_WORK, 0
.next:
        inc     qword [rel server_switches]
        CALL_REPLY_RECV HANDLE_WORK, 1
        jmp     .next
%else
        xor     r12d, r12d
.watch:
        mov     ebx, POLLS
.again:
        mov     rax, [rel request]
        cmp     rax, r12
        jne     .work
        pause
        inc     qword [rel server_polls]
        dec     ebx
        jnz     .again
%if WAY == WAY_BOTH
        mov     eax, 1
        xchg    [rel asleep], eax
        mov     rax, [rel request]
        cmp     rax, r12
        je      .sleep
        xor     ecx, ecx
        xchg    [rel asleep], ecx
        test    ecx, ecx
        jnz     .work
.sleep:
        CALL_RECV HANDLE_WORK, 0
        mov     rax, [rel request]
        mov     r12, rax
        mov     [rel answer], rax
        inc     qword [rel server_switches]
        CALL_REPLY_RECV HANDLE_WORK, TAG_NO_WAIT
        jmp     .watch
%elif OTHER == 0
        inc     qword [rel server_switches]
        CALL_YIELD
%endif
        jmp     .watch
.work:
        mov     r12, rax
        mov     [rel answer], rax
        jmp     .watch
%endif

section .bss
align STAND_LINE
request:
        resb    8
align STAND_LINE
answer:
        resb    8
align STAND_LINE
asleep:
        resb    4
align STAND_LINE
server_switches:
        resb    8
server_polls:
        resb    8
settled:
        resb    4

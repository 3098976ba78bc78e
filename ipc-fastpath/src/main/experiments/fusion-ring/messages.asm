; Messages of BYTES through one carrier. One CPU sends and receives in turns; with two, one sends
; and the other one receives.

%include "lib/message.inc"

TRIAL_BOTH      equ     0
TRIAL_SEND      equ     1
TRIAL_RECEIVE   equ     2

section .text

; -----------------------------------------------------------------------------
; workload_cpu - carry ROUNDS messages
;
;   in        edi = CPU
;   out       all messages arrived, in order
;   clobbers  everything
;   needs     called on one CPU or on two
;   probe     the trial, the operation, the control arm
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        test    edi, edi
        jnz     .made
        lea     rdi, [rel carrier]
        call    message_make
.made:
        mov     r13d, ROUNDS
        BARRIER
%if CPUS == 1
        TRIAL   TRIAL_BOTH, 0, 0
.next:
        mov     [rel sent], r13
        mov     r14, r13
        OP_BEGIN
        call    send
        call    receive
        OP_END
        CONTROL
        dec     r13d
        jnz     .next
        TRIAL_END
        ret
%else
        test    r12d, r12d
        jnz     .receiver
        TRIAL   TRIAL_SEND, 0, 0
.next_sent:
        mov     [rel sent], r13
        OP_BEGIN
        call    send
        OP_END
        CONTROL
        dec     r13d
        jnz     .next_sent
        TRIAL_END
        ret
.receiver:
        TRIAL   TRIAL_RECEIVE, 0, 0
.next_received:
        mov     r14, r13
        OP_BEGIN
        call    receive
        OP_END
        CONTROL
        dec     r13d
        jnz     .next_received
        TRIAL_END
        ret
%endif

; Sends the message at "sent" as soon as there is room. Clobbers all but rbx, rbp, r12 to r15.
send:
        lea     rdi, [rel carrier]
        lea     rsi, [rel sent]
        mov     ecx, BYTES
        call    message_put
        test    eax, eax
        jnz     .done
        TALLY   waits
        pause
        jmp     send
.done:
        ret

; Receives a message as soon as there is one; its first word must be r14. Clobbers as send does.
receive:
        lea     rdi, [rel carrier]
        lea     rdx, [rel received]
        call    message_take
        test    eax, eax
        jnz     .done
        TALLY   waits
        pause
        jmp     receive
.done:
        cmp     [rel received], r14
        CHECK   e, in_order
        ret

section .bss
align STAND_LINE
sent:
        resb    SLOT_BYTES
received:
        resb    SLOT_BYTES
align PAGE_SIZE
carrier:
        resb    MESSAGE_SLOTS + SLOTS * SLOT_BYTES

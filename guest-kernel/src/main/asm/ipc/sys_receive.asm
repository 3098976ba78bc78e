; Answering and receiving, the general way.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; sys_reply_recv - answer the caller, if there is one, and wait for a message
;
;   in        r15 = the running Thread, its registers as KernelAbi says
;   out       a thread is chosen, or its status says why nothing was done
;   clobbers  all caller-saved registers, rbx, r13, flags
;   needs     nothing
;   probe     phase_checks, phase_reply_link, phase_copy, phase_dequeue, phase_switch
; -----------------------------------------------------------------------------
global  sys_reply_recv
sys_reply_recv:
        PROBE   phase_checks
        mov     esi, RIGHT_RECEIVE
        call    message_check
        test    rax, rax
        jz      ipc_receive.refused
        mov     rbx, rax
        PROBE   phase_reply_link
        mov     r13, [r15 + Thread_caller]
        test    r13, r13
        jz      ipc_receive
        mov     qword [r15 + Thread_caller], 0
        mov     rdi, r15
        mov     rsi, r13
        xor     edx, edx
        call    message_deliver
        PROBE   phase_switch
        mov     rdi, r13
        call    scheduler_add_first

; -----------------------------------------------------------------------------
; ipc_receive - take the next message or wait for it
;
;   in        r15 = the running Thread, rbx = Endpoint
;   out       a thread is chosen
;   clobbers  all caller-saved registers, r13, flags
;   needs     r15 has no caller
;   probe     phase_dequeue, phase_copy, phase_switch
; -----------------------------------------------------------------------------
global  ipc_receive
ipc_receive:
        PROBE   phase_dequeue
        mov     eax, [r15 + Thread_rsi]
        and     eax, TAG_LONG
        or      eax, STATE_RECEIVING
        mov     [r15 + Thread_state], eax
        mov     r13, [rbx + Endpoint_senders]
        test    r13, r13
        jz      .no_sender

        mov     rax, [r13 + Thread_next]
        mov     [rbx + Endpoint_senders], rax
        mov     rdi, r13
        mov     rsi, r15
        mov     rdx, [r13 + Thread_badge]
        call    message_deliver
        mov     dword [r15 + Thread_state], STATE_RUNNABLE
        mov     eax, [r13 + Thread_state]
        cmp     al, STATE_CALLING
        jne     .wants_no_answer
        xor     eax, STATE_CALLING ^ STATE_AWAITING_REPLY
        mov     [r13 + Thread_state], eax
        mov     [r13 + Thread_waits_on], r15
        mov     [r15 + Thread_caller], r13
        jmp     scheduler_preempt
.wants_no_answer:
        mov     rdi, r13
        call    scheduler_add_last
        jmp     scheduler_preempt

.no_sender:
        test    dword [r15 + Thread_rsi], TAG_NO_WAIT
        jnz     .would_wait
        mov     [r15 + Thread_waits_on], rbx
        mov     rax, [rbx + Endpoint_receivers]
        mov     [r15 + Thread_next], rax
        mov     [rbx + Endpoint_receivers], r15
        jmp     scheduler_pick
.would_wait:
        mov     dword [r15 + Thread_state], STATE_RUNNABLE
        call    message_would_wait
        jmp     scheduler_preempt
.refused:
        ret

; -----------------------------------------------------------------------------
; sys_recv - wait for a message
;
;   in        r15 = the running Thread, its registers as KernelAbi says
;   out       a thread is chosen, or its status says why nothing was done
;   clobbers  all caller-saved registers, rbx, r13, flags
;   needs     nothing
;   probe     phase_checks, phase_dequeue, phase_copy, phase_switch
;
; A caller that was not answered would wait for ever: it is told that it was left.
; -----------------------------------------------------------------------------
global  sys_recv
sys_recv:
        PROBE   phase_checks
        mov     esi, RIGHT_RECEIVE
        call    message_check
        test    rax, rax
        jz      ipc_receive.refused
        mov     rbx, rax
        mov     rdi, [r15 + Thread_caller]
        test    rdi, rdi
        jz      ipc_receive
        test    dword [r15 + Thread_rsi], TAG_NO_WAIT
        jz      .leave
        cmp     qword [rbx + Endpoint_senders], 0
        je      message_would_wait
.leave:
        mov     qword [r15 + Thread_caller], 0
        mov     qword [rdi + Thread_rax], STATUS_ABANDONED
        call    scheduler_add_last
        jmp     ipc_receive

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
        mov     edx, TAGS_UNKNOWN
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
        call    priority_update
        call    message_answer

; -----------------------------------------------------------------------------
; ipc_receive - take the next message or wait for it
;
;   in        r15 = the running Thread, rbx = Endpoint
;   out       a thread is chosen
;   clobbers  all caller-saved registers, rbx, r13, flags
;   needs     nothing
;   probe     phase_dequeue, phase_copy, phase_switch, senders_dequeue (rbx = Endpoint,
;             r13 = Thread), receivers_enqueue (rbx = Endpoint, r15 = Thread), block_reply
;             (r13 = Thread, r15 = who answers), block_receive (r15 = Thread, rbx = Endpoint),
;             thread_wake (rdi = Thread)
;
; A caller that r15 has would wait for ever when it takes another message or waits for one:
; it learns that it was left.
; A sender whose buffer is gone is told so, and the call begins again for the next one: how long
; interrupts wait is not a matter of how many such senders there are. Signals that the thread
; is bound to come before all messages.
; -----------------------------------------------------------------------------
global  ipc_receive
ipc_receive:
        PROBE   phase_dequeue
        mov     eax, [r15 + Thread_rsi]
        and     eax, STATE_FLAGS
        or      eax, STATE_RECEIVING
        mov     [r15 + Thread_state], eax
        mov     rax, [r15 + Thread_bound]
        test    rax, rax
        jnz     .bound
.no_signals:
        mov     r13, [rbx + Endpoint_senders]
        test    r13, r13
        jz      .no_sender

        PROBE   senders_dequeue, rbx, r13
        mov     rax, [r13 + Thread_next]
        mov     [rbx + Endpoint_senders], rax
        mov     rdi, r13
        mov     rsi, r15
        call    message_carry
        test    eax, eax
        jnz     .not_carried
        call    ipc_abandon
        mov     rdi, r13
        mov     rsi, r15
        mov     rdx, [r13 + Thread_badge]
        call    message_deliver
        mov     dword [r15 + Thread_state], STATE_RUNNABLE
        mov     eax, [r13 + Thread_state]
        cmp     al, STATE_CALLING
        jne     .wants_no_answer
        PROBE   block_reply, r13, r15
        xor     eax, STATE_CALLING ^ STATE_AWAITING_REPLY
        mov     [r13 + Thread_state], eax
        mov     [r13 + Thread_waits_on], r15
        mov     [r15 + Thread_caller], r13
        mov     rdi, r15
        call    priority_update
        jmp     scheduler_preempt
.not_carried:
        movsxd  rax, eax
        mov     [r13 + Thread_rax], rax
        mov     rdi, r13
        PROBE   thread_wake, rdi
        call    scheduler_add_last
        and     dword [r15 + Thread_rsi], ~(TAG_BUFFER | TAG_HANDLE)
        mov     eax, SYS_RECV
        jmp     syscall_restart
.wants_no_answer:
        mov     rdi, r13
        PROBE   thread_wake, rdi
        call    scheduler_add_last
        jmp     scheduler_preempt

.bound:
        cmp     qword [rax + Notification_bits], 0
        je      .no_signals
        mov     rbx, rax
        call    ipc_abandon
        mov     rdi, r15
        call    notification_deliver
        mov     dword [r15 + Thread_state], STATE_RUNNABLE
        jmp     scheduler_preempt

.no_sender:
        test    dword [r15 + Thread_rsi], TAG_NO_WAIT
        jnz     .would_wait
        call    ipc_abandon
        PROBE   receivers_enqueue, rbx, r15
        PROBE   block_receive, r15, rbx
        mov     [r15 + Thread_waits_on], rbx
        mov     rax, [rbx + Endpoint_receivers]
        mov     [r15 + Thread_next], rax
        mov     [rbx + Endpoint_receivers], r15
        jmp     message_wait
.would_wait:
        mov     dword [r15 + Thread_state], STATE_RUNNABLE
        jmp     message_would_wait
.refused:
        ret

; The caller that r15 has, if any, is ready; clobbers rax, rcx, rdx, rsi, rdi
ipc_abandon:
        mov     rdi, [r15 + Thread_caller]
        test    rdi, rdi
        jz      .nobody
        mov     qword [r15 + Thread_caller], 0
        mov     qword [rdi + Thread_rax], STATUS_ABANDONED
        PROBE   thread_wake, rdi
        call    scheduler_add_last
        mov     rdi, r15
        jmp     priority_update
.nobody:
        ret

; -----------------------------------------------------------------------------
; sys_recv - wait for a message
;
;   in        r15 = the running Thread, its registers as KernelAbi says
;   out       a thread is chosen, or its status says why nothing was done
;   clobbers  all caller-saved registers, rbx, r13, flags
;   needs     nothing
;   probe     phase_checks, phase_dequeue, phase_copy, phase_switch
; -----------------------------------------------------------------------------
global  sys_recv
sys_recv:
        PROBE   phase_checks
        mov     esi, RIGHT_RECEIVE
        mov     edx, TAGS_UNKNOWN | TAG_BUFFER | TAG_HANDLE
        call    message_check
        test    rax, rax
        mov     rbx, rax
        jnz     ipc_receive
        ret

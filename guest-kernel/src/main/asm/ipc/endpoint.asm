; Endpoints and their queues, as far as the rare operations go.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; endpoint_append - queue a thread that wants to send
;
;   in        rbx = Endpoint, rdi = Thread
;   out       it is the last of the senders
;   clobbers  rax, flags
;   needs     it is in no queue, no receiver waits
;   probe     senders_enqueue (rbx = Endpoint, rdi = Thread)
; -----------------------------------------------------------------------------
global  endpoint_append
endpoint_append:
        PROBE   senders_enqueue, rbx, rdi
        mov     qword [rdi + Thread_next], 0

; -----------------------------------------------------------------------------
; endpoint_keep - put a sender back that was in the queue
;
;   in        rbx = Endpoint, rdi = Thread
;   out       it is the last of the senders
;   clobbers  rax, flags
;   needs     it is in no queue; its next is 0
;   probe     none: for whoever looks it never left
; -----------------------------------------------------------------------------
global  endpoint_keep
endpoint_keep:
        cmp     qword [rbx + Endpoint_senders], 0
        je      .first
        mov     rax, [rbx + Endpoint_senders_last]
        mov     [rax + Thread_next], rdi
        mov     [rbx + Endpoint_senders_last], rdi
        ret
.first:
        mov     [rbx + Endpoint_senders], rdi
        mov     [rbx + Endpoint_senders_last], rdi
        ret

; -----------------------------------------------------------------------------
; endpoint_forget - take a thread out of the endpoint it waits on
;
;   in        rdi = Thread, sending, calling or receiving
;   out       it is in no queue
;   clobbers  rax, rcx, rdx, rsi, r8, flags
;   needs     nothing
;   probe     senders_dequeue or receivers_dequeue (rax = Endpoint, rdi = Thread)
;
; Lists have links to the next only: more of them would cost the fast path a store each, and
; few look for a thread in its one list: its death, the end of its time, a signal that it hears.
; -----------------------------------------------------------------------------
global  endpoint_forget
endpoint_forget:
        mov     rax, [rdi + Thread_waits_on]
        xor     r8d, r8d
        cmp     byte [rdi + Thread_state], STATE_RECEIVING
        je      .receives
        PROBE   senders_dequeue, rax, rdi
        lea     rsi, [rax + Endpoint_senders]
        jmp     .next_link
.receives:
        PROBE   receivers_dequeue, rax, rdi
        lea     rsi, [rax + Endpoint_receivers]
.next_link:
        mov     rdx, [rsi]
        cmp     rdx, rdi
        je      .found
        mov     r8, rdx
        lea     rsi, [rdx + Thread_next]
        jmp     .next_link
.found:
        mov     rcx, [rdi + Thread_next]
        mov     [rsi], rcx
        cmp     [rax + Endpoint_senders_last], rdi
        jne     .not_last
        mov     [rax + Endpoint_senders_last], r8
.not_last:
        ret

; -----------------------------------------------------------------------------
; endpoint_close - nobody can receive here any more, ever
;
;   in        rdi = Endpoint
;   out       whoever waited learns it
;   clobbers  all caller-saved registers, flags
;   needs     no handle may receive from it
;   probe     senders_dequeue, receivers_dequeue (rbx = Endpoint, rdi = Thread), thread_wake
;             (rdi = Thread)
;
; Without receivers every later use falls to the slow path, which tells the reason: the
; fast path needs no check of its own.
; -----------------------------------------------------------------------------
global  endpoint_close
endpoint_close:
        push    rbx
        mov     rbx, rdi
.next_sender:
        mov     rdi, [rbx + Endpoint_senders]
        test    rdi, rdi
        jz      .next_receiver
        PROBE   senders_dequeue, rbx, rdi
        PROBE   thread_wake, rdi
        mov     rax, [rdi + Thread_next]
        mov     [rbx + Endpoint_senders], rax
        mov     qword [rdi + Thread_rax], STATUS_DEAD
        call    scheduler_add_last
        jmp     .next_sender
.next_receiver:
        mov     rdi, [rbx + Endpoint_receivers]
        test    rdi, rdi
        jz      .done
        PROBE   receivers_dequeue, rbx, rdi
        PROBE   thread_wake, rdi
        mov     rax, [rdi + Thread_next]
        mov     [rbx + Endpoint_receivers], rax
        mov     qword [rdi + Thread_rax], STATUS_DEAD
        call    scheduler_add_last
        jmp     .next_receiver
.done:
        pop     rbx
        ret

; Threads that wait through handles: who may do so no more learns STATUS_REVOKED. A sender
; waits through the slot that it named; a thread that receives or waits for bits does so as
; long as its process has any handle that allows it, for the fast paths note no slot.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; handle_waiters_check - look who may wait for an object no more
;
;   in        rdi = object, esi = rights of handles to it that are gone
;   out       whoever may not wait any more is ready and has its status
;   clobbers  all caller-saved registers, flags
;   needs     it was not reaped
;   probe     for each of them senders_dequeue, receivers_dequeue or waiters_dequeue (rbx =
;             object, rdi = Thread), wait_revoked and thread_wake (rdi = Thread)
;
; Takes a step for each thread in the queue and, if that is not one of senders, for each
; handle to the object. An object without handles tells those that wait by itself. A thread
; that faulted waits on: the answer is its handler's, whoever is that meanwhile.
; -----------------------------------------------------------------------------
global  handle_waiters_check
handle_waiters_check:
        push    rbx
        push    r12
        push    r13
        mov     rbx, rdi
        mov     r12d, esi
        cmp     qword [rbx + Object_first_handle], 0
        je      .done
        test    r12d, RIGHT_SEND
        jz      .no_sender
        mov     r13, [rbx + Endpoint_senders]
        mov     qword [rbx + Endpoint_senders], 0
.next_sender:
        test    r13, r13
        jz      .no_sender
        mov     rdi, r13
        mov     r13, [rdi + Thread_next]
        call    sender_slot
        jne     .may_not_send
        test    byte [rax + Handle_rights], RIGHT_SEND
        jz      .may_not_send
        mov     rcx, [rax + Handle_badge]
        cmp     rcx, [rdi + Thread_badge]
        je      .may_send
.may_not_send:
        cmp     dword [rdi + Thread_trapped], TRAP_FAULT
        je      .may_send
        PROBE   senders_dequeue, rbx, rdi
        call    waiter_revoke
        jmp     .next_sender
.may_send:
        mov     qword [rdi + Thread_next], 0
        call    endpoint_keep
        jmp     .next_sender

.no_sender:
        lea     r13, [rbx + Endpoint_receivers]
        test    r12d, RIGHT_RECEIVE
        mov     r8d, RIGHT_RECEIVE
        jnz     .find
        lea     r13, [rbx + Notification_waiters]
        test    r12d, RIGHT_WAIT
        mov     r8d, RIGHT_WAIT
        jz      .done

; r13 = address of a link that starts a queue, r8d = what those in it need
.find:
        mov     rax, [r13]
        test    rax, rax
        jz      .done
.next_process:
        mov     rcx, [rax + Thread_process]
        mov     qword [rcx + Process_may_wait], 0
        mov     rax, [rax + Thread_next]
        test    rax, rax
        jnz     .next_process
        mov     rax, [rbx + Object_first_handle]
.next_handle:
        test    [rax + Handle_rights], r8d
        jz      .other_handle
        mov     rcx, [rax + Handle_process]
        mov     qword [rcx + Process_may_wait], 1
.other_handle:
        mov     rax, [rax + Handle_next]
        test    rax, rax
        jnz     .next_handle
.next_waiter:
        mov     rdi, [r13]
        test    rdi, rdi
        jz      .done
        mov     rcx, [rdi + Thread_process]
        cmp     qword [rcx + Process_may_wait], 0
        jne     .may_wait
        mov     rax, [rdi + Thread_next]
        mov     [r13], rax
        test    r12d, RIGHT_RECEIVE
        jz      .waits_for_bits
        PROBE   receivers_dequeue, rbx, rdi
        call    waiter_revoke
        jmp     .next_waiter
.waits_for_bits:
        PROBE   waiters_dequeue, rbx, rdi
        call    waiter_revoke
        jmp     .next_waiter
.may_wait:
        lea     r13, [rdi + Thread_next]
        jmp     .next_waiter
.done:
        pop     r13
        pop     r12
        pop     rbx
        ret

; rdi = Thread, in no queue
waiter_revoke:
        PROBE   wait_revoked, rdi
        PROBE   thread_wake, rdi
        mov     qword [rdi + Thread_rax], STATUS_REVOKED
        jmp     scheduler_add_last

; rdi = Thread that queues as a sender of rbx = Endpoint; out: rax = the slot that it named, ZF
; set if that names the endpoint. Of a thread that faulted it is any slot.
sender_slot:
        movzx   eax, byte [rdi + Thread_rdi]
        shl     eax, HANDLE_SHIFT
        add     rax, [rdi + Thread_handles]
        cmp     [rax + Handle_object], rbx
        ret

; -----------------------------------------------------------------------------
; handle_waiters_move - let those that wait through a handle go with it
;
;   in        r15 = the running Thread, whose handle it is; rdi = Handle, esi = its new slot
;   out       senders that named its slot name the new one
;   clobbers  rax, rcx, rdx, flags
;   needs     nothing: it may be a handle of any kind
;   probe     none
; -----------------------------------------------------------------------------
global  handle_waiters_move
handle_waiters_move:
        test    byte [rdi + Handle_rights], RIGHT_SEND
        jz      .done
        mov     rdx, [rdi + Handle_object]
        mov     rdx, [rdx + Endpoint_senders]
.next:
        test    rdx, rdx
        jz      .done
        movzx   eax, byte [rdx + Thread_rdi]
        shl     eax, HANDLE_SHIFT
        add     rax, [rdx + Thread_handles]
        cmp     rax, rdi
        jne     .other
        cmp     dword [rdx + Thread_trapped], TRAP_FAULT
        je      .other
        mov     [rdx + Thread_rdi], rsi
.other:
        mov     rdx, [rdx + Thread_next]
        jmp     .next
.done:
        ret

%assert HANDLE_COUNT == 1 << 8, "a slot is a byte"
%assert (RIGHT_SEND | RIGHT_RECEIVE) < (1 << 8), "the right is in the first byte"

; Threads that wait at an object until somebody wakes them: for a notification's bits, for a
; word of a memory object. More urgent ones stand before others. Both kinds of objects have
; the list in the same place.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; waiters_add - let the running thread wait at an object
;
;   in        rbx = Notification or Memory, r15 = the running Thread
;   out       it stands behind those that are as urgent
;   clobbers  rax, rcx, rdx, flags
;   needs     its state is the one that it waits in, it is in no queue
;   probe     waiters_enqueue (the object, Thread)
; -----------------------------------------------------------------------------
global  waiters_add
waiters_add:
        PROBE   waiters_enqueue, rbx, r15
        mov     [r15 + Thread_waits_on], rbx
        mov     ecx, [r15 + Thread_priority]
        lea     rdx, [rbx + Notification_waiters]
.next:
        mov     rax, [rdx]
        test    rax, rax
        jz      .here
        cmp     [rax + Thread_priority], ecx
        jb      .here
        lea     rdx, [rax + Thread_next]
        jmp     .next
.here:
        mov     [r15 + Thread_next], rax
        mov     [rdx], r15
        ret

; -----------------------------------------------------------------------------
; waiters_forget - take a thread out of the object that it waits at
;
;   in        rdi = Thread, waiting at a Notification or a Memory
;   out       it is in no queue
;   clobbers  rax, rcx, flags
;   needs     nothing
;   probe     waiters_dequeue (the object, Thread)
; -----------------------------------------------------------------------------
global  waiters_forget
waiters_forget:
        mov     rax, [rdi + Thread_waits_on]
        PROBE   waiters_dequeue, rax, rdi
        add     rax, Notification_waiters
.next:
        mov     rcx, [rax]
        cmp     rcx, rdi
        je      .found
        lea     rax, [rcx + Thread_next]
        jmp     .next
.found:
        mov     rcx, [rdi + Thread_next]
        mov     [rax], rcx
        ret

; -----------------------------------------------------------------------------
; waiters_close - an object ends
;
;   in        rdi = Notification or Memory
;   out       whoever waited at it learns it
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     waiters_dequeue (the object, Thread), thread_wake (Thread)
; -----------------------------------------------------------------------------
global  waiters_close
waiters_close:
        push    rbx
        mov     rbx, rdi
.next:
        mov     rdi, [rbx + Notification_waiters]
        test    rdi, rdi
        jz      .done
        PROBE   waiters_dequeue, rbx, rdi
        PROBE   thread_wake, rdi
        mov     rax, [rdi + Thread_next]
        mov     [rbx + Notification_waiters], rax
        mov     qword [rdi + Thread_rax], STATUS_DEAD
        call    scheduler_add_last
        jmp     .next
.done:
        pop     rbx
        ret

%assert Notification_waiters == Memory_waiters, "the list is where it is in both kinds of objects"

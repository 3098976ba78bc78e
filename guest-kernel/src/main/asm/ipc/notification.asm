; Notifications: a word of bits that senders set and a receiver takes, without waiting
; for each other. Waiters are queued by priority; while one waits, no bit is set.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; sys_signal - set bits, and wake the most urgent of those that wait, or the bound thread
;
;   in        r15 = the running Thread; its rdi = handle, rsi = bits
;   out       its status; a thread is chosen
;   clobbers  all caller-saved registers, rbx, flags
;   needs     nothing
;   probe     phase_checks, phase_dequeue, phase_switch
;
; A handle's badge is the set of bits that it may set; without one it may set all.
; -----------------------------------------------------------------------------
global  sys_signal
sys_signal:
        PROBE   phase_checks
        mov     esi, RIGHT_SIGNAL
        call    notification_find
        jz      .done
        mov     rax, [r15 + Thread_rsi]
        mov     rcx, [rdx + Handle_badge]
        test    rcx, rcx
        jz      .may_set_all
        and     rax, rcx
.may_set_all:
        call    notification_signal
        jmp     scheduler_preempt
.done:
        ret

; -----------------------------------------------------------------------------
; notification_signal - set bits, whoever does it
;
;   in        rbx = Notification, rax = bits
;   out       they are set; or the most urgent of those that wait, or the bound thread if it
;             receives, has them and is ready
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     phase_dequeue, waiters_dequeue (rbx = Notification, rdi = Thread),
;             thread_wake (rdi = Thread), phase_switch
; -----------------------------------------------------------------------------
global  notification_signal
notification_signal:
        or      rax, [rbx + Notification_bits]
        mov     [rbx + Notification_bits], rax
        jz      .done
        mov     rdi, [rbx + Notification_waiters]
        test    rdi, rdi
        jz      .nobody_waits
        PROBE   phase_dequeue
        PROBE   waiters_dequeue, rbx, rdi
        PROBE   thread_wake, rdi
        mov     rcx, [rdi + Thread_next]
        mov     [rbx + Notification_waiters], rcx
        mov     qword [rbx + Notification_bits], 0
        mov     [rdi + Thread_rdx], rax
        PROBE   phase_switch
        jmp     scheduler_add_first
.nobody_waits:
        cmp     [rbx + Notification_bound], rdi
        jne     notification_offer
.done:
        ret

; -----------------------------------------------------------------------------
; sys_wait - take the bits that are set, or wait until some are
;
;   in        r15 = the running Thread; its rdi = handle, rsi = ticks, or 0: for ever
;   out       its status, its rdx = bits; a thread is chosen
;   clobbers  all caller-saved registers, rbx, flags
;   needs     nothing
;   probe     phase_checks, block_signal (r15 = Thread, rbx = Notification), phase_switch
; -----------------------------------------------------------------------------
global  sys_wait
sys_wait:
        PROBE   phase_checks
        mov     esi, RIGHT_WAIT
        call    notification_find
        jz      .refused
        mov     rax, [rbx + Notification_bits]
        test    rax, rax
        jnz     notification_take
        PROBE   block_signal, r15, rbx
        mov     dword [r15 + Thread_state], STATE_WAITING
        call    waiters_add
        mov     rax, [r15 + Thread_rsi]
        test    rax, rax
        jz      scheduler_pick
        jmp     thread_wait_ticks
.refused:
        ret

; -----------------------------------------------------------------------------
; sys_poll - take the bits that are set, or go on
;
;   in        r15 = the running Thread; its rdi = handle
;   out       its status, its rdx = bits; STATUS_EMPTY when none is set
;   clobbers  all caller-saved registers, rbx, flags
;   needs     nothing
;   probe     phase_checks
; -----------------------------------------------------------------------------
global  sys_poll
sys_poll:
        PROBE   phase_checks
        mov     esi, RIGHT_WAIT
        call    notification_find
        jz      sys_wait.refused
        mov     rax, [rbx + Notification_bits]
        test    rax, rax
        jnz     notification_take
        mov     qword [r15 + Thread_rax], STATUS_EMPTY
        ret

; rax = bits that are set, rbx = Notification, r15 = the running Thread
notification_take:
        mov     qword [rbx + Notification_bits], 0
        mov     [r15 + Thread_rdx], rax
        mov     rdi, [rbx + Notification_bound]
        test    rdi, rdi
        jnz     thread_gate
        ret

; -----------------------------------------------------------------------------
; notification_find - look up the notification of the running thread's call
;
;   in        r15 = the running Thread, its rdi = handle; esi = right
;   out       rbx = Notification, rdx = Handle, ZF clear; or ZF set, and the thread's
;             status says why not
;   clobbers  rax, rdi, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  notification_find
notification_find:
        mov     rdi, [r15 + Thread_rdi]
        call    handle_find
        mov     rdx, rax
        test    rax, rax
        jz      .refused
        mov     rbx, [rdx + Handle_object]
        test    [rdx + Handle_rights], esi
        jnz     .refused
        mov     qword [r15 + Thread_rax], STATUS_RIGHTS
        xor     eax, eax
.refused:
        ret

; -----------------------------------------------------------------------------
; notification_close - nobody has a handle any more
;
;   in        rdi = Notification
;   out       whoever waited learns it, its interrupts are masked
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     waiters_dequeue, thread_wake
; -----------------------------------------------------------------------------
global  notification_close
notification_close:
        push    rbx
        mov     rbx, rdi
        call    notification_unbind
        mov     rdi, rbx
        call    waiters_close
        mov     rdi, rbx
        pop     rbx
        jmp     interrupts_forget

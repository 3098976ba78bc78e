; Waiting with an end: what a thread does that waits for a time only, and what becomes of it.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

TAG_TIMEOUT     equ     TAG_TIMEOUT_SHIFT / 8   ; the byte of a tag where its timeout begins

section .text

; -----------------------------------------------------------------------------
; message_wait - let the running thread wait as long as its tag says
;
;   in        r15 = the running Thread, in the queue of what it waits for
;   out       a thread is chosen
;   clobbers  all caller-saved registers, flags
;   needs     its state is the one that it waits in
;   probe     phase_switch
; -----------------------------------------------------------------------------
global  message_wait
message_wait:
        mov     eax, [r15 + Thread_rsi + TAG_TIMEOUT]
        test    eax, eax
        jz      scheduler_pick

; -----------------------------------------------------------------------------
; thread_wait_ticks - let the running thread wait for ticks at most
;
;   in        r15 = the running Thread, rax = ticks
;   out       a thread is chosen
;   clobbers  all caller-saved registers, flags
;   needs     its state is the one that it waits in
;   probe     phase_switch
;
; A sum that wraps is a short wait; nobody waits for 2^64 ticks.
; -----------------------------------------------------------------------------
global  thread_wait_ticks
thread_wait_ticks:
        add     rax, [rel cpu_block + Cpu_ticks]
        mov     [r15 + Thread_wake_tick], rax
        mov     rdi, r15
        call    sleepers_add
        jmp     scheduler_pick

; -----------------------------------------------------------------------------
; thread_wake - the tick that a thread waited for has come
;
;   in        rdi = Thread, among the sleepers
;   out       it is ready; if it waited for something else, its status is STATUS_TIMEOUT
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     thread_wake (rdi = Thread), wait_timeout (rdi = Thread)
; -----------------------------------------------------------------------------
global  thread_wake
thread_wake:
        PROBE   thread_wake, rdi
        cmp     byte [rdi + Thread_state], STATE_SLEEPING
        je      scheduler_add_last
        PROBE   wait_timeout, rdi
        mov     qword [rdi + Thread_rax], STATUS_TIMEOUT
        call    thread_stop_waiting
        jmp     scheduler_add_last

; -----------------------------------------------------------------------------
; thread_stop_waiting - take a thread out of what it waits for
;
;   in        rdi = Thread, not runnable
;   out       it is in no queue but perhaps the sleepers'; an answer to it goes nowhere
;   clobbers  rax, rcx, rdx, rsi, r8, r9, flags
;   needs     it is not dead
;   probe     waiters_dequeue, senders_dequeue, receivers_dequeue
; -----------------------------------------------------------------------------
global  thread_stop_waiting
thread_stop_waiting:
        mov     al, [rdi + Thread_state]
        cmp     al, STATE_WAITING
        je      waiters_forget
        cmp     al, STATE_FUTEX
        je      waiters_forget
        cmp     al, STATE_AWAITING_REPLY
        je      .awaiting
        cmp     al, STATE_SLEEPING
        jne     endpoint_forget
        ret
.awaiting:
        mov     rax, [rdi + Thread_waits_on]
        cmp     dword [rax + Object_kind], KIND_REPLY
        je      .reply
        mov     qword [rax + Thread_caller], 0
        push    rdi
        mov     rdi, rax
        call    priority_update
        pop     rdi
        ret
.reply:
        mov     qword [rax + Reply_caller], 0
        ret

%assert STATE_MASK == (1 << 8) - 1, "the state without its flags is a byte"

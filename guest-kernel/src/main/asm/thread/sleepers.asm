; Threads that wait for a tick, those of all CPUs, the one that wakes first first. All else that a thread may
; wait for at the same time has links of its own, so it is in two lists at most, and who
; serves it takes it out of both: this one by its own link, without looking for it.

%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; sleepers_add - let a thread wait for its tick
;
;   in        rdi = Thread, with its wake_tick
;   out       it is among the sleepers, behind those that wake no later, its state says so,
;             and no fast path switches to it
;   clobbers  rax, rcx, rdx, flags
;   needs     it is not among them; its state is the one that it waits in
;   probe     sleepers_enqueue, timer_begin (rdi = Thread, rdx = the tick)
; -----------------------------------------------------------------------------
global  sleepers_add
sleepers_add:
        PROBE   sleepers_enqueue
        mov     rdx, [rdi + Thread_wake_tick]
        PROBE   timer_begin, rdi, rdx
        lea     rcx, [rel cpu_block + Cpu_sleepers]
.next:
        mov     rax, [rcx]
        test    rax, rax
        jz      .here
        cmp     [rax + Thread_wake_tick], rdx
        ja      .here
        lea     rcx, [rax + Thread_sleep_next]
        jmp     .next
.here:
        mov     [rdi + Thread_sleep_next], rax
        mov     [rdi + Thread_sleep_link], rcx
        mov     [rcx], rdi
        test    rax, rax
        jz      .last
        lea     rcx, [rdi + Thread_sleep_next]
        mov     [rax + Thread_sleep_link], rcx
.last:
        or      dword [rdi + Thread_state], STATE_TIMED
        jmp     thread_gate

; -----------------------------------------------------------------------------
; sleepers_remove - let a thread wait for its tick no more
;
;   in        rdi = Thread, its state with STATE_TIMED
;   out       it is not among the sleepers
;   clobbers  rax, rcx, flags
;   needs     nothing
;   probe     sleepers_dequeue, timer_end (rdi = Thread)
; -----------------------------------------------------------------------------
global  sleepers_remove
sleepers_remove:
        PROBE   sleepers_dequeue
        PROBE   timer_end, rdi
        mov     rax, [rdi + Thread_sleep_next]
        mov     rcx, [rdi + Thread_sleep_link]
        mov     [rcx], rax
        test    rax, rax
        jz      .was_last
        mov     [rax + Thread_sleep_link], rcx
.was_last:
        and     dword [rdi + Thread_state], ~STATE_TIMED
        jmp     thread_gate

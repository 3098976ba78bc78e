; Threads that wait for a tick, the one that wakes first first. All else that a thread may
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
;   probe     sleepers_enqueue (rdi = Thread)
; -----------------------------------------------------------------------------
global  sleepers_add
sleepers_add:
        PROBE   sleepers_enqueue, rdi
        mov     rdx, [rdi + Thread_wake_tick]
        mov     rcx, gs:[Cpu_self]
        add     rcx, Cpu_sleepers
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
;   probe     sleepers_dequeue (rdi = Thread)
; -----------------------------------------------------------------------------
global  sleepers_remove
sleepers_remove:
        PROBE   sleepers_dequeue, rdi
        mov     rax, [rdi + Thread_sleep_next]
        mov     rcx, [rdi + Thread_sleep_link]
        mov     [rcx], rax
        test    rax, rax
        jz      .was_last
        mov     [rax + Thread_sleep_link], rcx
.was_last:
        and     dword [rdi + Thread_state], ~STATE_TIMED

; -----------------------------------------------------------------------------
; thread_gate - let the fast paths have a thread, or keep them off
;
;   in        rdi = Thread
;   out       its fast_from and fast_to are what it is now
;   clobbers  rax, rcx, flags
;   needs     nothing
;   probe     none
;
; They would serve a thread that waits with a timeout and leave it among the sleepers, let a
; thread receive that has signals to take first, and leave it a priority that its caller lent.
; -----------------------------------------------------------------------------
global  thread_gate
thread_gate:
        mov     eax, FAST_NEVER_FROM
        mov     rcx, [rdi + Thread_bound]
        test    rcx, rcx
        jz      .no_signals
        cmp     qword [rcx + Notification_bits], 0
        jne     .leaves_slowly
.no_signals:
        mov     ecx, [rdi + Thread_priority]
        cmp     ecx, [rdi + Thread_own_priority]
        jne     .leaves_slowly
        mov     eax, gs:[Cpu_index]
.leaves_slowly:
        mov     [rdi + Thread_fast_from], eax
        mov     eax, gs:[Cpu_index]
        test    dword [rdi + Thread_state], STATE_TIMED
        jz      .plain
        mov     eax, FAST_NEVER_TO
.plain:
        mov     [rdi + Thread_fast_to], eax
        ret

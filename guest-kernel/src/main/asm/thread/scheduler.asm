; Which thread runs: the first one of the highest level that is not empty.
; A queue of a CPU holds its runnable threads that do not run; the running thread is in none, so a
; direct switch from caller to receiver touches no queue at all.
; Bit n of Cpu_ready is set exactly while level n is not empty, and Cpu_highest is the
; highest such n, PRIORITY_NONE without one: the fast paths ask for it.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

; What is ready for another CPU has to be told to it.
%if SMP
%macro SCHEDULER_RETURN
        jmp     cpu_tell
%endmacro
%else
%macro SCHEDULER_RETURN
        ret
%endmacro
%endif

section .text

; -----------------------------------------------------------------------------
; scheduler_add_first - make a thread ready, before others of its priority
;
;   in        rdi = Thread
;   out       it is runnable and in its level
;   clobbers  rax, rcx, rdx, r9, flags
;   needs     it is in no queue, unless it is among the sleepers too
;   probe     ready_enqueue (r9 = Cpu, rdi = Thread)
;
; Whoever is woken by a message goes first: it runs next unless a higher priority is
; ready, which is what the fast path's direct switch does.
; -----------------------------------------------------------------------------
global  scheduler_add_first
scheduler_add_first:
        test    dword [rdi + Thread_state], STATE_TIMED
        jz      .out_of_sleepers
        call    sleepers_remove
.out_of_sleepers:
        mov     dword [rdi + Thread_state], STATE_RUNNABLE
        movsxd  r9, dword [rdi + Object_cpu]
        PROBE   ready_enqueue, r9, rdi
        mov     ecx, [rdi + Thread_priority]
        call    scheduler_level
        mov     rdx, [rax + Level_first]
        mov     [rdi + Thread_next], rdx
        mov     [rax + Level_first], rdi
        test    rdx, rdx
        jnz     .done
        mov     [rax + Level_last], rdi
        call    scheduler_filled
.done:
        SCHEDULER_RETURN

; -----------------------------------------------------------------------------
; scheduler_add_last - make a thread ready, behind others of its priority
;
;   in        rdi = Thread
;   out       it is runnable and in its level
;   clobbers  rax, rcx, rdx, r9, flags
;   needs     it is in no queue, unless it is among the sleepers too
;   probe     ready_enqueue (r9 = Cpu, rdi = Thread)
; -----------------------------------------------------------------------------
global  scheduler_add_last
scheduler_add_last:
        test    dword [rdi + Thread_state], STATE_TIMED
        jz      .out_of_sleepers
        call    sleepers_remove
.out_of_sleepers:
        mov     dword [rdi + Thread_state], STATE_RUNNABLE
        mov     qword [rdi + Thread_next], 0
        movsxd  r9, dword [rdi + Object_cpu]
        PROBE   ready_enqueue, r9, rdi
        mov     ecx, [rdi + Thread_priority]
        call    scheduler_level
        cmp     qword [rax + Level_first], 0
        je      .first
        mov     rdx, [rax + Level_last]
        mov     [rdx + Thread_next], rdi
        mov     [rax + Level_last], rdi
        SCHEDULER_RETURN
.first:
        mov     [rax + Level_first], rdi
        mov     [rax + Level_last], rdi
        call    scheduler_filled
        SCHEDULER_RETURN

; -----------------------------------------------------------------------------
; scheduler_remove - take a thread out of its level
;
;   in        rdi = Thread
;   out       it is in no queue
;   clobbers  rax, rcx, rdx, rsi, r9, flags
;   needs     it is in its level
;   probe     ready_dequeue (r9 = Cpu, rdi = Thread)
; -----------------------------------------------------------------------------
global  scheduler_remove
scheduler_remove:
        movsxd  r9, dword [rdi + Object_cpu]
        PROBE   ready_dequeue, r9, rdi
        mov     ecx, [rdi + Thread_priority]
        call    scheduler_level
        xor     edx, edx
        mov     rsi, [rax + Level_first]
.next:
        cmp     rsi, rdi
        je      .found
        mov     rdx, rsi
        mov     rsi, [rsi + Thread_next]
        jmp     .next
.found:
        mov     rsi, [rdi + Thread_next]
        test    rsi, rsi
        jnz     .not_last
        mov     [rax + Level_last], rdx
.not_last:
        test    rdx, rdx
        jz      .was_first
        mov     [rdx + Thread_next], rsi
        ret
.was_first:
        mov     [rax + Level_first], rsi
        test    rsi, rsi
        jz      scheduler_emptied
        ret

; -----------------------------------------------------------------------------
; scheduler_pick - choose the thread that runs next
;
;   in        nothing
;   out       rax and Cpu_current = the thread, now in no queue; 0 when none is ready
;   clobbers  rcx, rdx, r8, r9, flags
;   needs     the thread that ran is queued, waits or is dead
;   probe     phase_switch, context_switch (r8 = the thread that runs next, or 0),
;             ready_dequeue (r9 = Cpu, r8 = Thread)
; -----------------------------------------------------------------------------
global  scheduler_pick
scheduler_pick:
        PROBE   phase_switch
        xor     r8d, r8d
        mov     r9, gs:[Cpu_self]
        mov     ecx, [r9 + Cpu_highest]
        test    ecx, ecx
        js      .chosen
        call    scheduler_level
        mov     r8, [rax + Level_first]
        PROBE   ready_dequeue, r9, r8
        mov     rdx, [r8 + Thread_next]
        mov     [rax + Level_first], rdx
        test    rdx, rdx
        jnz     .chosen
        call    scheduler_emptied
.chosen:
        PROBE   context_switch, r8
        mov     gs:[Cpu_current], r8
        mov     rax, r8
        ret

; -----------------------------------------------------------------------------
; scheduler_preempt - let a higher priority that is ready run instead
;
;   in        r15 = the running Thread
;   out       a thread is chosen; r15 stays first of its level if it is not the one
;   clobbers  rax, rcx, rdx, rdi, r8, r9, flags
;   needs     r15 is runnable and in no queue
;   probe     phase_switch
; -----------------------------------------------------------------------------
global  scheduler_preempt
scheduler_preempt:
        PROBE   phase_switch
        mov     eax, [r15 + Thread_priority]
        cmp     eax, gs:[Cpu_highest]
        jge     .stays
        mov     rdi, r15
        call    scheduler_add_first
        jmp     scheduler_pick
.stays:
        ret

; r9 = Cpu, rcx = priority; out: rax = its Level
scheduler_level:
        mov     eax, ecx
        shl     eax, LEVEL_SHIFT
        lea     rax, [r9 + rax + Cpu_levels]
        ret

; r9 = Cpu, rcx = priority whose level has its first thread now; clobbers rax, rdx
scheduler_filled:
        mov     eax, ecx
        shr     eax, READY_SHIFT
        mov     edx, 1
        shl     rdx, cl
        or      [r9 + rax * WORD_SIZE + Cpu_ready], rdx
        cmp     ecx, [r9 + Cpu_highest]
        jle     .done
        mov     [r9 + Cpu_highest], ecx
.done:
        ret

; r9 = Cpu, rcx = priority whose level has lost its last thread; clobbers rax, rdx
; No level above the highest is in use, so the next one is in its word or in one below.
scheduler_emptied:
        mov     eax, ecx
        shr     eax, READY_SHIFT
        mov     edx, 1
        shl     rdx, cl
        xor     [r9 + rax * WORD_SIZE + Cpu_ready], rdx
        cmp     ecx, [r9 + Cpu_highest]
        jne     .done
.word:
        bsr     rdx, [r9 + rax * WORD_SIZE + Cpu_ready]
        jnz     .found
        dec     eax
        jns     .word
        mov     dword [r9 + Cpu_highest], PRIORITY_NONE
.done:
        ret
.found:
        shl     eax, READY_SHIFT
        or      eax, edx
        mov     [r9 + Cpu_highest], eax
        ret

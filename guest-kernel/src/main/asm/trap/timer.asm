; The tick: it counts, wakes sleepers whose time has come, and ends a turn.
; Time is what the first CPU counts; sleepers wait in its list, wherever they run.

%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; timer_tick - serve the local APIC's timer
;
;   in        r15 = the running Thread, saved, or 0 when the CPU was idle
;   out       a thread is chosen: the next one of the highest ready priority
;   clobbers  all caller-saved registers, flags
;   needs     IF = 0
;   probe     none
; -----------------------------------------------------------------------------
global  timer_tick
timer_tick:
        call    lapic_acknowledge
%if SMP
        cmp     dword gs:[Cpu_index], 0
        jne     .awake
%endif
        inc     qword [rel cpu_block + Cpu_ticks]
.next:
        mov     rdi, [rel cpu_block + Cpu_sleepers]
        test    rdi, rdi
        jz      .awake
        mov     rax, [rel cpu_block + Cpu_ticks]
        cmp     [rdi + Thread_wake_tick], rax
        ja      .awake
        call    thread_wake
        jmp     .next

.awake:
        test    r15, r15
        jz      scheduler_pick
        mov     rdi, r15
        call    scheduler_add_last
        jmp     scheduler_pick

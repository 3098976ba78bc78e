; The tick: it counts, wakes sleepers whose time has come, and ends a turn.

%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; timer_tick - serve the local APIC's timer
;
;   in        r15 = the running Thread, saved, or 0 when the CPU was idle
;   out       a thread is chosen: the next one of the highest ready priority
;   clobbers  all caller-saved registers, rbx, r12, flags
;   needs     IF = 0
;   probe     none
; -----------------------------------------------------------------------------
global  timer_tick
timer_tick:
        call    lapic_acknowledge
        inc     qword gs:[Cpu_ticks]
        cmp     qword gs:[Cpu_sleepers], 0
        je      .awake

        lea     rbx, [rel thread_table]
        mov     r12, [rel thread_table_used]
.next:
        cmp     rbx, r12
        jae     .awake
        cmp     dword [rbx + Thread_state], STATE_SLEEPING
        jne     .skip
        mov     rax, gs:[Cpu_ticks]
        cmp     [rbx + Thread_wake_tick], rax
        ja      .skip
        dec     qword gs:[Cpu_sleepers]
        mov     rdi, rbx
        call    scheduler_add_last
.skip:
        add     rbx, Thread_size
        jmp     .next

.awake:
        test    r15, r15
        jz      scheduler_pick
        mov     rdi, r15
        call    scheduler_add_last
        jmp     scheduler_pick

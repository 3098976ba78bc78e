; Priorities that callers lend: whoever serves a caller runs at least at the caller's
; priority until it answers, and so does whoever it calls meanwhile.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; priority_update - give a thread the priority that its caller lends it, or its own
;
;   in        rdi = Thread that got a caller or lost one
;   out       it has the higher one of its own priority and its caller's, and stands where
;             that belongs if it is ready; and so do those that wait for each other's
;             answers behind it
;   clobbers  rax, rcx, rdx, rsi, rdi, r9, flags
;   needs     the caller looks who is to run
;   probe     priority_change (rdi = Thread, rcx = its new priority), cpu_tell (Cpu, Thread)
;
; Where it runs on another CPU and something more urgent is ready there, that CPU is told.
; Callers stand one behind the other and never in a ring: only a thread that receives gets
; one. In a queue of waiters a thread keeps its place.
; -----------------------------------------------------------------------------
global  priority_update
priority_update:
        mov     ecx, [rdi + Thread_own_priority]
        mov     rax, [rdi + Thread_caller]
        test    rax, rax
        jz      .no_caller
        mov     eax, [rax + Thread_priority]
        cmp     ecx, eax
        cmovb   ecx, eax
.no_caller:
        cmp     ecx, [rdi + Thread_priority]
        je      .done
        PROBE   priority_change, rdi, rcx
        cmp     byte [rdi + Thread_state], STATE_RUNNABLE
        jne     .in_no_level
        cmp     rdi, gs:[Cpu_current]
        je      .in_no_level
        push    rcx
%if SMP
        call    cpus_running
        test    rax, rax
        jnz     .runs_elsewhere
%endif
        call    scheduler_remove
        pop     rcx
        mov     [rdi + Thread_priority], ecx
        call    scheduler_add_last
        jmp     .changed
%if SMP
.runs_elsewhere:
        pop     rcx
        mov     [rdi + Thread_priority], ecx
        cmp     ecx, [rax + Cpu_highest]
        jge     .changed
        PROBE   cpu_tell, rax, rdi
        push    rdi
        mov     edi, [rax + Cpu_apic]
        mov     esi, LAPIC_ASSERT | RESCHEDULE_VECTOR
        call    lapic_send
        pop     rdi
        jmp     .changed
%endif
.in_no_level:
        mov     [rdi + Thread_priority], ecx
.changed:
        call    thread_gate
        cmp     byte [rdi + Thread_state], STATE_AWAITING_REPLY
        jne     .done
        mov     rdi, [rdi + Thread_waits_on]
        cmp     dword [rdi + Object_kind], KIND_THREAD
        je      priority_update
.done:
        ret

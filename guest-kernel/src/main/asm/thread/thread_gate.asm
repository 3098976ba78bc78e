; Which threads the fast paths may leave and switch to.

%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; thread_gate - let the fast paths have a thread, or keep them off
;
;   in        rdi = Thread of any CPU
;   out       its fast_from and fast_to are what it is now
;   clobbers  rax, rcx, flags
;   needs     nothing
;   probe     none
;
; They would put an answer into the registers of a thread that is stopped by a fault, serve one
; that waits with a timeout and leave it among the sleepers, let one receive that has signals
; to take first, leave it a priority that its caller lent, and leave floating-point registers
; in the CPU. They leave by SYSRET, which always goes to level 3: a thread in kernel mode may
; leave by them and not be reached.
; -----------------------------------------------------------------------------
global  thread_gate
thread_gate:
        movsxd  rax, dword [rdi + Object_cpu]
        mov     eax, [rax + Cpu_index]
        mov     ecx, eax
        cmp     qword [rdi + Thread_float], 0
        jne     .never
        cmp     dword [rdi + Thread_trapped], TRAP_FAULT
        je      .not_to
        cmp     dword [rdi + Thread_mode], MODE_KERNEL
        je      .not_to
        test    dword [rdi + Thread_state], STATE_TIMED
        jz      .to
.not_to:
        mov     ecx, FAST_NEVER_TO
.to:
        mov     [rdi + Thread_fast_to], ecx
        mov     rcx, [rdi + Thread_bound]
        test    rcx, rcx
        jz      .no_signals
        cmp     qword [rcx + Notification_bits], 0
        jne     .not_from
.no_signals:
        mov     ecx, [rdi + Thread_priority]
        cmp     ecx, [rdi + Thread_own_priority]
        je      .from
.not_from:
        mov     eax, FAST_NEVER_FROM
.from:
        mov     [rdi + Thread_fast_from], eax
        ret
.never:
        mov     dword [rdi + Thread_fast_to], FAST_NEVER_TO
        mov     dword [rdi + Thread_fast_from], FAST_NEVER_FROM
        ret

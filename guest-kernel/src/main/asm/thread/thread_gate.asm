; Which threads the fast paths may leave and switch to.

%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; thread_gate - let the fast paths have a thread, or keep them off
;
;   in        rdi = Thread of any CPU
;   out       its fast_from and fast_to are what it is now
;   clobbers  rax, flags
;   needs     nothing
;   probe     none
;
; They would put an answer into the registers of a thread that is stopped by a fault.
; -----------------------------------------------------------------------------
global  thread_gate
thread_gate:
        movsxd  rax, dword [rdi + Object_cpu]
        mov     eax, [rax + Cpu_index]
        mov     [rdi + Thread_fast_from], eax
        cmp     qword [rdi + Thread_trapped], TRAP_FAULT
        jne     .plain
        mov     eax, FAST_NEVER_TO
.plain:
        mov     [rdi + Thread_fast_to], eax
        ret

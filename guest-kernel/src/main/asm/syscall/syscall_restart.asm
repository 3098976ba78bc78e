; Calls that begin again: between two of many steps a thread goes back to its SYSCALL, and
; interrupts that wait come before that.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; syscall_restart - let the running thread make its call once more
;
;   in        r15 = the running Thread, eax = the call's number
;   out       a thread is chosen; this one goes on at its SYSCALL, as if interrupted there
;   clobbers  rax, rcx, rdx, rdi, r8, r9, flags
;   needs     it is in no queue; its registers are those of the call; something was done that
;             need not be done again, so that it comes to an end
;   probe     call_restart (rdi = Thread), phase_switch
; -----------------------------------------------------------------------------
global  syscall_restart
syscall_restart:
        mov     rdi, r15
        PROBE   call_restart, rdi
        mov     [r15 + Thread_rax], rax
        sub     qword [r15 + Thread_rip], SYSCALL_BYTES
        mov     dword [r15 + Thread_trapped], TRAP_RETURN
        mov     rax, [r15 + Thread_user_flags]
        mov     [r15 + Thread_rflags], rax
        mov     dword [r15 + Thread_state], STATE_RUNNABLE
        jmp     scheduler_preempt

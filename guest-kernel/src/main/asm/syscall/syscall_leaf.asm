; System calls that neither wait nor touch an object: they answer in registers and go
; straight back. Nothing is saved, no stack is used, and nothing is written: they need no
; lock. The thread's block is there: whoever ends the thread waits until this CPU has
; entered the kernel another way.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; syscall_ticks - read the clock
;
;   entered by  syscall_entry, for SYS_TICKS
;   in        rcx = user rip, rsp = user stack; r11 free
;   out       does not return: SYSRET with rdi = ticks since boot
;   clobbers  rax, rdi, r11
;   needs     IF = 0, gs is the kernel's
;   probe     phase_exit, call_result (rax = STATUS_OK)
; -----------------------------------------------------------------------------
global  syscall_ticks
syscall_ticks:
        FRAME   syscall
        mov     rdi, [rel cpu_block + Cpu_ticks]

; -----------------------------------------------------------------------------
; syscall_null - do nothing
;
;   entered by  syscall_entry, for SYS_NULL; syscall_ticks falls into it
;   in        rcx = user rip, rsp = user stack; r11 free
;   out       does not return: SYSRET with the thread's own flags and STATUS_OK
;   clobbers  rax, r11
;   needs     IF = 0, gs is the kernel's
;   probe     phase_exit, call_result (rax = STATUS_OK)
;
; The rip is that after a SYSCALL, so SYSRET cannot fault, as in thread_resume.
; -----------------------------------------------------------------------------
global  syscall_null
syscall_null:
        FRAME   syscall
        PROBE   phase_exit
        mov     r11, gs:[Cpu_current]
        mov     r11, [r11 + Thread_user_flags]
        xor     eax, eax
        PROBE   call_result, rax
        swapgs
        sysretq

%assert STATUS_OK == 0, "xor sets the status"

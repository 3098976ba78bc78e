; The way back to a thread in kernel mode: by IRET to level 0, whatever it came by.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"
%include "smp/lock.inc"

section .text

; -----------------------------------------------------------------------------
; thread_resume_kernel - continue a thread in kernel mode
;
;   entered by  thread_resume
;   in        r15 = Thread, not stopped by a fault; its rip is in rcx, and all of its other
;             registers but rsp, r11 and r15 are loaded; rsp = the kernel's stack, empty
;   out       does not return
;   clobbers  everything
;   needs     IF = 0, gs is the kernel's, CR3 is the thread's
;   probe     call_result (rax = the status of a system call)
;
; To the thread gs is the user's, as to all threads: SYSCALL from level 0 enters like one from
; level 3, and trap_from_kernel knows the thread by it. Behind a call rcx and r11 are what
; SYSRET would leave.
; -----------------------------------------------------------------------------
global  thread_resume_kernel
thread_resume_kernel:
        FRAME   none
        push    SELECTOR_KERNEL_DATA
        push    qword [r15 + Thread_rsp]
        cmp     dword [r15 + Thread_trapped], TRAP_NONE
        jne     .trapped
        PROBE   call_result, rax
        mov     r11, [r15 + Thread_user_flags]
        push    r11
        push    SELECTOR_KERNEL_CODE
        push    rcx
        jmp     .leave
.trapped:
        mov     dword [r15 + Thread_trapped], TRAP_NONE
        push    qword [r15 + Thread_rflags]
        push    SELECTOR_KERNEL_CODE
        push    rcx
        mov     rcx, [r15 + Thread_rcx]
        mov     r11, [r15 + Thread_r11]
.leave:
        mov     r15, [r15 + Thread_r15]
        LOCK_RELEASE lock_pass_iret
        swapgs
        iretq

; The way back to user code, for everything but the fast paths.
; A thread that made a system call leaves by SYSRET, one that was interrupted by IRET, and
; one in kernel mode always by IRET.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"
%include "smp/lock.inc"

section .text

; -----------------------------------------------------------------------------
; thread_resume - continue the chosen thread, or idle
;
;   in        Cpu_current = Thread or 0
;   out       does not return
;   clobbers  everything
;   needs     IF = 0, gs is the kernel's
;   probe     phase_switch, phase_exit, call_result (rax = the status of a system call)
;
; SYSRET with a rip that is not canonical would fault in the kernel, on the user's
; stack. It cannot happen: the rip is that after a SYSCALL or an entry that was checked
; before thread_make, and nothing is mapped from USER_LIMIT on.
;
; One comparison of eight bytes asks for both Thread_trapped and Thread_mode.
;
; CR3 reads without CR3_KEEP_BIT, the topmost one, so that is not compared.
;
; Not switched: DS, ES, FS, GS, whose bases user code cannot set, and what XSAVE would save,
; which faults in user code.
; -----------------------------------------------------------------------------
global  thread_resume
thread_resume:
        FRAME   none
        PROBE   phase_switch
        mov     r15, gs:[Cpu_current]
        test    r15, r15
        jz      thread_idle
%if SMP
        mov     eax, [r15 + Object_cpu]
        cmp     eax, gs:[Cpu_self]
        jne     thread_leaves
%endif
        mov     rax, [r15 + Thread_float]
        cmp     rax, gs:[Cpu_float]
        jne     thread_floats
.has_floats:
        mov     rax, [r15 + Thread_cr3]
        mov     rcx, cr3
        xor     rcx, rax
        add     rcx, rcx
        jz      .same_space
        mov     cr3, rax
.same_space:
        PROBE   phase_exit
        mov     rcx, [r15 + Thread_rip]
        mov     rsp, [r15 + Thread_rsp]
        mov     rbx, [r15 + Thread_rbx]
        mov     rbp, [r15 + Thread_rbp]
        mov     r12, [r15 + Thread_r12]
        mov     r13, [r15 + Thread_r13]
        mov     r14, [r15 + Thread_r14]
        mov     rdi, [r15 + Thread_rdi]
        mov     rsi, [r15 + Thread_rsi]
        mov     rdx, [r15 + Thread_rdx]
        mov     r8, [r15 + Thread_r8]
        mov     r9, [r15 + Thread_r9]
        mov     r10, [r15 + Thread_r10]
        mov     rax, [r15 + Thread_rax]
        cmp     qword [r15 + Thread_trapped], TRAP_NONE
        jne     .trapped
        PROBE   call_result, rax
        mov     r11, [r15 + Thread_user_flags]
        mov     r15, [r15 + Thread_r15]
        LOCK_RELEASE lock_pass_sysret
        swapgs
        sysretq
.trapped:
        mov     rsp, gs:[Cpu_stack_end]
        cmp     dword [r15 + Thread_trapped], TRAP_FAULT
        je      .unanswered
        cmp     dword [r15 + Thread_mode], MODE_KERNEL
        je      thread_resume_kernel
        mov     dword [r15 + Thread_trapped], TRAP_NONE
        push    SELECTOR_USER_DATA
        push    qword [r15 + Thread_rsp]
        push    qword [r15 + Thread_rflags]
        push    SELECTOR_USER_CODE
        push    qword [r15 + Thread_rip]
        mov     rcx, [r15 + Thread_rcx]
        mov     r11, [r15 + Thread_r11]
        mov     r15, [r15 + Thread_r15]
        LOCK_RELEASE lock_pass_iret
        swapgs
        iretq

; Whoever should have said that it may go on said no, or nothing.
.unanswered:
        call    fault_kill
        jmp     thread_resume

%if SMP
; The thread belongs to another CPU by now.
thread_leaves:
        mov     rdi, r15
        call    scheduler_add_last
        call    scheduler_pick
        jmp     thread_resume
%endif

; rax = Float of the thread, or 0
thread_floats:
        call    float_switch
        jmp     thread_resume.has_floats

; Nothing is ready: wait for an interrupt. trap_from_kernel does not come back here.
; The first CPU counts time: its tick stops when nobody runs anywhere and nobody sleeps, for
; then only a line can wake anybody, and lines come to it. Others need no tick to idle. The
; tick is stopped with the lock, and whoever makes a thread ready for this CPU behind that
; sends an interrupt: each interrupt that finds a CPU idle starts its tick again.
thread_idle:
        mov     rsp, gs:[Cpu_stack_end]
        xor     eax, eax
        cmp     rax, gs:[Cpu_float]
        je      .no_floats
        call    float_switch
.no_floats:
        cmp     qword [rel cpu_block + Cpu_sleepers], 0
        je      .nobody_sleeps
.somebody:
%if SMP
        cmp     dword gs:[Cpu_index], 0
        je      .counts_time
.no_tick:
        call    lapic_stop
.counts_time:
        call    paging_leave
        LOCK_RELEASE .pass
.released:
%endif
        PROBE   cpu_idle
        sti
        hlt
        cli
%if SMP
        LOCK_TAKE .contended
        jmp     .woken
.pass:
        call    lock_pass
        jmp     .released
.contended:
        call    lock_wait
.woken:
        call    lapic_resume
        call    scheduler_pick
        jmp     thread_resume
%else
        jmp     thread_idle
%endif
.nobody_sleeps:
%if SMP
        call    cpus_all_idle
        jnz     .somebody
%endif
        cmp     qword [rel interrupts_open], 0
        je      .nobody
%if SMP
        jmp     .no_tick
%else
        call    lapic_stop
        jmp     .somebody
%endif
.nobody:
        lea     rdi, [rel thread_nobody]
        jmp     panic_text

section .rodata
thread_nobody:
        db      "all threads wait for each other", 0

%assert Thread_mode == Thread_trapped + 4 && TRAP_NONE == 0 && MODE_USER == 0, "both are asked for at once"

; From a vector's stub to what is to be done about it.
; A trap from a thread saves all registers in the running thread's block; its kernel
; stack is then empty again, and no handler ever returns into the stub.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"
%include "smp/lock.inc"
%include "trap/frame.inc"

section .text

; -----------------------------------------------------------------------------
; trap_entry - a fault or an interrupt
;
;   entered by  the stubs in trap_vectors
;   in        TrapStack on the stack
;   out       does not return; goes on with the thread that is to run next
;   clobbers  everything
;   needs     IF = 0, the stack IST_TRAP
;   probe     switch_choose, switch_serve
;
; All vectors have a stack of their own: one that interrupts a thread in kernel mode neither
; needs a stack of that thread's nor leaves anything on it, and its registers go into its block
; like those of all others.
;
; A gate clears IF, TF and NT but neither DF nor AC, and with AC set SMAP is off: the
; kernel goes on with flags of its own.
; -----------------------------------------------------------------------------
global  trap_entry
trap_entry:
        FRAME_OF_TRAP
        test    byte [rsp + TrapStack_cs], SELECTOR_LEVEL
        jz      trap_from_level_0
trap_from_thread:
        swapgs
%if SMP
        LOCK_TAKE trap_contended
trap_locked:
%endif
        push    r15
        mov     r15, gs:[Cpu_current]
        mov     [r15 + Thread_rax], rax
        mov     [r15 + Thread_rbx], rbx
        mov     [r15 + Thread_rcx], rcx
        mov     [r15 + Thread_rdx], rdx
        mov     [r15 + Thread_rsi], rsi
        mov     [r15 + Thread_rdi], rdi
        mov     [r15 + Thread_rbp], rbp
        mov     [r15 + Thread_r8], r8
        mov     [r15 + Thread_r9], r9
        mov     [r15 + Thread_r10], r10
        mov     [r15 + Thread_r11], r11
        mov     [r15 + Thread_r12], r12
        mov     [r15 + Thread_r13], r13
        mov     [r15 + Thread_r14], r14
        pop     rax
        mov     [r15 + Thread_r15], rax
        mov     rax, [rsp + TrapStack_error]
        mov     [r15 + Thread_error], rax
        mov     rax, [rsp + TrapStack_rip]
        mov     [r15 + Thread_rip], rax
        mov     rax, [rsp + TrapStack_rflags]
        mov     [r15 + Thread_rflags], rax
        mov     rax, [rsp + TrapStack_rsp]
        mov     [r15 + Thread_rsp], rax
        mov     rax, [rsp + TrapStack_vector]
        mov     [r15 + Thread_vector], rax
        FRAME_OF_TRAPPED
        mov     dword [r15 + Thread_trapped], TRAP_RETURN
        mov     rsp, gs:[Cpu_stack_end]
        push    RFLAGS_ALWAYS
        popfq
        cmp     eax, LAPIC_TIMER_VECTOR
        je      .tick
%if SMP
        cmp     eax, RESCHEDULE_VECTOR
        je      .reschedule
        cmp     eax, REQUEST_VECTOR
        je      .reschedule
%endif
        sub     eax, ISA_FIRST_VECTOR
        cmp     eax, LINE_COUNT
        jb      trap_line
        PROBE   switch_serve
        call    trap_fault
        jmp     thread_resume
.tick:
        PROBE   switch_choose
        call    timer_tick
        jmp     thread_resume
%if SMP
.reschedule:
        PROBE   switch_choose
        call    lapic_acknowledge
        call    scheduler_preempt
        jmp     thread_resume

trap_contended:
        push    r11
        call    lock_wait
        pop     r11
        cmp     qword gs:[Cpu_current], 0
        jne     trap_locked
        push    RFLAGS_ALWAYS
        popfq
        mov     eax, [rsp + TrapStack_vector]
        mov     rsp, gs:[Cpu_stack_end]
        cmp     eax, FIRST_EXTERNAL_VECTOR
        jae     trap_without_thread
        call    scheduler_pick
        jmp     thread_resume
%endif

; eax = line, r15 = the running Thread, saved, or 0
trap_line:
        PROBE   switch_choose
        mov     edi, eax
        call    interrupt_serve
        jmp     thread_resume

; A thread in kernel mode, or the kernel itself? Whoever has SWAPGS still to do keeps the CPU's
; block in the other base, as every thread does, and the kernel does not.
trap_from_level_0:
        push    rax
        push    rcx
        push    rdx
        mov     ecx, MSR_KERNEL_GS_BASE
        rdmsr
        test    edx, edx
        pop     rdx
        pop     rcx
        pop     rax
        js      trap_from_thread

; Only the idle CPU takes interrupts in the kernel, and it has nothing to go back to.
        cmp     qword [rsp + TrapStack_vector], FIRST_EXTERNAL_VECTOR
        jb      trap_panic
        mov     eax, [rsp + TrapStack_vector]
        mov     rsp, gs:[Cpu_stack_end]
%if SMP
        LOCK_TAKE .contended
        jmp     trap_without_thread
.contended:
        call    lock_wait
%endif

; eax = vector of an interrupt, which no thread's time was taken for. Whatever it is, a thread
; may be ready by now: it must not run without a tick.
trap_without_thread:
        PROBE   switch_choose
        xor     r15d, r15d
%if SMP
        mov     edi, eax
        call    lapic_resume
        mov     eax, edi
%endif
        cmp     eax, LAPIC_TIMER_VECTOR
        je      .tick
        sub     eax, ISA_FIRST_VECTOR
        jae     trap_line
        call    lapic_acknowledge
        call    scheduler_pick
        jmp     thread_resume
.tick:
        call    timer_tick
        jmp     thread_resume

; -----------------------------------------------------------------------------
; trap_debug - a single step or another debug exception
;
;   entered by  the stub of VECTOR_DEBUG
;   in        TrapStack on the stack
;   out       from a thread as trap_entry; else back into the kernel, single steps off
;   clobbers  as trap_entry; in the kernel nothing
;   needs     nothing: gs may still be the user's
;   probe     none
;
; A single step that a process asked for may come behind its SYSCALL, in the kernel and
; still on the user's stack: FMASK clears TF, but a CPU may hold the step it already owes.
; gs does not tell there, so it is where it happened that tells: no thread's code is in the
; kernel's half of memory.
; -----------------------------------------------------------------------------
global  trap_debug
trap_debug:
        FRAME_OF_TRAP
        test    byte [rsp + TrapStack_cs], SELECTOR_LEVEL
        jnz     trap_entry
        cmp     qword [rsp + TrapStack_rip], 0
        jge     trap_entry
        and     qword [rsp + TrapStack_rflags], ~RFLAGS_TRAP
        add     rsp, TrapStack_rip
        iretq

; -----------------------------------------------------------------------------
; trap_panic - a trap that the kernel cannot survive
;
;   entered by  stubs of NMI, double fault, machine check; faults in the kernel
;   in        TrapStack on the stack
;   out       does not return
;   clobbers  everything
;   needs     nothing: gs and the thread may be anything
;   probe     none
; -----------------------------------------------------------------------------
global  trap_panic
trap_panic:
        FRAME_OF_TRAP
        push    rax
        push    rbx
        push    rcx
        push    rdx
        push    rsi
        push    rdi
        push    rbp
        push    r8
        push    r9
        push    r10
        push    r11
        push    r12
        push    r13
        push    r14
        push    r15
        push    RFLAGS_ALWAYS
        popfq
        mov     rdi, rsp
        jmp     panic_trap

%assert PanicFrame_trap == 15 * WORD_SIZE, "the pushes above and PanicFrame differ"

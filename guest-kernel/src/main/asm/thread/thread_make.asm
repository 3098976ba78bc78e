; Making threads.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; thread_make - a ready thread of a process
;
;   in        rdi = Process, which pays for it, rsi = entry, rdx = stack pointer,
;             rcx = argument, r8d = priority, r9 = its constant rflags
;   out       rax = Thread, last of its level; it starts with rdi = the argument;
;             or 0, and edx = STATUS_QUOTA or STATUS_MEMORY
;   clobbers  all caller-saved registers, flags
;   needs     the process lives, entry < USER_LIMIT, priority < PRIORITY_COUNT
;   probe     thread_create (Thread, entry, CR3)
;
; Its mode is its process's, and stays so.
; -----------------------------------------------------------------------------
global  thread_make
thread_make:
        push    rbx
        push    r12
        push    r13
        push    r14
        push    r15
        push    rbp
        mov     rbx, rdi
        mov     r12, rsi
        mov     r13, rdx
        mov     r14, rcx
        mov     r15d, r8d
        mov     rbp, r9
        mov     rsi, rdi
        mov     edi, KIND_THREAD
        call    object_alloc
        test    rax, rax
        jz      .none
        mov     rdi, rax
        mov     [rdi + Thread_rip], r12
        mov     [rdi + Thread_rsp], r13
        mov     [rdi + Thread_rdi], r14
        mov     [rdi + Thread_user_flags], rbp
        mov     [rdi + Thread_priority], r15d
        mov     rax, gs:[Cpu_self]
        mov     [rdi + Object_cpu], eax
        mov     [rdi + Thread_own_priority], r15d
        mov     eax, gs:[Cpu_index]
        mov     [rdi + Thread_fast_from], eax
        mov     [rdi + Thread_fast_to], eax
        mov     eax, [rbx + Process_mode]
        mov     [rdi + Thread_mode], eax
        cmp     eax, MODE_KERNEL
        jne     .any_way
        mov     dword [rdi + Thread_fast_to], FAST_NEVER_TO
.any_way:
        mov     rax, [rbx + Process_cr3]
        mov     [rdi + Thread_cr3], rax
        btr     rax, CR3_KEEP_BIT
        PROBE   thread_create, rdi, r12, rax
        mov     rax, [rbx + Process_handles]
        mov     [rdi + Thread_handles], rax

        mov     [rdi + Thread_process], rbx
        mov     rax, [rbx + Process_first_thread]
        mov     [rdi + Thread_process_next], rax
        mov     [rbx + Process_first_thread], rdi
        test    rax, rax
        jz      .only
        mov     [rax + Thread_process_previous], rdi
.only:
        mov     rbx, rdi
        call    scheduler_add_last
        mov     rax, rbx
.none:
        pop     rbp
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbx
        ret

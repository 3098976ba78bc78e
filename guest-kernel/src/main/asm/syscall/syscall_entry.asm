; Where SYSCALL arrives. The fast paths are tried first, then the calls that only
; answer; whatever a fast path declines, and every other call, saves all registers in the
; running thread's block and runs on the CPU's one kernel stack.
;
;   r15 = the running Thread, in every handler

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"
%include "smp/lock.inc"
%include "trap/frame.inc"

; Where the calls with a fast path go: with SMP by way of the lock.
%if FASTPATH
%if SMP
SYSCALL_FAST_CALL equ   syscall_fast_call
SYSCALL_FAST_REPLY_RECV equ syscall_fast_reply_recv
%else
SYSCALL_FAST_CALL equ   ipc_fast_call
SYSCALL_FAST_REPLY_RECV equ ipc_fast_reply_recv
%endif
%endif

section .text

; -----------------------------------------------------------------------------
; syscall_start - let SYSCALL come here
;
;   in        nothing
;   out       STAR, LSTAR and FMASK are set
;   clobbers  rax, rcx, rdx, flags
;   needs     EFER_SYSCALL is set
;   probe     none
; -----------------------------------------------------------------------------
global  syscall_start
syscall_start:
        mov     ecx, MSR_STAR
        xor     eax, eax
        mov     edx, STAR_HIGH
        wrmsr
        mov     ecx, MSR_LSTAR
        lea     rax, [rel syscall_entry]
        mov     rdx, rax
        shr     rdx, 32
        wrmsr
        mov     ecx, MSR_FMASK
        mov     eax, RFLAGS_INTERRUPT | RFLAGS_TRAP | RFLAGS_DIRECTION | RFLAGS_ALIGNMENT | RFLAGS_NESTED | RFLAGS_IOPL
        xor     edx, edx
        wrmsr
        ret

; -----------------------------------------------------------------------------
; syscall_entry - a system call
;
;   entered by  SYSCALL
;   in        eax = number, rcx = user rip, r11 = user rflags, rsp = user stack;
;             arguments in rdi, rsi, rdx, r8, r9, r10, r12-r15
;   out       does not return; leaves by SYSRET to the thread that runs next
;   clobbers  everything that KernelAbi does not preserve
;   needs     IF = 0, by FMASK
;   probe     phase_entry
;
; SYS_SIGNAL is looked for last, behind the lock that it needs: calls, answers and those that
; only answer do not pay for it.
;
; The user's rflags are dropped: a thread returns with its own constant ones, so no
; flag of one thread, TF and AC included, ever reaches another.
; -----------------------------------------------------------------------------
global  syscall_entry
align CACHE_LINE
syscall_entry:
        FRAME   syscall
        PROBE   phase_entry
        swapgs
%if FASTPATH
        cmp     eax, SYS_CALL
        je      SYSCALL_FAST_CALL
        cmp     eax, SYS_REPLY_RECV
        je      SYSCALL_FAST_REPLY_RECV
%endif
        cmp     eax, SYS_NULL
        je      syscall_null
        cmp     eax, SYS_TICKS
        je      syscall_ticks
%if SMP
        LOCK_TAKE syscall_contended
%endif
%if FASTPATH
        cmp     eax, SYS_SIGNAL
        je      ipc_fast_signal
%endif

; -----------------------------------------------------------------------------
; syscall_slow - the general way through the kernel
;
;   entered by  falling out of syscall_entry, or a fast path that declines
;   in        as syscall_entry, but r11 is free and gs is the kernel's
;   out       does not return
;   clobbers  everything that KernelAbi does not preserve
;   needs     no register of the call has changed
;   probe     phase_entry, switch_choose
; -----------------------------------------------------------------------------
global  syscall_slow
syscall_slow:
        FRAME   syscall
        PROBE   phase_entry
        mov     r11, gs:[Cpu_current]
        mov     [r11 + Thread_rip], rcx
        mov     [r11 + Thread_rsp], rsp
        mov     [r11 + Thread_rbx], rbx
        mov     [r11 + Thread_rbp], rbp
        mov     [r11 + Thread_r12], r12
        mov     [r11 + Thread_r13], r13
        mov     [r11 + Thread_r14], r14
        mov     [r11 + Thread_r15], r15
        mov     [r11 + Thread_rdi], rdi
        mov     [r11 + Thread_rsi], rsi
        mov     [r11 + Thread_rdx], rdx
        mov     [r11 + Thread_r8], r8
        mov     [r11 + Thread_r9], r9
        mov     [r11 + Thread_r10], r10
        mov     qword [r11 + Thread_rax], STATUS_OK
        mov     rsp, gs:[Cpu_stack_end]
        mov     r15, r11
        FRAME_OF_THREAD
        PROBE   switch_choose
        mov     eax, eax
        cmp     eax, SYS_COUNT
        jae     .no_such_call
        lea     rcx, [rel syscall_table]
        call    [rcx + rax * WORD_SIZE]
        jmp     thread_resume
.no_such_call:
        mov     qword [r15 + Thread_rax], STATUS_NUMBER
        jmp     thread_resume

%if SMP
%if FASTPATH
syscall_fast_call:
        LOCK_TAKE syscall_contended
        jmp     ipc_fast_call
syscall_fast_reply_recv:
        LOCK_TAKE syscall_contended
        jmp     ipc_fast_reply_recv
%endif

; Another CPU has the lock. The kernel's stack is empty: it will do for the wait. A thread
; that was sent elsewhere meanwhile must not hand this CPU to its like there.
syscall_contended:
        mov     gs:[Cpu_user_stack], rsp
        mov     rsp, gs:[Cpu_stack_end]
        call    lock_wait
        mov     r11, gs:[Cpu_current]
        test    r11, r11
        jz      .nobody
        mov     rsp, gs:[Cpu_user_stack]
        mov     r11d, [r11 + Object_cpu]
        cmp     r11d, gs:[Cpu_self]
        jne     syscall_slow
%if FASTPATH
        cmp     eax, SYS_CALL
        je      ipc_fast_call
        cmp     eax, SYS_REPLY_RECV
        je      ipc_fast_reply_recv
        cmp     eax, SYS_SIGNAL
        je      ipc_fast_signal
%endif
        jmp     syscall_slow
.nobody:
        call    scheduler_pick
        jmp     thread_resume
%endif

; Zero where syscall_entry has the answer itself.
section .rodata
align 8
syscall_table:
        dq      0                               ; SYS_NULL
        dq      sys_call
        dq      sys_reply_recv
        dq      sys_recv
        dq      sys_send
        dq      sys_yield
        dq      sys_sleep
        dq      0                               ; SYS_TICKS
        dq      sys_exit
        dq      sys_handle_copy
        dq      sys_handle_move
        dq      sys_handle_close
        dq      sys_handle_revoke
        dq      sys_endpoint_create
        dq      sys_notification_create
        dq      sys_signal
        dq      sys_wait
        dq      sys_poll
        dq      sys_process_create
        dq      sys_thread_create
        dq      sys_kill
        dq      sys_memory_create
        dq      sys_memory_map
        dq      sys_memory_unmap
        dq      sys_memory_protect
        dq      sys_futex_wait
        dq      sys_futex_wake
        dq      sys_fault_handler
        dq      sys_memory_fork
        dq      sys_thread_affinity
        dq      sys_cpus
        dq      sys_reply_take
        dq      sys_reply
        dq      sys_notification_bind
        dq      sys_notification_unbind
        dq      sys_interrupt_create
        dq      sys_interrupt_bind
        dq      sys_interrupt_ack
        dq      sys_interrupt_unbind
        dq      sys_thread_float
syscall_table_end:

%assert syscall_table_end - syscall_table == SYS_COUNT * WORD_SIZE, "one handler a system call"

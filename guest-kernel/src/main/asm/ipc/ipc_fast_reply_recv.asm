; The fast path of SYS_REPLY_RECV: a short answer to the caller, and nobody queued.
; Every check precedes the first store, as in ipc_fast_call.
;
;   r11 = server, rdi = Handle, rax = its caller

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"
%include "smp/lock.inc"

%if FASTPATH == 1
section .text.fast

; -----------------------------------------------------------------------------
; ipc_fast_reply_recv - hand the CPU and the answer back, and wait again
;
;   entered by  syscall_entry, for SYS_REPLY_RECV
;   in        rdi = handle, rsi = tag, rdx r8 r9 r10 = words, rcx = user rip,
;             rsp = user stack, eax = SYS_REPLY_RECV; r11 free
;   out       does not return: SYSRET to the caller, or syscall_slow
;   clobbers  everything that KernelAbi does not preserve
;   needs     IF = 0, gs is the kernel's
;   probe     phase_checks, phase_switch, phase_dequeue, phase_reply_link, phase_copy,
;             phase_exit, switch_save, context_switch (rax = the caller),
;             ipc_message (r11 = sender, rax = receiver), call_result (rax = STATUS_OK),
;             thread_wake (rax = the caller), receivers_enqueue (rbx = Endpoint, r11 = the
;             server), block_receive (r11 = the server, rbx = Endpoint)
;
; The server goes on top of the endpoint's stack of receivers: the one that waited
; least is the warmest. phase_dequeue is that push here.
; -----------------------------------------------------------------------------
global  ipc_fast_reply_recv
align CACHE_LINE
ipc_fast_reply_recv:
        FRAME   syscall
        PROBE   phase_checks
        cmp     rsi, WORDS_SHORT
        ja      syscall_slow
        cmp     rdi, HANDLE_COUNT
        jae     syscall_slow
        mov     r11, gs:[Cpu_current]
        shl     edi, HANDLE_SHIFT
        add     rdi, [r11 + Thread_handles]
        test    byte [rdi + Handle_rights], RIGHT_RECEIVE
        jz      .slow_no_right
        mov     rax, [rdi + Handle_object]
        cmp     qword [rax + Endpoint_senders], 0
        jne     .slow_sender_waits
        mov     rax, [r11 + Thread_caller]
        test    rax, rax
        jz      .slow_no_caller
        mov     r11d, [r11 + Thread_fast_from]
        cmp     r11d, [rax + Thread_fast_to]
        jne     .slow_not_plain
        mov     r11d, [rax + Thread_priority]
        cmp     r11d, gs:[Cpu_highest]
        jl      .slow_higher_priority

; Nothing can fail from here on.
        PROBE   phase_switch
        mov     r11, gs:[Cpu_current]
        PROBE   switch_save
        mov     [r11 + Thread_rip], rcx
        mov     [r11 + Thread_rsp], rsp
        mov     [r11 + Thread_rbx], rbx
        mov     [r11 + Thread_rbp], rbp
        mov     [r11 + Thread_r12], r12
        mov     [r11 + Thread_r13], r13
        mov     [r11 + Thread_r14], r14
        mov     [r11 + Thread_r15], r15

        PROBE   phase_dequeue
        PROBE   thread_wake, rax
        mov     rbx, [rdi + Handle_object]
        PROBE   receivers_enqueue, rbx, r11
        PROBE   block_receive, r11, rbx
        mov     rcx, [rbx + Endpoint_receivers]
        mov     [r11 + Thread_next], rcx
        mov     [rbx + Endpoint_receivers], r11
        mov     dword [r11 + Thread_state], STATE_RECEIVING
        mov     [r11 + Thread_waits_on], rbx

        PROBE   phase_reply_link
        mov     qword [r11 + Thread_caller], 0
        mov     dword [rax + Thread_state], STATE_RUNNABLE

; Words that are sent are where they belong; the others must not be seen.
        PROBE   phase_copy
        PROBE   ipc_message, r11, rax
        xor     edi, edi
        test    esi, esi
        jz      .words_0
        cmp     esi, WORDS_SHORT
        je      .words_4
        cmp     esi, 2
        jb      .words_1
        je      .words_2
        jmp     .words_3
.words_0:
        xor     edx, edx
.words_1:
        xor     r8d, r8d
.words_2:
        xor     r9d, r9d
.words_3:
        xor     r10d, r10d
.words_4:

        PROBE   phase_switch
        PROBE   context_switch, rax
        mov     gs:[Cpu_current], rax
        mov     rcx, [rax + Thread_cr3]
        cmp     rcx, [r11 + Thread_cr3]
        je      .same_space
        mov     cr3, rcx
.same_space:
        PROBE   phase_exit
        mov     rcx, [rax + Thread_rip]
        mov     rsp, [rax + Thread_rsp]
        mov     rbx, [rax + Thread_rbx]
        mov     rbp, [rax + Thread_rbp]
        mov     r12, [rax + Thread_r12]
        mov     r13, [rax + Thread_r13]
        mov     r14, [rax + Thread_r14]
        mov     r15, [rax + Thread_r15]
        mov     r11, [rax + Thread_user_flags]
        xor     eax, eax
        PROBE   call_result, rax
        LOCK_RELEASE lock_pass_sysret
        swapgs
        sysretq

; Give back what the checks used up; every register is then as it came.
.slow_no_right:
.slow_sender_waits:
.slow_no_caller:
.slow_not_plain:
.slow_higher_priority:
        PROBE   phase_entry
        mov     r11, gs:[Cpu_current]
        sub     rdi, [r11 + Thread_handles]
        shr     edi, HANDLE_SHIFT
        mov     eax, SYS_REPLY_RECV
        jmp     syscall_slow

%assert STATUS_OK == 0, "xor sets the status"
%assert WORDS_SHORT == 4, "the ladder clears four words"
%endif

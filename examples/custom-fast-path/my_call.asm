; The fast path of SYS_CALL: a short message to a server that already waits.
; Every check precedes the first store; whatever fails one takes the slow path as if it
; had never been here. A right has a bit of its own for its kind of object, so one test
; tells that the handle is of an endpoint and may send. The message stays in its registers, the stack is not used, and
; the receiver runs without having been in a queue.
;
;   r11 = caller, rdi = Handle, rax = receiver

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"
%include "smp/lock.inc"

%if FASTPATH == 1
section .text.fast

; -----------------------------------------------------------------------------
; ipc_fast_call - hand the CPU and a message to a waiting server
;
;   entered by  syscall_entry, for SYS_CALL
;   in        rdi = handle, rsi = tag, rdx r8 r9 r10 = words, rcx = user rip,
;             rsp = user stack, eax = SYS_CALL; r11 free
;   out       does not return: SYSRET to the server, or syscall_slow
;   clobbers  everything that KernelAbi does not preserve
;   needs     IF = 0, gs is the kernel's
;   probe     phase_checks, phase_switch, phase_dequeue, phase_reply_link, phase_copy,
;             phase_exit, switch_save, context_switch (rax = the receiver),
;             ipc_message (r11 = sender, rax = receiver), call_result (rax = STATUS_OK),
;             receivers_dequeue (rbx = Endpoint, rax = the receiver), block_reply
;             (r11 = the caller, rax = the receiver), thread_wake (rax = the receiver)
; -----------------------------------------------------------------------------
global  ipc_fast_call
align CACHE_LINE
ipc_fast_call:
        FRAME   syscall
        PROBE   phase_checks
        cmp     rsi, WORDS_SHORT
        ja      syscall_slow
        cmp     rdi, HANDLE_COUNT
        jae     syscall_slow
        mov     r11, gs:[Cpu_current]
        shl     edi, HANDLE_SHIFT
        add     rdi, [r11 + Thread_handles]
        test    byte [rdi + Handle_rights], RIGHT_SEND
        jz      .slow_no_right
        mov     rax, [rdi + Handle_object]
        mov     rax, [rax + Endpoint_receivers]
        test    rax, rax
        jz      .slow_no_receiver
        mov     r11d, [r11 + Thread_fast_from]
        cmp     r11d, [rax + Thread_fast_to]
        jne     .slow_not_plain

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
        mov     rbx, [rdi + Handle_object]
        PROBE   receivers_dequeue, rbx, rax
        mov     rcx, [rax + Thread_next]
        mov     [rbx + Endpoint_receivers], rcx
        mov     dword [rax + Thread_state], STATE_RUNNABLE

        PROBE   phase_reply_link
        PROBE   block_reply, r11, rax
        mov     dword [r11 + Thread_state], STATE_AWAITING_REPLY
        mov     [r11 + Thread_waits_on], rax
        mov     [rax + Thread_caller], r11

; Nobody who is ready is above us, nor above the receiver then.
        mov     ecx, [r11 + Thread_priority]
        cmp     ecx, [rax + Thread_priority]
        ja      .lend_priority
.is_urgent:

; Words that are sent are where they belong; the others must not be seen.
        PROBE   phase_copy
        PROBE   ipc_message, r11, rax
        PROBE   thread_wake, rax
        mov     rdi, [rdi + Handle_badge]
        cmp     esi, WORDS_SHORT
        je      .words_4
        cmp     esi, 2
        je      .words_2
        ja      .words_3
        test    esi, esi
        jnz     .words_1
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

; The answer takes the general path, which takes back what is lent.
.lend_priority:
        mov     [rax + Thread_priority], ecx
        mov     dword [rax + Thread_fast_from], FAST_NEVER_FROM
        jmp     .is_urgent

; Give back what the checks used up; every register is then as it came.
.slow_no_right:
.slow_no_receiver:
.slow_not_plain:
        PROBE   phase_entry
        mov     r11, gs:[Cpu_current]
        sub     rdi, [r11 + Thread_handles]
        shr     edi, HANDLE_SHIFT
        mov     eax, SYS_CALL
        jmp     syscall_slow

%assert STATUS_OK == 0, "xor sets the status"
%assert WORDS_SHORT == 4, "the ladder clears four words"
%endif

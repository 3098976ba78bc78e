; The fast path of SYS_SIGNAL: bits for a notification that nobody waits for, or for a
; waiter that is not above the running thread. The caller goes on, so nothing is saved.
; Every check precedes the first store; whatever fails one takes the slow path as if it
; had never been here: only rax and r11 are used up to there.
;
;   r11 = running thread, rax = waiter

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"
%include "smp/lock.inc"

%if FASTPATH == 1
section .text.fast

; -----------------------------------------------------------------------------
; ipc_fast_signal - set bits, or make the most urgent of those that wait for them ready
;
;   entered by  syscall_entry, for SYS_SIGNAL
;   in        rdi = handle, rsi = bits, rcx = user rip, rsp = user stack,
;             eax = SYS_SIGNAL; r11 free
;   out       does not return: SYSRET to the caller, or syscall_slow
;   clobbers  rax, r11, flags
;   needs     IF = 0, gs is the kernel's
;   probe     phase_checks, phase_dequeue, waiters_dequeue (rdi = Notification, rax = Thread),
;             thread_wake (rax = Thread), phase_switch, ready_enqueue (rdx = Cpu, rax =
;             Thread), phase_exit, call_result (rax = STATUS_OK)
;
; A bound notification takes the general path, as it may end a receiving. So does a waiter
; above us, with which two threads' registers have to be moved, one that is not plain, and
; one for whom no bit is set.
; Nobody who is ready is above the running thread, nor is the waiter: it goes on. Whom another
; CPU has made ready since we left the kernel, has an interrupt on its way to us.
; -----------------------------------------------------------------------------
global  ipc_fast_signal
align CACHE_LINE
ipc_fast_signal:
        FRAME   syscall
        PROBE   phase_checks
        cmp     rdi, HANDLE_COUNT
        jae     syscall_slow
        mov     r11, gs:[Cpu_current]
        mov     eax, edi
        shl     eax, HANDLE_SHIFT
        add     rax, [r11 + Thread_handles]
        test    byte [rax + Handle_rights], RIGHT_SIGNAL
        jz      .slow_no_right
        mov     r11, [rax + Handle_object]
        cmp     qword [r11 + Notification_waiters], 0
        jne     .somebody_waits
        cmp     qword [r11 + Notification_bound], 0
        jne     .slow_bound
        mov     rax, [rax + Handle_badge]
        test    rax, rax
        jz      .may_set_all
        and     rax, rsi
        or      [r11 + Notification_bits], rax

.leave:
        PROBE   phase_exit
        mov     r11, gs:[Cpu_current]
        mov     r11, [r11 + Thread_user_flags]
        xor     eax, eax
        PROBE   call_result, rax
        LOCK_RELEASE lock_pass_sysret
        swapgs
        sysretq

.may_set_all:
        or      [r11 + Notification_bits], rsi
        jmp     .leave

; While somebody waits no bit is set.
.somebody_waits:
        test    [rax + Handle_badge], rsi
        jz      .shares_no_bit
.has_bits:
        mov     rax, [r11 + Notification_waiters]
        mov     r11d, gs:[Cpu_index]
        cmp     r11d, [rax + Thread_fast_to]
        jne     .slow_not_plain
        mov     r11, gs:[Cpu_current]
        mov     r11d, [r11 + Thread_priority]
        cmp     r11d, [rax + Thread_priority]
        jb      .slow_more_urgent

; Nothing can fail from here on. Our block keeps the two registers that this takes.
        PROBE   phase_dequeue
        mov     r11, gs:[Cpu_current]
        mov     [r11 + Thread_rdi], rdi
        mov     [r11 + Thread_rdx], rdx
        shl     edi, HANDLE_SHIFT
        add     rdi, [r11 + Thread_handles]
        mov     rdx, [rdi + Handle_badge]
        test    rdx, rdx
        jz      .may_give_all
        and     rdx, rsi
.bits_known:
        mov     [rax + Thread_rdx], rdx
        mov     rdi, [rdi + Handle_object]
        PROBE   waiters_dequeue, rdi, rax
        PROBE   thread_wake, rax
        mov     rdx, [rax + Thread_next]
        mov     [rdi + Notification_waiters], rdx

; As scheduler_add_first does; gs is where our Cpu is.
        PROBE   phase_switch
        mov     rdx, gs:[Cpu_self]
        PROBE   ready_enqueue, rdx, rax
        mov     dword [rax + Thread_state], STATE_RUNNABLE
        mov     edi, [rax + Thread_priority]
        shl     edi, LEVEL_SHIFT
        mov     rdx, gs:[rdi + Cpu_levels + Level_first]
        mov     [rax + Thread_next], rdx
        mov     gs:[rdi + Cpu_levels + Level_first], rax
        test    rdx, rdx
        jnz     .level_was_filled
        mov     gs:[rdi + Cpu_levels + Level_last], rax
        shr     edi, LEVEL_SHIFT
        mov     eax, edi
        shr     eax, READY_SHIFT
        mov     rdx, gs:[rax * WORD_SIZE + Cpu_ready]
        bts     rdx, rdi
        mov     gs:[rax * WORD_SIZE + Cpu_ready], rdx
        cmp     edi, gs:[Cpu_highest]
        jle     .level_was_filled
        mov     gs:[Cpu_highest], edi
.level_was_filled:
        PROBE   phase_exit
        mov     rdi, [r11 + Thread_rdi]
        mov     rdx, [r11 + Thread_rdx]
        jmp     .leave

.may_give_all:
        mov     rdx, rsi
        jmp     .bits_known

; Without a badge all may be set, if there are any.
.shares_no_bit:
        cmp     qword [rax + Handle_badge], 0
        jne     .slow_no_bit
        test    rsi, rsi
        jnz     .has_bits

.slow_no_right:
.slow_bound:
.slow_not_plain:
.slow_more_urgent:
.slow_no_bit:
        PROBE   phase_entry
        mov     eax, SYS_SIGNAL
        jmp     syscall_slow

%assert STATUS_OK == 0, "xor sets the status"
%endif

; The end of a thread, wherever it waits.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; thread_kill - take a thread out of the system
;
;   in        rdi = Thread
;   out       it is dead, in no queue and no process; who called it learns so; it is
;             dropped, and so is its process if it has no other. Was it the running
;             thread of a CPU, Cpu_current is 0 there
;   clobbers  all caller-saved registers, flags
;   needs     it is not dead
;   probe     thread_kill (rbx = Thread, rax = its state), thread_wake (rdi = Thread)
;
; A caller link always names a thread that awaits the reply, which names the thread, or the
; Reply, with the link: whichever of the two dies, the link goes.
; -----------------------------------------------------------------------------
global  thread_kill
thread_kill:
        push    rbx
        mov     rbx, rdi
        mov     eax, [rbx + Thread_state]
        and     eax, STATE_MASK
        PROBE   thread_kill, rbx, rax
        cmp     eax, STATE_RUNNABLE
        je      .runnable
        call    thread_stop_waiting
        test    dword [rbx + Thread_state], STATE_TIMED
        jz      .out_of_queue
        mov     rdi, rbx
        call    sleepers_remove
        jmp     .out_of_queue
.runnable:
        cmp     rbx, gs:[Cpu_current]
        je      .running
%if SMP
        call    cpus_running
        test    rax, rax
        jnz     .runs_elsewhere
%endif
        call    scheduler_remove
        jmp     .out_of_queue
.running:
        mov     qword gs:[Cpu_current], 0
        jmp     .out_of_queue
%if SMP
.runs_elsewhere:
        mov     rdi, rax
        mov     rsi, [rel paging_root]
        mov     rax, DIRECT_BASE
        sub     rsi, rax
        call    cpu_request
        mov     qword [rdi + Cpu_current], 0
        jmp     .out_of_queue
%endif
.out_of_queue:
        mov     rdi, [rbx + Thread_bound]
        test    rdi, rdi
        jz      .not_bound
        call    notification_unbind
.not_bound:
        mov     rdi, rbx
        call    float_end
        mov     dword [rbx + Thread_state], STATE_DEAD
        mov     rdi, [rbx + Thread_caller]
        test    rdi, rdi
        jz      .no_caller
        mov     qword [rbx + Thread_caller], 0
        mov     qword [rdi + Thread_rax], STATUS_DEAD
        PROBE   thread_wake, rdi
        call    scheduler_add_last
.no_caller:
        mov     rdi, [rbx + Thread_process]
        mov     rax, [rbx + Thread_process_next]
        mov     rcx, [rbx + Thread_process_previous]
        test    rax, rax
        jz      .was_last
        mov     [rax + Thread_process_previous], rcx
.was_last:
        test    rcx, rcx
        jz      .was_first
        mov     [rcx + Thread_process_next], rax
        jmp     .drop
.was_first:
        mov     [rdi + Process_first_thread], rax
        test    rax, rax
        jnz     .drop
        call    object_drop
.drop:
        mov     rdi, rbx
        call    object_drop
        pop     rbx
        ret

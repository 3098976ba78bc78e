; System calls about CPUs. A kernel for one CPU has them too: there is number 0.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; sys_cpus - how many CPUs there are, and which one this is
;
;   in        r15 = the running Thread
;   out       its rdi = CPUs, its rsi = number of this one
;   clobbers  rax
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  sys_cpus
sys_cpus:
        mov     eax, [rel cpu_count]
        mov     [r15 + Thread_rdi], rax
        mov     eax, gs:[Cpu_index]
        mov     [r15 + Thread_rsi], rax
        ret

; -----------------------------------------------------------------------------
; sys_thread_affinity - move a thread to another CPU
;
;   in        r15 = the running Thread; its rdi = handle or HANDLE_SELF, rsi = CPU
;   out       its status; it runs there and nowhere else from now on; a thread is chosen
;   clobbers  all caller-saved registers, rbx, r12, flags
;   needs     nothing
;   probe     phase_switch
;
; A thread that runs on another CPU has its registers there: that CPU is made to enter the
; kernel, and gives the thread away when it is about to leave.
; -----------------------------------------------------------------------------
global  sys_thread_affinity
sys_thread_affinity:
        mov     rbx, r15
        mov     rdi, [r15 + Thread_rdi]
        cmp     rdi, HANDLE_SELF
        je      .has_thread
        call    handle_find
        test    rax, rax
        jz      .done
        test    dword [rax + Handle_rights], RIGHT_THREAD
        jz      .no_right
        mov     rbx, [rax + Handle_object]
        cmp     dword [rbx + Thread_state], STATE_DEAD
        je      .dead
.has_thread:
        mov     rax, [r15 + Thread_rsi]
        mov     ecx, [rel cpu_count]
        cmp     rax, rcx
        jae     .no_cpu
        imul    eax, eax, Cpu_size
        lea     r12, [rel cpu_block]
        add     r12, rax
        cmp     [rbx + Object_cpu], r12d
        je      .done

        mov     rdi, rbx
        cmp     rbx, r15
        je      .is_own
        cmp     dword [rbx + Thread_state], STATE_RUNNABLE
        jne     thread_set_cpu
%if SMP
        call    cpus_running
        test    rax, rax
        jnz     .runs
%endif
        call    scheduler_remove
        call    thread_set_cpu
        call    scheduler_add_last
        jmp     scheduler_preempt
.is_own:
        call    thread_set_cpu
        call    scheduler_add_last
        jmp     scheduler_pick
%if SMP
.runs:
        push    rax
        call    thread_set_cpu
        pop     rdi
        mov     rsi, [rbx + Thread_cr3]
        jmp     cpu_request
%endif
.no_right:
        mov     qword [r15 + Thread_rax], STATUS_RIGHTS
        ret
.dead:
        mov     qword [r15 + Thread_rax], STATUS_DEAD
        ret
.no_cpu:
        mov     qword [r15 + Thread_rax], STATUS_RANGE
.done:
        ret

; rdi = Thread, r12 = its Cpu from now on; clobbers rax
thread_set_cpu:
        mov     [rdi + Object_cpu], r12d
        jmp     thread_gate

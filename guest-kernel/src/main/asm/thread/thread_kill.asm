; The end of a thread, wherever it waits.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; thread_kill - take a thread out of the system
;
;   in        rdi = Thread, r15 = the running Thread
;   out       it is dead and in no queue; who called it learns so
;   clobbers  all caller-saved registers, flags
;   needs     it is not dead
;   probe     none
;
; A caller link always names a thread that awaits the reply: whichever of the two
; dies, the link goes.
; -----------------------------------------------------------------------------
global  thread_kill
thread_kill:
        push    rbx
        mov     rbx, rdi
        mov     eax, [rbx + Thread_state]
        and     eax, STATE_MASK
        cmp     eax, STATE_RUNNABLE
        je      .runnable
        cmp     eax, STATE_SLEEPING
        je      .sleeping
        cmp     eax, STATE_AWAITING_REPLY
        je      .awaiting
        call    endpoint_forget
        jmp     .out_of_queue
.runnable:
        cmp     rbx, r15
        je      .out_of_queue
        call    scheduler_remove
        jmp     .out_of_queue
.sleeping:
        dec     qword gs:[Cpu_sleepers]
        jmp     .out_of_queue
.awaiting:
        call    thread_forget_caller

.out_of_queue:
        mov     dword [rbx + Thread_state], STATE_DEAD
        mov     rdi, [rbx + Thread_caller]
        test    rdi, rdi
        jz      .done
        mov     qword [rbx + Thread_caller], 0
        mov     qword [rdi + Thread_rax], STATUS_DEAD
        call    scheduler_add_last
.done:
        pop     rbx
        ret

; rdi = Thread that awaits a reply: unlink it from whoever would answer.
thread_forget_caller:
        lea     rax, [rel thread_table]
        mov     rcx, [rel thread_table_used]
.next:
        cmp     rax, rcx
        jae     .done
        cmp     [rax + Thread_caller], rdi
        jne     .skip
        mov     qword [rax + Thread_caller], 0
.skip:
        add     rax, Thread_size
        jmp     .next
.done:
        ret

; The end of a process: its threads, its endpoints, and what others hoped from them.

%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; process_kill - end the process that runs
;
;   in        rdi = Process, rsi = status, r15 = the running Thread, one of its own
;   out       the process is dead, another thread is chosen;
;             does not return when it is the first process: the machine ends with rsi
;   clobbers  everything
;   needs     IF = 0
;   probe     none
;
; Its pages stay: memory is given out once, when the kernel starts.
; -----------------------------------------------------------------------------
global  process_kill
process_kill:
        mov     r13, rdi
        mov     r14, rsi
        lea     rax, [rel process_table]
        cmp     r13, rax
        jne     .not_first
        mov     edi, r14d
        jmp     machine_exit
.not_first:
        lea     rbx, [rel thread_table]
.next_thread:
        cmp     rbx, [rel thread_table_used]
        jae     .threads_done
        cmp     [rbx + Thread_process], r13
        jne     .skip_thread
        cmp     dword [rbx + Thread_state], STATE_DEAD
        je      .skip_thread
        mov     rdi, rbx
        call    thread_kill
.skip_thread:
        add     rbx, Thread_size
        jmp     .next_thread

.threads_done:
        lea     rbx, [rel endpoint_table]
.next_endpoint:
        lea     rax, [rel endpoint_table_end]
        cmp     rbx, rax
        jae     .done
        cmp     [rbx + Endpoint_owner], r13
        jne     .skip_endpoint
        mov     rdi, rbx
        call    endpoint_close
.skip_endpoint:
        add     rbx, Endpoint_size
        jmp     .next_endpoint
.done:
        jmp     scheduler_pick

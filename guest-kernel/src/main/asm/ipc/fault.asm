; Faults as messages: a thread that faults calls the fault handler of its process, and
; whatever wakes it but a good answer leaves it stopped, so that it dies when it would run.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; sys_fault_handler - give a process a fault handler, or take it away
;
;   in        r15 = the running Thread; its rdi = process or HANDLE_SELF,
;             rsi = endpoint or HANDLE_NONE
;   out       its status; a thread is chosen
;   clobbers  everything
;   needs     nothing
;   probe     phase_switch
; -----------------------------------------------------------------------------
global  sys_fault_handler
sys_fault_handler:
        mov     rdi, [r15 + Thread_rdi]
        call    process_find
        test    rax, rax
        jz      .refused
        mov     rbx, rax
        xor     r12d, r12d
        mov     rdi, [r15 + Thread_rsi]
        cmp     rdi, HANDLE_NONE
        je      .remove
        call    handle_find
        test    rax, rax
        jz      .refused
        test    dword [rax + Handle_rights], RIGHT_SEND
        jz      .no_right
        mov     r12, rax
        mov     rcx, [rax + Handle_object]
        cmp     qword [rcx + Endpoint_receive_handles], 0
        je      .closed
.remove:
        mov     rdi, rbx
        call    fault_handler_remove
        test    r12, r12
        jz      syscall_settle
        lea     rax, [rbx + Process_fault_handler]
        mov     rdi, rbx
        mov     rdx, [r12 + Handle_object]
        mov     ecx, RIGHT_SEND
        mov     r8, [r12 + Handle_badge]
        mov     r9, r12
        call    handle_fill
        jmp     syscall_settle
.no_right:
        mov     qword [r15 + Thread_rax], STATUS_RIGHTS
        ret
.closed:
        mov     qword [r15 + Thread_rax], STATUS_DEAD
.refused:
        ret

; -----------------------------------------------------------------------------
; fault_handler_remove - take a process's fault handler away
;
;   in        rdi = Process
;   out       it has none
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  fault_handler_remove
fault_handler_remove:
        add     rdi, Process_fault_handler
        cmp     qword [rdi + Handle_object], 0
        jne     handle_remove
        ret

; -----------------------------------------------------------------------------
; fault_send - let a thread that faulted call its fault handler
;
;   in        r15 = the running Thread, saved, with vector, error and address
;   out       eax = 1: it waits and a thread is chosen; or eax = 0: there is no handler, or
;             none that could ever answer
;   clobbers  all caller-saved registers, rbx, r12, r13, flags
;   needs     IF = 0
;   probe     fault_send (Thread, Endpoint), phase_dequeue, phase_reply_link, phase_copy,
;             phase_switch, receivers_dequeue (rbx = Endpoint, r13 = Thread), block_reply
;             (r15 = Thread, r13 = who answers), block_call (r15 = Thread, rbx = Endpoint),
;             thread_wake (rdi = Thread)
;
; Of those who wait for this thread's answer none may be stopped by a fault of the same
; endpoint: its only handler might be the one that faults now. FAULT_CALLERS are looked at;
; behind more of them it may wait for itself, but no caller can make it end.
; -----------------------------------------------------------------------------
global  fault_send
fault_send:
        mov     r12, [r15 + Thread_process]
        add     r12, Process_fault_handler
        mov     rbx, [r12 + Handle_object]
        test    rbx, rbx
        jz      .none
        cmp     qword [rbx + Endpoint_receive_handles], 0
        je      .none
        mov     rax, r15
        mov     edx, FAULT_CALLERS
.next_caller:
        mov     rax, [rax + Thread_caller]
        test    rax, rax
        jz      .send
        dec     edx
        jz      .send
        cmp     dword [rax + Thread_trapped], TRAP_FAULT
        jne     .next_caller
        mov     rcx, [rax + Thread_process]
        cmp     [rcx + Process_fault_handler + Handle_object], rbx
        jne     .next_caller
.none:
        xor     eax, eax
        ret

.send:
        PROBE   fault_send, r15, rbx
        mov     dword [r15 + Thread_trapped], TRAP_FAULT
        mov     rax, [r15 + Thread_rip]
        mov     [r15 + Thread_fault_rip], rax
        mov     rdi, r15
        call    thread_gate
        mov     rdx, [r12 + Handle_badge]
        mov     r13, [rbx + Endpoint_receivers]
        test    r13, r13
        jz      .no_receiver

        PROBE   phase_dequeue
        PROBE   receivers_dequeue, rbx, r13
        mov     rax, [r13 + Thread_next]
        mov     [rbx + Endpoint_receivers], rax
        PROBE   phase_reply_link
        PROBE   block_reply, r15, r13
        mov     [r13 + Thread_caller], r15
        mov     [r15 + Thread_waits_on], r13
        mov     dword [r15 + Thread_state], STATE_AWAITING_REPLY
        mov     rdi, r15
        mov     rsi, r13
        call    message_deliver
        PROBE   phase_switch
        mov     rdi, r13
        call    priority_update
        mov     rdi, r13
        PROBE   thread_wake, rdi
        call    scheduler_add_first
        jmp     .sent
.no_receiver:
        PROBE   block_call, r15, rbx
        mov     [r15 + Thread_badge], rdx
        mov     [r15 + Thread_waits_on], rbx
        mov     dword [r15 + Thread_state], STATE_CALLING
        mov     rdi, r15
        call    endpoint_append
.sent:
        call    scheduler_pick
        mov     eax, 1
        ret

; -----------------------------------------------------------------------------
; fault_deliver - carry a fault to the handler
;
;   in        rdi = Thread that faulted, rsi = receiver, rdx = badge
;   out       the receiver's status, badge, tag and words are set
;   clobbers  rax, rcx, flags
;   needs     nothing
;   probe     none: message_deliver has them
; -----------------------------------------------------------------------------
global  fault_deliver
fault_deliver:
        mov     qword [rsi + Thread_rax], STATUS_OK
        mov     [rsi + Thread_rdi], rdx
        mov     qword [rsi + Thread_rsi], WORDS_SHORT
        xor     ecx, ecx
.next_word:
        mov     rax, [rdi + rcx * WORD_SIZE + Thread_vector]
        mov     [rsi + rcx * WORD_SIZE + Thread_rdx], rax
        inc     ecx
        cmp     ecx, WORDS_SHORT
        jb      .next_word
        ret

; -----------------------------------------------------------------------------
; fault_answer - take a handler's answer
;
;   in        rdi = who answers, rsi = Thread that faulted
;   out       it may go on, or stays stopped; none of its registers is touched
;   clobbers  rax, rdi, flags
;   needs     nothing
;   probe     none: message_deliver has them
; -----------------------------------------------------------------------------
global  fault_answer
fault_answer:
        cmp     byte [rdi + Thread_rsi], 0
        je      .stays
        cmp     qword [rdi + Thread_rdx], FAULT_RESUME
        jne     .stays
        mov     dword [rsi + Thread_trapped], TRAP_RETURN
        mov     rdi, rsi
        jmp     thread_gate
.stays:
        ret

%assert Thread_fault_rip == Thread_vector + (WORDS_SHORT - 1) * WORD_SIZE, "a fault's words lie in one row"

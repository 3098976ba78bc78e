; Sending and calling, the general way: whoever waits is woken through the scheduler.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; sys_call - send a message and wait for the answer
;
;   in        r15 = the running Thread, its registers as KernelAbi says
;   out       it waits and a thread is chosen, or its status says why not
;   clobbers  all caller-saved registers, rbx, r12, r13, flags
;   needs     nothing
;   probe     phase_checks, phase_dequeue, phase_reply_link, phase_copy, phase_switch,
;             block_reply (r15 = Thread, r13 = who answers), block_call (r15 = Thread,
;             rbx = Endpoint), thread_wake (rdi = Thread)
; -----------------------------------------------------------------------------
global  sys_call
sys_call:
        PROBE   phase_checks
        mov     esi, RIGHT_SEND
        mov     edx, TAGS_UNKNOWN
        call    message_check
        test    rax, rax
        jz      .refused
        mov     rbx, rax
        call    message_find_receiver
        test    r13, r13
        jz      .no_receiver

        PROBE   phase_reply_link
        PROBE   block_reply, r15, r13
        mov     [r13 + Thread_caller], r15
        mov     [r15 + Thread_waits_on], r13
        mov     eax, [r15 + Thread_rsi]
        and     eax, STATE_FLAGS
        or      eax, STATE_AWAITING_REPLY
        mov     [r15 + Thread_state], eax
        mov     rdi, r15
        mov     rsi, r13
        call    message_deliver
        mov     rdi, r13
        call    priority_update
        PROBE   phase_switch
        mov     rdi, r13
        PROBE   thread_wake, rdi
        call    scheduler_add_first
        jmp     message_wait

.no_receiver:
        cmp     qword [r15 + Thread_rax], STATUS_OK
        jne     .again
        test    dword [r15 + Thread_rsi], TAG_NO_WAIT
        jnz     message_would_wait
        PROBE   block_call, r15, rbx
        mov     [r15 + Thread_badge], rdx
        mov     [r15 + Thread_waits_on], rbx
        mov     eax, [r15 + Thread_rsi]
        and     eax, STATE_FLAGS
        or      eax, STATE_CALLING
        mov     [r15 + Thread_state], eax
        mov     rdi, r15
        call    endpoint_append
        jmp     message_wait
.refused:
        ret
.again:
        mov     eax, SYS_CALL
        jmp     syscall_restart

%assert TAG_LONG == STATE_LONG, "a tag's flag becomes a state's flag unchanged"

; -----------------------------------------------------------------------------
; sys_send - send a message that wants no answer
;
;   in        r15 = the running Thread, its registers as KernelAbi says
;   out       the message is taken or its sender waits; a thread is chosen
;   clobbers  all caller-saved registers, rbx, r13, flags
;   needs     nothing
;   probe     phase_checks, phase_dequeue, phase_copy, phase_switch, block_send
;             (r15 = Thread, rbx = Endpoint), thread_wake (rdi = Thread)
; -----------------------------------------------------------------------------
global  sys_send
sys_send:
        PROBE   phase_checks
        mov     esi, RIGHT_SEND
        mov     edx, TAGS_UNKNOWN | TAG_ROOM | TAG_SLOT
        call    message_check
        test    rax, rax
        jz      .refused
        mov     rbx, rax
        call    message_find_receiver
        test    r13, r13
        jz      .no_receiver

        mov     rdi, r15
        mov     rsi, r13
        call    message_deliver
        PROBE   phase_switch
        mov     rdi, r13
        PROBE   thread_wake, rdi
        call    scheduler_add_first
        jmp     scheduler_preempt

.no_receiver:
        cmp     qword [r15 + Thread_rax], STATUS_OK
        jne     .again
        test    dword [r15 + Thread_rsi], TAG_NO_WAIT
        jnz     message_would_wait
        PROBE   block_send, r15, rbx
        mov     [r15 + Thread_badge], rdx
        mov     [r15 + Thread_waits_on], rbx
        mov     dword [r15 + Thread_state], STATE_SENDING
        mov     rdi, r15
        call    endpoint_append
        jmp     message_wait
.refused:
        ret
.again:
        mov     eax, SYS_SEND
        jmp     syscall_restart

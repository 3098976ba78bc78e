; Answers in the hand: a server makes its caller's link an object with a handle, takes
; other messages meanwhile, and answers when it has the answer, or lets another process.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; sys_reply_take - make the caller a handle
;
;   in        r15 = the running Thread; its rdi = slot
;   out       its status; the handle may answer, the thread has no caller any more, nor
;             its priority; a thread is chosen
;   clobbers  all caller-saved registers, rbx, r12, flags
;   needs     nothing
;   probe     reply_take, block_reply (rbx = the caller, rax = Reply)
; -----------------------------------------------------------------------------
global  sys_reply_take
sys_reply_take:
        mov     rdi, [r15 + Thread_process]
        mov     rsi, [r15 + Thread_rdi]
        call    slot_check
        test    eax, eax
        jz      .refused
        mov     rbx, [r15 + Thread_caller]
        test    rbx, rbx
        jz      .no_caller
        mov     edi, KIND_REPLY
        mov     rsi, [r15 + Thread_process]
        call    object_alloc
        test    rax, rax
        jz      .no_room
        PROBE   reply_take, rbx, rax
        PROBE   block_reply, rbx, rax
        mov     [rax + Reply_caller], rbx
        mov     [rbx + Thread_waits_on], rax
        mov     qword [r15 + Thread_caller], 0
        mov     r12d, RIGHT_REPLY
        call    create_handle
        mov     rdi, r15
        call    priority_update
        jmp     scheduler_preempt
.no_room:
        jmp     create_handle
.no_caller:
        mov     qword [r15 + Thread_rax], STATUS_NO_CALLER
.refused:
        ret

; -----------------------------------------------------------------------------
; sys_reply - answer a caller that is a handle, and give the handle up
;
;   in        r15 = the running Thread, its registers as KernelAbi says
;   out       its status; a thread is chosen
;   clobbers  everything but r15
;   needs     nothing
;   probe     phase_checks, phase_copy, phase_switch
; -----------------------------------------------------------------------------
global  sys_reply
sys_reply:
        mov     esi, RIGHT_REPLY
        mov     edx, TAGS_UNKNOWN | TAG_ROOM | TAG_SLOT | TAG_NO_WAIT
        call    message_check_handle
        test    rax, rax
        jz      sys_reply_take.refused
        mov     rbx, rax
        mov     rbp, [rbx + Handle_object]
        mov     r13, [rbp + Reply_caller]
        test    r13, r13
        jz      .nobody
        test    dword [r15 + Thread_rsi], TAG_BUFFER | TAG_HANDLE
        jz      .checked
        call    message_check_rare
        movsxd  rax, eax
        test    rax, rax
        jnz     .bad_message
.checked:
        mov     qword [rbp + Reply_caller], 0
        call    message_answer
        mov     rdi, rbx
        call    handle_remove
        jmp     syscall_settle
.nobody:
        mov     rax, STATUS_DEAD
.bad_message:
        mov     [r15 + Thread_rax], rax
        ret

; -----------------------------------------------------------------------------
; reply_close - nobody has a handle any more
;
;   in        rdi = Reply
;   out       its caller, if it has one, learns that there is no answer
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     thread_wake (rdi = Thread)
; -----------------------------------------------------------------------------
global  reply_close
reply_close:
        mov     rax, STATUS_ABANDONED
        mov     rcx, [rdi + Object_payer]
        cmp     qword [rcx + Process_state], STATE_DEAD
        jne     .lives
        mov     rax, STATUS_DEAD
.lives:
        mov     rdi, [rdi + Reply_caller]
        test    rdi, rdi
        jz      sys_reply_take.refused
        mov     [rdi + Thread_rax], rax
        PROBE   thread_wake, rdi
        jmp     scheduler_add_last

; Bound notifications: a thread that receives messages hears signals as well. Bits that are
; set while it receives end its receiving; bits that are set before are what it gets first
; when it does, so its fast path is shut as long as there are any.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; sys_notification_bind - let a thread hear a notification where it receives
;
;   in        r15 = the running Thread; its rdi = handle, rsi = thread or HANDLE_SELF
;   out       its status; a thread is chosen
;   clobbers  all caller-saved registers, rbx, r12, flags
;   needs     nothing
;   probe     phase_checks
;
; The binding ends with either of them, and with either of the handles that name them.
; -----------------------------------------------------------------------------
global  sys_notification_bind
sys_notification_bind:
        mov     esi, RIGHT_WAIT
        call    notification_find
        jz      .refused
        mov     r12, r15
        xor     ecx, ecx
        mov     rdi, [r15 + Thread_rsi]
        cmp     rdi, HANDLE_SELF
        je      .has_thread
        call    handle_find
        test    rax, rax
        jz      .refused
        test    dword [rax + Handle_rights], RIGHT_THREAD
        jz      .no_right
        mov     rcx, rax
        mov     r12, [rax + Handle_object]
        cmp     dword [r12 + Thread_state], STATE_DEAD
        je      .dead
.has_thread:
        mov     rax, [rbx + Notification_bound]
        or      rax, [r12 + Thread_bound]
        jnz     .is_bound
        mov     [rbx + Notification_bound], r12
        mov     [r12 + Thread_bound], rbx
        mov     [r12 + Thread_bound_by], rdx
        mov     [r12 + Thread_bound_through], rcx
        call    notification_offer
        jmp     scheduler_preempt
.no_right:
        mov     qword [r15 + Thread_rax], STATUS_RIGHTS
        ret
.dead:
        mov     qword [r15 + Thread_rax], STATUS_DEAD
        ret
.is_bound:
        mov     qword [r15 + Thread_rax], STATUS_BOUND
.refused:
        ret

; -----------------------------------------------------------------------------
; sys_notification_unbind - let a thread hear a notification no more
;
;   in        r15 = the running Thread; its rdi = handle
;   out       its status; bits that are set stay
;   clobbers  all caller-saved registers, rbx, flags
;   needs     nothing
;   probe     phase_checks
; -----------------------------------------------------------------------------
global  sys_notification_unbind
sys_notification_unbind:
        mov     esi, RIGHT_WAIT
        call    notification_find
        jz      sys_notification_bind.refused
        mov     rdi, rbx

; -----------------------------------------------------------------------------
; notification_unbind - end a notification's binding
;
;   in        rdi = Notification
;   out       it is bound to no thread
;   clobbers  rax, rcx, rdi, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  notification_unbind
notification_unbind:
        mov     rax, [rdi + Notification_bound]
        test    rax, rax
        jz      sys_notification_bind.refused
        mov     qword [rdi + Notification_bound], 0
        xor     ecx, ecx
        mov     [rax + Thread_bound], rcx
        mov     [rax + Thread_bound_by], rcx
        mov     [rax + Thread_bound_through], rcx
        mov     rdi, rax
        jmp     thread_gate

; -----------------------------------------------------------------------------
; notification_offer - give bits to the bound thread if it receives
;
;   in        rbx = Notification that nobody waits for, bound
;   out       the thread is ready and has the bits, or will get them when it receives
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     receivers_dequeue, thread_wake (rdi = Thread)
; -----------------------------------------------------------------------------
global  notification_offer
notification_offer:
        mov     rdi, [rbx + Notification_bound]
        cmp     qword [rbx + Notification_bits], 0
        je      thread_gate
        cmp     byte [rdi + Thread_state], STATE_RECEIVING
        jne     thread_gate
        call    endpoint_forget
        PROBE   thread_wake, rdi
        call    notification_deliver
        jmp     scheduler_add_first

; -----------------------------------------------------------------------------
; notification_deliver - put bits where a message would be
;
;   in        rbx = Notification, rdi = Thread that it is bound to
;   out       the thread's status, tag and words are set; no bit is set any more
;   clobbers  rax, rcx, flags
;   needs     some bit is set
;   probe     signals_message (rdi = Thread, rbx = Notification)
; -----------------------------------------------------------------------------
global  notification_deliver
notification_deliver:
        PROBE   signals_message, rdi, rbx
        xor     eax, eax
        mov     [rdi + Thread_rax], rax
        mov     [rdi + Thread_rdi], rax
        mov     [rdi + Thread_r8], rax
        mov     [rdi + Thread_r9], rax
        mov     [rdi + Thread_r10], rax
        mov     rcx, [rbx + Notification_bits]
        mov     [rbx + Notification_bits], rax
        mov     [rdi + Thread_rdx], rcx
        mov     qword [rdi + Thread_rsi], TAG_SIGNALS | 1
        jmp     thread_gate

%assert STATUS_OK == 0, "xor sets the status"

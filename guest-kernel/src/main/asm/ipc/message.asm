; What the general path does to a message: look at the tag, find the endpoint, carry
; the words from one thread's block to the other's.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; message_check_handle - check the tag and the right of the running thread's call
;
;   in        r15 = the running Thread, esi = the right it takes, edx = bits of a tag
;             that have no meaning in it
;   out       rax = Handle, ecx = the tag's low half; or rax = 0 and the thread's status
;             is set
;   clobbers  rdx, rdi, flags
;   needs     nothing
;   probe     phase_checks
; -----------------------------------------------------------------------------
global  message_check_handle
message_check_handle:
        PROBE   phase_checks
        mov     ecx, [r15 + Thread_rsi]
        test    ecx, edx
        jnz     message_bad_tag
        movzx   edx, cl
        cmp     edx, WORDS_LONG
        ja      message_bad_tag
        test    ecx, TAG_BUFFER | TAG_ROOM
        jz      .words_are_free
        cmp     edx, WORDS_SHORT
        ja      message_bad_tag
        test    ecx, TAG_ROOM
        jz      .words_are_free
        test    ecx, TAG_LONG
        jnz     message_bad_tag
.words_are_free:
        mov     rdi, [r15 + Thread_rdi]
        call    handle_find
        test    rax, rax
        jz      .refused
        test    [rax + Handle_rights], esi
        jz      message_no_right
.refused:
        ret

message_bad_tag:
        mov     qword [r15 + Thread_rax], STATUS_TAG
        xor     eax, eax
        ret
message_no_right:
        mov     qword [r15 + Thread_rax], STATUS_RIGHTS
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; message_check - check the running thread's call on an endpoint
;
;   in        r15 = the running Thread, esi = the right it takes, edx = bits of a tag
;             that have no meaning in it
;   out       rax = Endpoint, rdx = badge; or rax = 0 and the thread's status is set
;   clobbers  rcx, rdi, r8, r9, r10, r11, flags
;   needs     nothing
;   probe     phase_checks
;
; Whoever sends a handle needs the right to, but for an answer: to call is to take one.
; -----------------------------------------------------------------------------
global  message_check
message_check:
        call    message_check_handle
        test    rax, rax
        jz      .refused
        mov     rdi, rax
        mov     rdx, [rdi + Handle_badge]
        mov     rax, [rdi + Handle_object]
        cmp     qword [rax + Endpoint_receive_handles], 0
        je      .closed
        test    ecx, TAG_BUFFER | TAG_ROOM | TAG_HANDLE | TAG_SLOT
        jnz     .rare
.refused:
        ret
.rare:
        test    ecx, TAG_HANDLE
        jz      .may_grant
        cmp     esi, RIGHT_SEND
        jne     .may_grant
        test    dword [rdi + Handle_rights], RIGHT_GRANT
        jz      message_no_right
.may_grant:
        push    rax
        push    rdx
        call    message_check_rare
        movsxd  rcx, eax
        pop     rdx
        pop     rax
        test    ecx, ecx
        jz      .refused
        mov     [r15 + Thread_rax], rcx
        xor     eax, eax
        ret
.closed:
        mov     qword [r15 + Thread_rax], STATUS_DEAD
        xor     eax, eax
        ret

%assert TAG_WORDS == (1 << 8) - 1, "the words are the tag's low byte"

; -----------------------------------------------------------------------------
; message_would_wait - refuse what would have to wait and shall not
;
;   in        r15 = the running Thread
;   out       its status is STATUS_WOULD_WAIT; a thread is chosen
;   clobbers  rax, rcx, rdx, rdi, r8, r9, flags
;   needs     it is runnable and in no queue
;   probe     phase_switch
; -----------------------------------------------------------------------------
global  message_would_wait
message_would_wait:
        mov     qword [r15 + Thread_rax], STATUS_WOULD_WAIT
        jmp     scheduler_preempt

; -----------------------------------------------------------------------------
; message_find_receiver - take a thread that waits for the running thread's message
;
;   in        r15 = the running Thread, rbx = Endpoint
;   out       r13 = receiver, in no queue, to whom message_carry has carried; 0: none waits,
;             or, where the thread's status is not STATUS_OK any more, the first one's room is
;             gone and the call is to begin again
;   clobbers  rax, rcx, rsi, rdi, r8, r9, r10, r11, flags
;   needs     message_check accepted its message
;   probe     phase_dequeue, receivers_dequeue (rbx = Endpoint, r13 = Thread), thread_wake
;             (rdi = Thread)
;
; One whose room is gone is told so.
; -----------------------------------------------------------------------------
global  message_find_receiver
message_find_receiver:
        PROBE   phase_dequeue
        mov     r13, [rbx + Endpoint_receivers]
        test    r13, r13
        jz      .done
        PROBE   receivers_dequeue, rbx, r13
        mov     rax, [r13 + Thread_next]
        mov     [rbx + Endpoint_receivers], rax
        test    dword [r15 + Thread_rsi], TAG_BUFFER
        jnz     .has_buffer
.done:
        ret
.has_buffer:
        push    rdx
        mov     rdi, r15
        mov     rsi, r13
        call    message_carry
        test    eax, eax
        jz      .carried
        movsxd  rax, eax
        mov     [r13 + Thread_rax], rax
        mov     rdi, r13
        PROBE   thread_wake, rdi
        call    scheduler_add_last
        pop     rdx
        xor     r13d, r13d
        mov     qword [r15 + Thread_rax], STATUS_ADDRESS
        ret
.carried:
        pop     rdx
        ret

; -----------------------------------------------------------------------------
; message_answer - carry the running thread's answer to a caller
;
;   in        r15 = the running Thread, r13 = Thread that awaits its reply
;   out       the caller is ready, and has the answer or learns that its room is gone
;   clobbers  all caller-saved registers, flags
;   needs     nothing names it as the caller any more; message_check accepted the answer
;   probe     phase_copy, phase_switch, thread_wake (rdi = Thread)
; -----------------------------------------------------------------------------
global  message_answer
message_answer:
        mov     rdi, r15
        mov     rsi, r13
        test    dword [r15 + Thread_rsi], TAG_BUFFER
        jz      .carried
        call    message_carry
        test    eax, eax
        jz      .carried
        movsxd  rax, eax
        mov     [r13 + Thread_rax], rax
        jmp     .ready
.carried:
        xor     edx, edx
        call    message_deliver
.ready:
        PROBE   phase_switch
        mov     rdi, r13
        PROBE   thread_wake, rdi
        jmp     scheduler_add_first

; -----------------------------------------------------------------------------
; message_deliver - carry a message from one thread's block to another's
;
;   in        rdi = sender, rsi = receiver, rdx = badge
;   out       the receiver's status, badge, tag and words are set
;   clobbers  all caller-saved registers, flags
;   needs     the receiver's state still has the flags of its tag; message_carry
;             returned STATUS_OK
;   probe     phase_copy, ipc_message (rdi = sender, rsi = receiver)
;
; What a thread that faulted sends is the fault, and what it gets is leave to go on.
;
; Words that were not sent arrive as zero, so nothing that the receiver's registers
; or the sender's held shines through.
; -----------------------------------------------------------------------------
global  message_deliver
message_deliver:
        PROBE   phase_copy
        PROBE   ipc_message, rdi, rsi
        cmp     dword [rdi + Thread_trapped], TRAP_FAULT
        je      fault_deliver
        cmp     dword [rsi + Thread_trapped], TRAP_FAULT
        je      fault_answer
        mov     qword [rsi + Thread_rax], STATUS_OK
        mov     [rsi + Thread_rdi], rdx
        movzx   ecx, byte [rdi + Thread_rsi]
        mov     eax, ecx
        cmp     ecx, WORDS_SHORT
        jbe     .fits
        test    dword [rsi + Thread_state], STATE_LONG
        jnz     .fits
        mov     ecx, WORDS_SHORT
        mov     eax, WORDS_SHORT | TAG_CUT
.fits:
        mov     [rsi + Thread_rsi], rax
        xor     r8d, r8d
.next:
        xor     r9d, r9d
        cmp     r8d, ecx
        jae     .not_sent
        mov     r9, [rdi + r8 * WORD_SIZE + Thread_rdx]
.not_sent:
        mov     [rsi + r8 * WORD_SIZE + Thread_rdx], r9
        inc     r8d
        cmp     r8d, WORDS_SHORT
        jb      .next
.next_long:
        cmp     r8d, ecx
        jae     .done
        mov     r9, [rdi + r8 * WORD_SIZE + MESSAGE_LONG]
        mov     [rsi + r8 * WORD_SIZE + MESSAGE_LONG], r9
        inc     r8d
        jmp     .next_long
.done:
        test    dword [rdi + Thread_rsi], TAG_BUFFER | TAG_HANDLE
        jnz     message_deliver_rare
        ret

; Word 4 is r12: this is where word 0 would be if all lay in one row.
MESSAGE_LONG    equ     Thread_r12 - WORDS_SHORT * WORD_SIZE

%assert Thread_r10 == Thread_rdx + (WORDS_SHORT - 1) * WORD_SIZE, "words 0-3 lie in one row"
%assert Thread_r15 == Thread_r12 + (WORDS_LONG - WORDS_SHORT - 1) * WORD_SIZE, "words 4-7 lie in one row"

; What the general path does to a message: look at the tag, find the endpoint, carry
; the words from one thread's block to the other's.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; message_check - check the tag and the handle of the running thread's call
;
;   in        r15 = the running Thread, esi = the right it takes
;   out       rax = Endpoint, rdx = badge; or rax = 0 and the thread's status is set
;   clobbers  rcx, rdi, flags
;   needs     nothing
;   probe     phase_checks
; -----------------------------------------------------------------------------
global  message_check
message_check:
        PROBE   phase_checks
        mov     rcx, [r15 + Thread_rsi]
        movzx   edx, cl
        cmp     edx, WORDS_LONG
        ja      .bad_tag
        and     rcx, ~(TAG_WORDS | TAG_LONG | TAG_NO_WAIT)
        jnz     .bad_tag

        mov     rdi, [r15 + Thread_rdi]
        call    handle_find
        test    rax, rax
        jz      .refused
        test    [rax + Handle_rights], esi
        jz      .no_right
        mov     rdx, [rax + Handle_badge]
        mov     rax, [rax + Handle_object]
        cmp     qword [rax + Endpoint_receive_handles], 0
        je      .closed
.refused:
        ret
.bad_tag:
        mov     qword [r15 + Thread_rax], STATUS_TAG
        xor     eax, eax
        ret
.closed:
        mov     qword [r15 + Thread_rax], STATUS_DEAD
        xor     eax, eax
        ret
.no_right:
        mov     qword [r15 + Thread_rax], STATUS_RIGHTS
        xor     eax, eax
        ret

%assert TAG_WORDS == (1 << 8) - 1, "the words are the tag's low byte"

; -----------------------------------------------------------------------------
; message_would_wait - refuse what would have to wait and shall not
;
;   in        r15 = the running Thread
;   out       its status is STATUS_WOULD_WAIT
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  message_would_wait
message_would_wait:
        mov     qword [r15 + Thread_rax], STATUS_WOULD_WAIT
        ret

; -----------------------------------------------------------------------------
; message_deliver - carry a message from one thread's block to another's
;
;   in        rdi = sender, rsi = receiver, rdx = badge
;   out       the receiver's status, badge, tag and words are set
;   clobbers  rax, rcx, r8, r9, flags
;   needs     the receiver's state still tells whether it accepts WORDS_LONG words
;   probe     phase_copy, ipc_message (rdi = sender, rsi = receiver)
;
; Words that were not sent arrive as zero, so nothing that the receiver's registers
; or the sender's held shines through.
; -----------------------------------------------------------------------------
global  message_deliver
message_deliver:
        PROBE   phase_copy
        PROBE   ipc_message, rdi, rsi
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
        ret

; Word 4 is r12: this is where word 0 would be if all lay in one row.
MESSAGE_LONG    equ     Thread_r12 - WORDS_SHORT * WORD_SIZE

%assert Thread_r10 == Thread_rdx + (WORDS_SHORT - 1) * WORD_SIZE, "words 0-3 lie in one row"
%assert Thread_r15 == Thread_r12 + (WORDS_LONG - WORDS_SHORT - 1) * WORD_SIZE, "words 4-7 lie in one row"

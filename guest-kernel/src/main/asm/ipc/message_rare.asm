; What few messages have: a buffer, room for one, a handle, a slot for one.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; message_check_rare - check what the running thread's call has beside words
;
;   in        r15 = the running Thread
;   out       eax = STATUS_OK, STATUS_RANGE, STATUS_ADDRESS, STATUS_MEMORY, STATUS_HANDLE or
;             STATUS_SLOT
;   clobbers  all caller-saved registers, flags
;   needs     message_check accepted the bits of its tag
;   probe     none
; -----------------------------------------------------------------------------
global  message_check_rare
message_check_rare:
        mov     rdi, r15
        test    dword [r15 + Thread_rsi], TAG_BUFFER
        jz      .no_buffer
        call    buffer_check_sent
        test    eax, eax
        jnz     .refused
.no_buffer:
        test    dword [r15 + Thread_rsi], TAG_ROOM
        jz      .no_room
        call    buffer_check_room
        test    eax, eax
        jnz     .refused
.no_room:
        test    dword [r15 + Thread_rsi], TAG_HANDLE
        jz      .no_handle
        call    rare_handle
        mov     eax, STATUS_HANDLE
        jz      .refused
.no_handle:
        test    dword [r15 + Thread_rsi], TAG_SLOT
        jz      .no_slot
        mov     edx, [r15 + Thread_rsi]
        call    rare_slot
        mov     eax, STATUS_SLOT
        jnz     .refused
.no_slot:
        mov     eax, STATUS_OK
.refused:
        ret

; rdi = Thread. Out: rcx = Handle that its tag names, ZF set if that slot is empty
rare_handle:
        mov     ecx, [rdi + Thread_rsi]
        shr     ecx, TAG_HANDLE_SHIFT
        shl     ecx, HANDLE_SHIFT
        add     rcx, [rdi + Thread_handles]
        cmp     qword [rcx + Handle_object], 0
        ret

; rdi = Thread, edx = its tag or its state. Out: edx = slot that it names, ZF set if that is
; empty; clobbers rax
rare_slot:
        shr     edx, TAG_SLOT_SHIFT
        movzx   edx, dl
        mov     eax, edx
        shl     eax, HANDLE_SHIFT
        add     rax, [rdi + Thread_handles]
        cmp     qword [rax + Handle_object], 0
        ret

; -----------------------------------------------------------------------------
; message_deliver_rare - finish the delivery of what a message has beside words
;
;   in        rdi = sender, rsi = receiver, its tag and words are set
;   out       its tag says what came with them, and whether something did not
;   clobbers  all caller-saved registers, flags
;   needs     message_carry returned STATUS_OK
;   probe     message_handle (rdi = sender, rsi = receiver)
;
; A handle arrives as a copy of the sender's, which the sender can take back. It does not
; where the receiver named no slot, or the slot or the handle is not what it was when its
; thread began to wait.
; -----------------------------------------------------------------------------
global  message_deliver_rare
message_deliver_rare:
        xor     r9d, r9d
        test    dword [rdi + Thread_rsi], TAG_BUFFER
        jz      .no_buffer
        test    dword [rsi + Thread_state], STATE_ROOM
        jz      .no_room
        or      r9d, TAG_BUFFER
        mov     rax, [rdi + Thread_r13]
        cmp     rax, [rsi + Thread_r15]
        ja      .no_room
        mov     [rsi + Thread_r15], rax
        jmp     .no_buffer
.no_room:
        or      r9d, TAG_CUT
.no_buffer:
        or      [rsi + Thread_rsi], r9
        test    dword [rdi + Thread_rsi], TAG_HANDLE
        jz      .done
        test    dword [rsi + Thread_state], STATE_SLOT
        jz      .no_handle
        call    rare_handle
        jz      .no_handle
        mov     r9, rcx
        mov     edx, [rsi + Thread_state]
        xchg    rdi, rsi
        call    rare_slot
        xchg    rdi, rsi
        jnz     .no_handle
        PROBE   message_handle, rdi, rsi
        or      dword [rsi + Thread_rsi], TAG_HANDLE
        mov     rdi, [rsi + Thread_process]
        mov     esi, edx
        mov     rdx, [r9 + Handle_object]
        mov     ecx, [r9 + Handle_rights]
        mov     r8, [r9 + Handle_badge]
        jmp     handle_make
.no_handle:
        or      dword [rsi + Thread_rsi], TAG_CUT
.done:
        ret

%assert HANDLE_COUNT == 1 << (32 - TAG_HANDLE_SHIFT), "the handle is the last byte of a tag's low half"
%assert HANDLE_COUNT == 1 << (TAG_HANDLE_SHIFT - TAG_SLOT_SHIFT), "the slot is the byte before"
%assert TAG_ROOM == STATE_ROOM, "a tag's flag becomes a state's flag unchanged"
%assert (STATE_TIMED & STATE_FLAGS) == 0, "no tag puts a thread among the sleepers"
%assert TAG_SLOT == STATE_SLOT, "a tag's flag becomes a state's flag unchanged"

; The fusion ring of Exo-OS for one sender and one receiver: each slot says whose turn it is, so
; that neither side reads the other's index.

%include "lib/message.inc"

section .text

; -----------------------------------------------------------------------------
; message_make - make an empty ring
;
;   in        rdi = zeros at a page: MESSAGE_SLOTS bytes, and a line for each of SLOTS
;   out       nothing
;   clobbers  rax, rcx, flags
;   needs     SLOTS is a power of two
;   probe     none
; -----------------------------------------------------------------------------
global  message_make
message_make:
        lea     rax, [rdi + MESSAGE_SLOTS]
        xor     ecx, ecx
.next:
        mov     [rax + SLOT_TURN], ecx
        add     rax, SLOT_BYTES
        inc     ecx
        cmp     ecx, SLOTS
        jb      .next
        ret

; -----------------------------------------------------------------------------
; message_put - send a message
;
;   in        rdi = ring, rsi = message of whole words, ecx = bytes, at least 1
;   out       eax = 1, 0 where it is full, MESSAGE_REFUSED where the message is too long
;   clobbers  rcx, rdx, r8, r9, flags
;   needs     one CPU sends
;   probe     none
;
; The turn is stored last; x86 keeps the order of stores (SDM 3A 9.2.2), so no fence is needed.
; -----------------------------------------------------------------------------
global  message_put
message_put:
        cmp     ecx, SLOT_INLINE
        ja      .refused
        mov     r8d, [rdi + MESSAGE_PUT]
        mov     r9d, r8d
        and     r9d, SLOTS - 1
        shl     r9d, SLOT_SHIFT
        lea     r9, [rdi + r9 + MESSAGE_SLOTS]
        cmp     [r9 + SLOT_TURN], r8d
        jne     .full
        mov     [r9 + SLOT_LENGTH], cx
        add     ecx, (1 << WORD_SHIFT) - 1
        shr     ecx, WORD_SHIFT
        lea     rdx, [r9 + SLOT_PAYLOAD]
        COPY_WORDS
        inc     r8d
        mov     [r9 + SLOT_TURN], r8d
        mov     [rdi + MESSAGE_PUT], r8d
        mov     eax, 1
        ret
.full:
        xor     eax, eax
        ret
.refused:
        mov     eax, MESSAGE_REFUSED
        ret

; -----------------------------------------------------------------------------
; message_take - receive the oldest message
;
;   in        rdi = ring, rdx = room for SLOT_INLINE bytes
;   out       eax = bytes, or 0 where there is none
;   clobbers  rcx, rsi, r8, r9, r10, flags
;   needs     one CPU receives
;   probe     none
; -----------------------------------------------------------------------------
global  message_take
message_take:
        mov     r8d, [rdi + MESSAGE_TAKE]
        mov     r9d, r8d
        and     r9d, SLOTS - 1
        shl     r9d, SLOT_SHIFT
        lea     r9, [rdi + r9 + MESSAGE_SLOTS]
        inc     r8d
        cmp     [r9 + SLOT_TURN], r8d
        jne     .empty
        movzx   r10d, word [r9 + SLOT_LENGTH]
        lea     ecx, [r10 + (1 << WORD_SHIFT) - 1]
        shr     ecx, WORD_SHIFT
        lea     rsi, [r9 + SLOT_PAYLOAD]
        COPY_WORDS
        lea     ecx, [r8 + SLOTS - 1]
        mov     [r9 + SLOT_TURN], ecx
        mov     [rdi + MESSAGE_TAKE], r8d
        mov     eax, r10d
        ret
.empty:
        xor     eax, eax
        ret

; Lux9's ring of bytes as its document writes it: positions that never wrap, no look at the room
; that is left, and a receiver that believes each message's own size.

%include "lib/ring-bytes.inc"

section .text

; -----------------------------------------------------------------------------
; ring_put - append a message
;
;   in        rdi = ring, rsi = message of whole words, its bytes in the first 4
;   out       eax = 1
;   clobbers  rcx, rdx, r8, r9, flags
;   needs     nothing; what it breaks is shown
;   probe     none
; -----------------------------------------------------------------------------
global  ring_put
ring_put:
        mov     r8d, [rdi + RING_WRITE]
        mov     ecx, [rsi]
        mov     r9d, ecx
        lea     rdx, [rdi + r8 + RING_DATA]
        shr     ecx, WORD_SHIFT
        COPY_WORDS
        add     r8d, r9d
        mov     [rdi + RING_WRITE], r8d
        mov     eax, 1
        ret

; -----------------------------------------------------------------------------
; ring_take - find the oldest message
;
;   in        rdi = ring, rdx = room, not used: the message is read where it is
;   out       rsi = message and eax = its bytes as it says, or eax = 0 where there is none
;   clobbers  rcx, r8, flags
;   needs     nothing; what it breaks is shown
;   probe     none
; -----------------------------------------------------------------------------
global  ring_take
ring_take:
        mov     r8d, [rdi + RING_READ]
        cmp     r8d, [rdi + RING_WRITE]
        je      .empty
        lea     rsi, [rdi + r8 + RING_DATA]
        mov     eax, [rsi]
        add     r8d, eax
        mov     [rdi + RING_READ], r8d
        ret
.empty:
        xor     eax, eax
        ret

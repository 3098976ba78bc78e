; The ring of bytes made right: positions only grow and are masked where memory is meant, a full
; ring refuses, and the receiver copies a size once and believes it only within bounds.

%include "lib/ring-bytes.inc"

RING_MASK       equ     RING_BYTES - 1
WORD_BYTES      equ     1 << WORD_SHIFT

section .text

; -----------------------------------------------------------------------------
; ring_put - append a message
;
;   in        rdi = ring, rsi = message of whole words, its bytes in the first 4
;   out       eax = 1, or 0 where there is no room
;   clobbers  rcx, rdx, r8, r9, flags
;   needs     one CPU puts
;   probe     none
;
; Words never straddle the end: all sizes are whole words. The position is stored last.
; -----------------------------------------------------------------------------
global  ring_put
ring_put:
        mov     r8d, [rdi + RING_WRITE]
        mov     ecx, [rsi]
        mov     eax, RING_BYTES
        add     eax, [rdi + RING_READ]
        sub     eax, r8d
        cmp     ecx, eax
        ja      .full
        xor     r9d, r9d
.next:
        mov     rax, [rsi + r9]
        lea     edx, [r8 + r9]
        and     edx, RING_MASK
        mov     [rdi + rdx + RING_DATA], rax
        add     r9d, WORD_BYTES
        cmp     r9d, ecx
        jb      .next
        add     r8d, ecx
        mov     [rdi + RING_WRITE], r8d
        mov     eax, 1
        ret
.full:
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; ring_take - copy the oldest message out of the ring
;
;   in        rdi = ring, rdx = room for MESSAGE_MOST bytes
;   out       rsi = that room and eax = bytes in it, or eax = 0 where there is none or the
;             sender has broken the rules
;   clobbers  rcx, r8, r9, r10, flags
;   needs     one CPU takes
;   probe     none
; -----------------------------------------------------------------------------
global  ring_take
ring_take:
        mov     r8d, [rdi + RING_READ]
        mov     r10d, [rdi + RING_WRITE]
        sub     r10d, r8d
        jz      .none
        mov     ecx, r8d
        and     ecx, RING_MASK
        mov     r9d, [rdi + rcx + RING_DATA]
        cmp     r9d, r10d
        ja      .none
        cmp     r9d, MESSAGE_MOST
        ja      .none
        cmp     r9d, WORD_BYTES
        jb      .none
        test    r9d, WORD_BYTES - 1
        jnz     .none
        xor     ecx, ecx
.next:
        lea     eax, [r8 + rcx]
        and     eax, RING_MASK
        mov     rax, [rdi + rax + RING_DATA]
        mov     [rdx + rcx], rax
        add     ecx, WORD_BYTES
        cmp     ecx, r9d
        jb      .next
        mov     [rdx], r9d
        add     r8d, r9d
        mov     [rdi + RING_READ], r8d
        mov     rsi, rdx
        mov     eax, r9d
        ret
.none:
        xor     eax, eax
        ret

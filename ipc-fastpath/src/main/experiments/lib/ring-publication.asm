; A ring whose receiver watches an index. EACH: the index is stored behind each message, not once
; behind all. ORDER: by a plain store, by one behind a fence, or by an exchange. WEIGHED: what is
; received tells the order of its messages as well.

%include "lib/ring-publication.inc"

ORDER_PLAIN     equ     0
ORDER_FENCE     equ     1

; Publishes r8 as the sender's index, in the declared order; clobbers rax.
%macro PUBLISH
%if ORDER == ORDER_PLAIN
        mov     [rdi + RING_PUT], r8
%elif ORDER == ORDER_FENCE
        mfence
        mov     [rdi + RING_PUT], r8
%else
        mov     rax, r8
        xchg    [rdi + RING_PUT], rax
%endif
%endmacro

section .text

; -----------------------------------------------------------------------------
; publication_room - wait until there is room for a batch
;
;   in        rdi = ring, r14 = messages that were sent
;   out       nothing
;   clobbers  rax, flags
;   needs     RING_SLOTS, a power of two; BATCH up to that; the CPU that sends
;   probe     room_wait: it waits
; -----------------------------------------------------------------------------
global  publication_room
publication_room:
        mov     rax, r14
        sub     rax, [rdi + RING_TAKE]
        cmp     rax, RING_SLOTS - BATCH
        jbe     .room
        PROBE   room_wait, rdi
        pause
        jmp     publication_room
.room:
        ret

; -----------------------------------------------------------------------------
; publication_send - send a batch
;
;   in        rdi = ring, r14 = messages that were sent; rsi = each word of the first message, which
;             is one more in each that follows
;   out       nothing
;   clobbers  rax, rcx, rdx, rsi, r8, flags
;   needs     room for it; one CPU sends
;   probe     none
;
; The words are there before the index says so; x86 keeps the order of stores (SDM 3A 9.2.2).
; -----------------------------------------------------------------------------
global  publication_send
publication_send:
        mov     r8, r14
        mov     ecx, BATCH
.message:
        mov     edx, r8d
        and     edx, RING_SLOTS - 1
        shl     edx, RING_SHIFT
        lea     rdx, [rdi + rdx + RING_SLOT]
%rep SLOT_WORDS, word
        mov     [rdx + %word * PTE_SIZE], rsi
%endrep
        inc     rsi
        inc     r8
%if EACH
        PUBLISH
%endif
        dec     ecx
        jnz     .message
%if EACH == 0
        PUBLISH
%endif
        ret

; -----------------------------------------------------------------------------
; publication_receive - wait for a batch and receive it
;
;   in        rdi = ring, r14 = messages that were received
;   out       r14 = with these; rsi = the sum of their last words, WEIGHED: each
;             doubled as often as others follow
;   clobbers  rcx, rdx, flags
;   needs     one CPU receives
;   probe     message_wait: it waits
; -----------------------------------------------------------------------------
global  publication_receive
publication_receive:
        mov     ecx, BATCH
        xor     esi, esi
.message:
        cmp     [rdi + RING_PUT], r14
        ja      .there
        PROBE   message_wait, rdi
        pause
        jmp     .message
.there:
        mov     edx, r14d
        and     edx, RING_SLOTS - 1
        shl     edx, RING_SHIFT
%if WEIGHED
        add     rsi, rsi
%endif
        add     rsi, [rdi + rdx + RING_SLOT + STAND_LINE - PTE_SIZE]
        inc     r14
        dec     ecx
        jnz     .message
        mov     [rdi + RING_TAKE], r14
        ret

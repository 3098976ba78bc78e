; A ring of batches whose receiver watches its index as a list of values: a batch is BATCH messages
; of numbers from BATCH times the value on, so a message that was not there yet, or is in another
; one's place, is seen.

%include "lib/list.inc"
%include "lib/ring-publication.inc"

; A batch of numbers n, n + 1 ... is received as n * WEIGHT + FOLLOWING.
WEIGHT          equ     (1 << BATCH) - 1
FOLLOWING       equ     WEIGHT - BATCH

section .text

; -----------------------------------------------------------------------------
; list_make - nothing is to be made: the ring is zeros
;
;   in        nothing
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        ret

; -----------------------------------------------------------------------------
; list_put - wait for room and send a value
;
;   in        rsi = value
;   out       eax = 1
;   clobbers  all caller-saved registers, flags
;   needs     what publication_send does
;   probe     what publication_room has
; -----------------------------------------------------------------------------
global  list_put
list_put:
        push    r14
        lea     rdi, [rel ring]
        mov     r14, [rdi + RING_PUT]
        imul    rsi, rsi, BATCH
        call    publication_room
        call    publication_send
        pop     r14
        mov     eax, 1
        ret

; -----------------------------------------------------------------------------
; list_take - wait for a value and receive it
;
;   in        nothing
;   out       eax = 1 and rdx = value, or what is none where a message was another one
;   clobbers  all caller-saved registers, flags
;   needs     what publication_receive does
;   probe     what publication_receive has
; -----------------------------------------------------------------------------
global  list_take
list_take:
        push    r14
        lea     rdi, [rel ring]
        mov     r14, [rdi + RING_TAKE]
        call    publication_receive
        pop     r14
        lea     rax, [rsi - FOLLOWING]
        xor     edx, edx
        mov     ecx, WEIGHT * BATCH
        div     rcx
        neg     rdx                             ; a rest: none
        sbb     rdx, rdx
        not     rdx
        and     rdx, rax
        mov     eax, 1
        ret

section .bss
align PAGE_SIZE
ring:
        resb    RING_BYTES

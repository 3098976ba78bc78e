; A message of LENGTH bytes goes through a ring, on one CPU; one that is too long is refused. One
; trial measures sending, one receiving, each when all has been done once.

%include "lib/message.inc"

SIDE_PUT        equ     0
SIDE_TAKE       equ     1
LAST_WORD       equ     ((LENGTH - 1) >> WORD_SHIFT) << WORD_SHIFT

section .text

; A routine in which ROUNDS messages are sent and received, with one side between the marks.
; Clobbers everything.
%macro ROUNDS_OF side, name
%{name}:
        mov     ebx, ROUNDS
.next:
        mov     [rel sent], rbx
        mov     [rel sent + LAST_WORD], rbx
        lea     rdi, [rel ring]
        lea     rsi, [rel sent]
        mov     ecx, LENGTH
%if %side == SIDE_PUT
        OP_BEGIN
        call    message_put
        OP_END
%else
        call    message_put
%endif
%if LENGTH > SLOT_INLINE
        cmp     eax, MESSAGE_REFUSED
        CHECK   e, refused
%else
        cmp     eax, 1
        CHECK   e, sent
%endif
        lea     rdi, [rel ring]
        lea     rdx, [rel received]
%if %side == SIDE_TAKE
        OP_BEGIN
        call    message_take
        OP_END
%else
        call    message_take
%endif
%if LENGTH > SLOT_INLINE
        test    eax, eax
        CHECK   z, nothing_there
%else
        cmp     eax, LENGTH
        CHECK   e, whole
        cmp     [rel received], rbx
        CHECK   e, first_word
        cmp     [rel received + LAST_WORD], rbx
        CHECK   e, last_word
%endif
        CONTROL
        dec     ebx
        jnz     .next
        ret
%endmacro

; -----------------------------------------------------------------------------
; workload_cpu - send and receive ROUNDS messages, four times
;
;   in        nothing
;   out       each arrived, or was refused
;   clobbers  everything
;   needs     SLOTS, a power of two; LENGTH, 1 or more
;   probe     the trials (0 sends, 1 receives), the operation, the control arm
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        lea     rdi, [rel ring]
        call    message_make
        call    rounds_put
        TRIAL   SIDE_PUT, 0, 0
        call    rounds_put
        TRIAL_END
        call    rounds_take
        TRIAL   SIDE_TAKE, 0, 0
        call    rounds_take
        TRIAL_END
        ret

        ROUNDS_OF SIDE_PUT, rounds_put
        ROUNDS_OF SIDE_TAKE, rounds_take

section .bss
align PAGE_SIZE
global  ring
ring:
        resb    MESSAGE_SLOTS + SLOTS * SLOT_BYTES
align STAND_LINE
sent:
        resb    LAST_WORD + SLOT_BYTES
received:
        resb    LAST_WORD + SLOT_BYTES

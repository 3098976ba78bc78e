; A deque in an array behind a spinlock, as Mutex<VecDeque> is: what the ring is compared with.

%include "lib/message.inc"

section .text

; -----------------------------------------------------------------------------
; message_make - make an empty deque
;
;   in        rdi = zeros at a page: MESSAGE_SLOTS bytes, and a line for each of SLOTS
;   out       nothing
;   clobbers  nothing
;   needs     SLOTS is a power of two
;   probe     none
; -----------------------------------------------------------------------------
global  message_make
message_make:
        ret

; -----------------------------------------------------------------------------
; message_put - send a message
;
;   in        rdi = deque, rsi = message of whole words, ecx = bytes, at least 1
;   out       eax = 1, 0 where it is full, MESSAGE_REFUSED where the message is too long
;   clobbers  rcx, rdx, r8, r9, r10, r11, flags
;   needs     nothing
;   probe     what the lock has
; -----------------------------------------------------------------------------
global  message_put
message_put:
        cmp     ecx, SLOT_INLINE
        ja      .refused
        mov     r10d, ecx
        lea     r8, [rdi + MESSAGE_LOCK]
        call    lock_take
        mov     r9d, [rdi + MESSAGE_PUT]
        mov     edx, r9d
        sub     edx, [rdi + MESSAGE_TAKE]
        xor     r11d, r11d
        cmp     edx, SLOTS
        jae     .done
        mov     edx, r9d
        and     edx, SLOTS - 1
        shl     edx, SLOT_SHIFT
        lea     rdx, [rdi + rdx + MESSAGE_SLOTS]
        mov     [rdx + SLOT_LENGTH], r10w
        lea     ecx, [r10 + (1 << WORD_SHIFT) - 1]
        shr     ecx, WORD_SHIFT
        add     rdx, SLOT_PAYLOAD
        COPY_WORDS
        inc     dword [rdi + MESSAGE_PUT]
        inc     r11d
.done:
        call    lock_give
        mov     eax, r11d
        ret
.refused:
        mov     eax, MESSAGE_REFUSED
        ret

; -----------------------------------------------------------------------------
; message_take - receive the oldest message
;
;   in        rdi = deque, rdx = room for SLOT_INLINE bytes
;   out       eax = bytes, or 0 where there is none
;   clobbers  rcx, rsi, r8, r9, r10, flags
;   needs     nothing
;   probe     what the lock has
; -----------------------------------------------------------------------------
global  message_take
message_take:
        lea     r8, [rdi + MESSAGE_LOCK]
        call    lock_take
        mov     r9d, [rdi + MESSAGE_TAKE]
        xor     r10d, r10d
        cmp     r9d, [rdi + MESSAGE_PUT]
        je      .done
        and     r9d, SLOTS - 1
        shl     r9d, SLOT_SHIFT
        lea     rsi, [rdi + r9 + MESSAGE_SLOTS]
        movzx   r10d, word [rsi + SLOT_LENGTH]
        lea     ecx, [r10 + (1 << WORD_SHIFT) - 1]
        shr     ecx, WORD_SHIFT
        add     rsi, SLOT_PAYLOAD
        COPY_WORDS
        inc     dword [rdi + MESSAGE_TAKE]
.done:
        call    lock_give
        mov     eax, r10d
        ret

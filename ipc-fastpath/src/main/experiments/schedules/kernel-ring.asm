; Bantam's ring between processes as a list of values. Its system calls are calls of `notify` here,
; which does what the kernel's notifications do. WAITS: 1 waits where the ring is full or empty.

%include "lib/list.inc"
%include "abi/calls.inc"

END_READER      equ     0                       ; a RingEnd each
END_WRITER      equ     STAND_LINE
BELLS           equ     STAND_LINE * 2          ; bits that are set, a line a side
SENT            equ     STAND_LINE * 4          ; the writer's message
RECEIVED        equ     STAND_LINE * 5          ; the reader's
RING            equ     PAGE_SIZE
BELL_SHIFT      equ     6
%assert RingEnd_size <= STAND_LINE, "an end is a line"

%macro syscall
        call    notify
%endmacro

section .text

%include "user/ring.inc"

; rax = SYS_SIGNAL or SYS_WAIT, edi = side, esi = bits to set: sets them, or waits for some and
; takes them; out: rax = STATUS_OK, rdx = bits; clobbers rcx, r11.
notify:
        lea     rcx, [rel ends]
        mov     rcx, [rcx]
        shl     edi, BELL_SHIFT
        lea     rcx, [rcx + rdi + BELLS]
        cmp     eax, SYS_SIGNAL
        jne     .wait
        lock or [rcx], esi
        xor     eax, eax
        ret
.wait:
        cmp     dword [rcx], 0
        jne     .rung
        PROBE   bell_wait, rcx
        pause
        jmp     .wait
.rung:
        xor     edx, edx
        xchg    [rcx], edx
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; list_make - open both ends of an empty ring
;
;   in        rdi = LIST_BYTES bytes of zeros at a page; esi = slots, a power of two
;   out       nothing
;   clobbers  all caller-saved registers, flags
;   needs     nobody else uses it
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        push    rbx
        push    rbp
        mov     rbx, rdi
        mov     ebp, esi
        mov     [rel ends], rdi
        lea     rsi, [rbx + RING]
        mov     edx, ebp
        mov     ecx, RING_READER
        mov     r8d, RING_READER
        mov     r9d, RING_WRITER
        call    ring_open
        lea     rdi, [rbx + END_WRITER]
        lea     rsi, [rbx + RING]
        mov     edx, ebp
        mov     ecx, RING_WRITER
        mov     r8d, RING_WRITER
        mov     r9d, RING_READER
        call    ring_open
        pop     rbp
        pop     rbx
        ret

; -----------------------------------------------------------------------------
; list_put - send a value, in each word of a message
;
;   in        rdi = list, rsi = value
;   out       eax = 1, or 0 where it is full
;   clobbers  all caller-saved registers, flags
;   needs     one CPU puts
;   probe     ring_push, ring_wait, bell_wait: of the ring's library
; -----------------------------------------------------------------------------
global  list_put
list_put:
        mov     rdx, rdi
        add     rdi, SENT
        mov     rax, rsi
        mov     ecx, RING_SLOT_WORDS
        rep stosq
        lea     rsi, [rdx + SENT]
        lea     rdi, [rdx + END_WRITER]
        xor     edx, edx
%if WAITS
        call    ring_send
%else
        call    ring_push
%endif
        cmp     rax, 1
        sbb     eax, eax
        neg     eax
        ret

; -----------------------------------------------------------------------------
; list_take - receive the oldest value
;
;   in        rdi = list
;   out       eax = 1 and rdx = value, 0 where it was torn; or eax = 0 where there is none
;   clobbers  all caller-saved registers, flags
;   needs     one CPU takes
;   probe     ring_pop, ring_wait, bell_wait: of the ring's library
; -----------------------------------------------------------------------------
global  list_take
list_take:
        lea     rsi, [rdi + RECEIVED]
        push    rsi
        add     rdi, END_READER
        xor     edx, edx
%if WAITS
        call    ring_receive
%else
        call    ring_pop
%endif
        pop     rdi
        test    rax, rax
        jnz     .none
        mov     rax, [rdi]
        mov     rdx, rax
        mov     ecx, RING_SLOT_WORDS
        repe scasq
        je      .whole
        xor     edx, edx
.whole:
        mov     eax, 1
        ret
.none:
        xor     eax, eax
        ret

section .bss
ends:
        resb    8

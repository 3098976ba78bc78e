; A ring between two CPUs: CPU 0 puts numbers in, CPU 1 takes them out. Each side has an index that it alone writes,
; and remembers what it last saw of the other one's. SPACING is how far the two sides are from each other in memory.

%include "stand/stand.inc"

SLOTS           equ     16
NUMBERS         equ     1000

; What a side has.
INDEX           equ     0
SEEN            equ     8                       ; the other side's index, when it was looked at

section .text
global  workload_cpu
workload_cpu:
        mov     r13d, NUMBERS
        test    edi, edi
        jnz     taker
putter:
        BARRIER
        TRIAL   0, 0, 0
.next:
        OP_BEGIN
        call    put
        OP_END
        CONTROL
        dec     r13d
        jnz     .next
        TRIAL_END
        ret
taker:
        BARRIER
        TRIAL   1, 0, 0
.next:
        OP_BEGIN
        call    take
        OP_END
        cmp     rdx, r13
        CHECK   e, in_order
        CONTROL
        dec     r13d
        jnz     .next
        TRIAL_END
        ret

; r13 = number
global  put
put:
        lea     rbx, [rel sides]
        mov     rcx, [rbx + INDEX]
.look:
        mov     rdx, rcx
        sub     rdx, [rbx + SEEN]
        cmp     rdx, SLOTS
        jb      .room
        pause
        mov     rdx, [rbx + SPACING + INDEX]
        mov     [rbx + SEEN], rdx
        jmp     .look
.room:
        mov     edx, ecx
        and     edx, SLOTS - 1
        lea     rsi, [rel slots]
        mov     [rsi + rdx * 8], r13
        inc     rcx
        mov     [rbx + INDEX], rcx
        ret

; Out: rdx = number
global  take
take:
        lea     rbx, [rel sides]
        mov     rcx, [rbx + SPACING + INDEX]
.look:
        cmp     rcx, [rbx + SPACING + SEEN]
        jne     .some
        pause
        mov     rdx, [rbx + INDEX]
        mov     [rbx + SPACING + SEEN], rdx
        jmp     .look
.some:
        mov     edx, ecx
        and     edx, SLOTS - 1
        lea     rsi, [rel slots]
        mov     rdx, [rsi + rdx * 8]
        inc     rcx
        mov     [rbx + SPACING + INDEX], rcx
        ret

section .bss
align PAGE_SIZE
sides:
        resb    2 * STAND_LINE
slots:
        resb    SLOTS * 8

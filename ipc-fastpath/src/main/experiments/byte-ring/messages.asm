; Three things that happen to a ring: messages one by one, more messages than it has room for,
; and one that lies about its size.

%include "lib/ring-bytes.inc"

SENT_BYTES      equ     24
SENT_NUMBER     equ     8                       ; where its number is
LIE             equ     4 * RING_BYTES
CASE_TURNS      equ     0
CASE_BURST      equ     1
CASE_LIE        equ     2

section .text

; -----------------------------------------------------------------------------
; workload_cpu - send ROUNDS messages in turns, then ROUNDS at once, then a lie
;
;   in        edi = CPU
;   out       nothing
;   clobbers  everything
;   needs     one CPU; both rounds of messages fit behind the ring
;   probe     the trial, the operation, the control arm; messages refused, messages lost, words
;             written behind the ring and sizes believed wrongly are counted
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     dword [rel sent], SENT_BYTES
        mov     r13d, ROUNDS
        xor     r14d, r14d
        TRIAL   CASE_TURNS, 0, 0
.next:
        call    put_one
        call    take_one
        CONTROL
        dec     r13d
        jnz     .next
        call    report
        TRIAL_END

        call    clear
        mov     r13d, ROUNDS
        xor     r14d, r14d
        xor     r15d, r15d
        TRIAL   CASE_BURST, 0, 0
.burst:
        call    put_one
        add     r15, rax
        CONTROL
        dec     r13d
        jnz     .burst
        mov     ecx, ROUNDS
        sub     rcx, r15
        COUNT   refused, rcx
        call    report
        TRIAL_END

        call    clear
        mov     r13d, ROUNDS
        xor     r14d, r14d
        TRIAL   CASE_LIE, 0, 0
.lie:
        mov     dword [rel ring + RING_READ], 0
        mov     dword [rel ring + RING_WRITE], 0
        call    put_one
        mov     dword [rel ring + RING_DATA], LIE
        lea     rdi, [rel ring]
        lea     rdx, [rel received]
        call    ring_take
        cmp     eax, SENT_BYTES
        seta    al
        movzx   eax, al
        COUNT   believed, rax
        CONTROL
        dec     r13d
        jnz     .lie
        call    report
        TRIAL_END
        ret

; Sends message r13; eax = 1 if it was taken. Clobbers rcx, rdx, rdi, rsi, r8, r9.
put_one:
        mov     [rel sent + SENT_NUMBER], r13
        lea     rdi, [rel ring]
        lea     rsi, [rel sent]
        OP_BEGIN
        call    ring_put
        OP_END
        ret

; Receives message r13, or steps r14, the number of those that were lost.
take_one:
        lea     rdi, [rel ring]
        lea     rdx, [rel received]
        call    ring_take
        cmp     eax, SENT_BYTES
        jne     .lost
        cmp     [rsi + SENT_NUMBER], r13
        je      .good
.lost:
        inc     r14
.good:
        ret

; Counts r14 and the words behind the ring that are not zero any more.
report:
        COUNT   lost, r14
        xor     eax, eax
        mov     ecx, RING_BEHIND >> WORD_SHIFT
        lea     rdx, [rel behind]
.next:
        cmp     qword [rdx + rcx * (1 << WORD_SHIFT) - (1 << WORD_SHIFT)], 0
        je      .zero
        inc     eax
.zero:
        dec     ecx
        jnz     .next
        COUNT   outside, rax
        ret

; Makes the ring and what is behind it zeros.
clear:
        lea     rdi, [rel ring]
        mov     ecx, (behind_end - ring) >> WORD_SHIFT
        xor     eax, eax
        rep stosq
        ret

section .bss
align STAND_LINE
sent:
        resb    MESSAGE_MOST
received:
        resb    MESSAGE_MOST
align PAGE_SIZE
ring:
        resb    RING_DATA + RING_BYTES
behind:
        resb    RING_BEHIND
behind_end:

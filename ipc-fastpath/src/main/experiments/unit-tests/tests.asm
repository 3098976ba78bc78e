; What tests with one thread can see of a ring, and what they cannot: first CPU 0 tests alone,
; then all CPUs send at once into one ring, and CPU 0 looks at what arrived.

%include "lib/message.inc"

SHORT_BYTES     equ     5
MANY            equ     100
NUMBER_SHIFT    equ     16                      ; a CPU's messages begin there

; Counts a test that has failed unless eax is what it must be.
%macro EXPECT value
        cmp     eax, %value
        je      %%good
        inc     r14d
%%good:
        inc     r15d
%endmacro

section .text

; -----------------------------------------------------------------------------
; workload_cpu - test the carrier alone, then send ROUNDS messages with all CPUs
;
;   in        edi = CPU
;   out       nothing
;   clobbers  everything
;   needs     called on all CPUs; SLOTS >= ROUNDS * CPUS, SLOTS >= MANY
;   probe     the trial, the operation, the control arm; tests that failed and messages that
;             were lost are counted
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        test    edi, edi
        jnz     .tested
        lea     rdi, [rel carrier]
        call    message_make
        call    tests
        mov     [rel tests_failed], r14d
        mov     [rel tests_done], r15d
.tested:
        BARRIER
        TRIAL   0, 0, 0
        mov     r13d, ROUNDS
        xor     r15d, r15d
.next:
        mov     ecx, r12d
        shl     ecx, NUMBER_SHIFT
        add     ecx, r13d
        mov     eax, r12d
        shl     eax, SLOT_SHIFT
        lea     rsi, [rel sent]
        add     rsi, rax
        mov     [rsi], rcx
        mov     ecx, 1 << WORD_SHIFT
        lea     rdi, [rel carrier]
        OP_BEGIN
        call    message_put
        OP_END
        add     r15d, eax
        CONTROL
        dec     r13d
        jnz     .next
        lock add [rel accepted], r15d
        BARRIER
        test    r12d, r12d
        jnz     .done
        xor     r14d, r14d
.arrived:
        call    take
        test    eax, eax
        jz      .all_arrived
        inc     r14d
        jmp     .arrived
.all_arrived:
        mov     eax, [rel accepted]
        sub     eax, r14d
        COUNT   missing, rax
        mov     eax, [rel tests_done]
        COUNT   tests, rax
        mov     eax, [rel tests_failed]
        COUNT   failed, rax
.done:
        TRIAL_END
        ret

; The tests of one thread: r15 of them, of which r14 failed.
tests:
        xor     r14d, r14d
        xor     r15d, r15d
        call    take                            ; a new ring is empty
        EXPECT  0
        mov     ecx, SHORT_BYTES                ; a short message goes in and comes out
        call    put
        EXPECT  1
        call    take
        EXPECT  SHORT_BYTES
        mov     ecx, SLOT_INLINE                ; so does the longest one
        call    put
        EXPECT  1
        call    take
        EXPECT  SLOT_INLINE
        mov     ecx, SLOT_INLINE + 1            ; a longer one is refused
        call    put
        EXPECT  MESSAGE_REFUSED
        mov     ebx, MANY                       ; a hundred, one by one
.one:
        mov     ecx, SHORT_BYTES
        call    put
        call    take
        EXPECT  SHORT_BYTES
        dec     ebx
        jnz     .one
        mov     ebx, SLOTS                      ; it takes as many as it has slots
.fill:
        mov     ecx, SHORT_BYTES
        call    put
        EXPECT  1
        dec     ebx
        jnz     .fill
        mov     ecx, SHORT_BYTES                ; and then none
        call    put
        EXPECT  0
        mov     ebx, SLOTS                      ; all of them come out again
.drain:
        call    take
        EXPECT  SHORT_BYTES
        dec     ebx
        jnz     .drain
        call    take
        EXPECT  0
        ret

; Sends ecx bytes; eax is what message_put says.
put:
        lea     rdi, [rel carrier]
        lea     rsi, [rel sent]
        jmp     message_put

; Receives; eax is what message_take says.
take:
        lea     rdi, [rel carrier]
        lea     rdx, [rel received]
        jmp     message_take

section .bss
align STAND_LINE
sent:
        resb    SLOT_BYTES * CPUS
received:
        resb    SLOT_BYTES
accepted:
        resb    4
tests_done:
        resb    4
tests_failed:
        resb    4
align PAGE_SIZE
carrier:
        resb    MESSAGE_SLOTS + SLOTS * SLOT_BYTES
